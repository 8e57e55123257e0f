// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension EventBus {
    /// Says that this process runs a saga, and how it makes the saga's calls; before ``serve()``.
    ///
    /// ```swift
    /// bus.run(saga: "remediation") { call in
    ///     try await client.post(call.operation, call.fields, idempotencyKey: call.idempotencyKey)
    /// }
    /// ```
    ///
    /// Calls run through the policies that the saga names. A call whose policy refuses it is made later; what it fails with else ends the
    /// step, and what was done is undone. Runs are kept in the bus's store and go on from there after a crash, so that a call may be
    /// made twice, with the same ``SagaCall/idempotencyKey``.
    ///
    /// - Parameters:
    ///   - saga: its name, in full or the end of it.
    ///   - operation: one of the operations that it calls, likewise; nil: all that are not named elsewhere.
    ///   - action: makes a call.
    public func run(
        saga: String, calling operation: String? = nil, file: StaticString = #fileID, line: UInt = #line,
        _ action: @escaping SagaAction
    ) {
        standing.withLock {
            $0.sagas.add(
                SagaTable.Registration(
                    saga: saga, operation: operation, action: action, place: "\(file):\(line)"))
        }
    }

    /// Says that this process runs a saga that calls nothing, but publishes and waits.
    public func run(saga: String, file: StaticString = #fileID, line: UInt = #line) {
        standing.withLock {
            $0.sagas.add(
                SagaTable.Registration(saga: saga, operation: nil, action: nil, place: "\(file):\(line)"))
        }
    }

    /// A run of a saga; nil where there is none, or it has been forgotten since it ended.
    /// - Parameters:
    ///   - saga: its name, in full or the end of it.
    ///   - run: the value of the field that the saga correlates by.
    /// - Throws: ``EventBusError`` when there is no such saga, ``StoreError``, or what the store throws.
    public func run(_ run: String, ofSaga saga: String) async throws -> SagaRun? {
        let (key, _, store) = try sagaKey(run, saga)
        return try await store.saga(key).map { try SagaRun($0) }
    }

    /// Takes a run up again that is stuck, after what stopped it was mended; it goes on undoing what was done.
    /// - Returns: whether it was stuck.
    /// - Throws: like ``run(_:ofSaga:)``.
    @discardableResult
    public func resume(_ run: String, ofSaga saga: String) async throws -> Bool {
        let (key, plan, store) = try sagaKey(run, saga)
        let keeper = SagaKeeper(self, store, [:])
        let resumed = try await keeper.change(key, of: plan, releasing: true) { plan.machine.resume(&$0, at: $1) }
        standing.withLock { $0.keeper }?.wake()
        return resumed != nil
    }

    /// How many runs are in each phase, those that have ended and are still remembered included.
    /// - Throws: what the store throws.
    public func sagaCounts() async throws -> [SagaRun.Phase: Int] {
        guard let store = store as? any SagaStore else { return [:] }
        let counts = try await store.sagaCounts().compactMap { word, count in
            SagaRun.Phase(rawValue: word).map { ($0, count) }
        }
        return Dictionary(counts) { $0 + $1 }
    }

    private func sagaKey(_ run: String, _ saga: String) throws -> (SagaKey, SagaPlan, any SagaStore) {
        let found = plan.sagas.values.filter { $0.node.name.answers(to: saga) }
        guard let plan = found.first, found.count == 1 else {
            throw EventBusError(.handlers, ["\(found.isEmpty ? "no saga is" : "several sagas are") called `\(saga)`"])
        }
        return (SagaKey(saga: "\(plan.node.name)", run: run), plan, try sagaStore())
    }

    func sagaStore() throws(EventBusError) -> any SagaStore {
        guard let store = store as? any SagaStore else {
            throw EventBusError(.handlers, ["the bus's store, \(type(of: store)), does not keep sagas"])
        }
        return store
    }
}
