// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// Runs the sagas of a bus: moves runs when their events come, and does what is due in them.
///
/// A run is a record in the store, changed by its version. Whoever does something in a run has a lease on it; events move it meanwhile,
/// and what was done is then applied to the run as it is by that time.
final class SagaKeeper: Sendable {
    /// How many calls and publications are under way at a time.
    static let mostAtOnce = 16
    /// How often the store is asked when nobody calls.
    private static let poll: Duration = .seconds(1)
    /// How often a change is made anew, over what others have changed meanwhile.
    private static let mostTries = 20

    private struct State {
        var actions: [QualifiedName: [QualifiedName: SagaAction]]
        var running = 0
        var isStopping = false
        /// What the loop waits for.
        var parked: Signal?
    }

    // Safe: a keeper works only while its bus serves, which keeps the bus.
    unowned(unsafe) let bus: EventBus
    let store: any SagaStore
    private let state: Guarded<State>

    init(_ bus: EventBus, _ store: any SagaStore, _ actions: [QualifiedName: [QualifiedName: SagaAction]]) {
        self.bus = bus
        self.store = store
        state = Guarded(State(actions: actions))
    }

    /// What handles the events of each saga, by its subscription.
    var handlers: [QualifiedName: [QualifiedName: EventHandler]] {
        let names = state.withLock { $0.actions.keys }.map { QualifiedName(package: $0.package, name: $0.name) }
        return Dictionary(
            names.map { name in
                let inlet = QualifiedName(package: name.package, name: "saga.\(name.name)")
                return (inlet, [inlet: { event, context in try await self.receive(event, context, of: name) }])
            }
        ) { first, _ in first }
    }

    func configure(_ actions: [QualifiedName: [QualifiedName: SagaAction]]) {
        state.withLock { $0.actions = actions }
        wake()
    }

    func action(of operation: QualifiedName, in saga: QualifiedName) -> SagaAction? {
        state.withLock { $0.actions[saga]?[operation] }
    }

    // MARK: Its life

    /// Does what is due in runs until it is stopped and everything has ended.
    func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let signal = Signal()
                let (room, sagas, isStopping) = state.withLock { state in
                    state.parked = signal
                    return (Self.mostAtOnce - state.running, Array(state.actions.keys), state.isStopping)
                }
                if isStopping { break }
                let due = room > 0 ? await takeDue(of: sagas, most: room) : []
                for record in due {
                    state.withLock { $0.running += 1 }
                    group.addTask {
                        await self.proceed(record)
                        self.state.withLock { $0.running -= 1 }
                        self.wake()
                    }
                }
                if due.isEmpty { _ = await signal.wait(until: bus.clock.now.advanced(by: Self.poll), on: bus.clock) }
            }
        }
    }

    /// Takes up nothing more; what is under way goes on.
    func stop() {
        state.withLock { $0.isStopping = true }
        wake()
    }

    /// Looks at once whether something is due.
    func wake() { state.withLock { $0.parked.take() }?.give() }

    private func takeDue(of sagas: [QualifiedName], most: Int) async -> [SagaRecord] {
        let plan = bus.plan
        let leases = sagas.compactMap { plan.sagas[$0]?.lease }
        guard let lease = leases.max() else { return [] }
        let now = bus.configuration.wallClock()
        do {
            return try await store.takeSagas(of: sagas.map { "\($0)" }, most: most, until: now + lease, at: now)
        } catch {
            // The next look does what this one could not.
            return []
        }
    }

    // MARK: Changes

    /// Makes a change to a run as it is now, and again where somebody else was quicker; nil where there is nothing to change.
    /// - Throws: what the store throws.
    @discardableResult
    func change(
        _ key: SagaKey, of plan: SagaPlan, releasing: Bool, from first: SagaRecord? = nil,
        _ body: (inout SagaRun, Timestamp) -> Bool
    ) async throws -> SagaRun? {
        var known = first
        for _ in 0..<Self.mostTries {
            let current: SagaRecord?
            if let known { current = known } else { current = try await store.saga(key) }
            guard let record = current else { return nil }
            var run = try SagaRun(record)
            let now = bus.configuration.wallClock()
            guard body(&run, now) else { return nil }
            let next = run.record(key, version: record.version + 1, keep: now + plan.node.memory)
            do {
                try await store.commit(StoreCommit(changes: [SagaChange(next, releases: releasing)]), at: now)
                return run
            } catch let error as StoreError where error.code == .conflict {
                known = nil
            }
        }
        throw StoreError(.conflict, "the run `\(key.run)` of the saga `\(key.saga)` is changed all the time")
    }

    func note(_ name: BusEvent.Name, _ key: SagaKey, _ plan: SagaPlan, step: String, reason: String? = nil) {
        bus.configuration.observer?.record(
            BusEvent(
                name: name, type: step, source: key.saga, id: key.run, subscription: plan.node.inlet, operation: nil,
                attempt: 0, reason: reason, error: nil, nanoseconds: 0))
    }
}
