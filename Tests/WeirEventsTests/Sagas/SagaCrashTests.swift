// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

/// A saga whose process dies before or after any step that it takes in its store: the next process goes on, and nothing is lost or undone
/// without need.
@Suite(.timeLimit(.minutes(2))) struct SagaCrashTests {
    /// A store whose process dies at one of its calls: nothing that is asked of it from then on happens.
    final class DyingStore: WrappedStore, SagaStore {
        struct Died: Error {}

        let inner: any EventStore
        private let kept: any SagaStore
        private let calls = Atomic<Int>(0)
        private let last: Int
        /// Whether the last call is still done, and nobody hears of it.
        private let isDone: Bool

        init(_ store: any SagaStore, dyingAt last: Int, isDone: Bool) {
            inner = store
            kept = store
            self.last = last
            self.isDone = isDone
        }

        var isDead: Bool { calls.load(ordering: .relaxed) >= last }

        func around<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
            let call = calls.wrappingAdd(1, ordering: .relaxed).newValue
            guard call < last || call == last && isDone else { throw Died() }
            let value = try await body()
            if call >= last { throw Died() }
            return value
        }

        func saga(_ key: SagaKey) async throws -> SagaRecord? { try await around { try await kept.saga(key) } }
        func takeSagas(
            of sagas: [String], most: Int, until lease: Timestamp, at now: Timestamp
        ) async throws -> [SagaRecord] {
            // Only looks that find something count, so that each number of the test is another place.
            let run = try await kept.saga(SagaKey(saga: "shop.order", run: "o-1"))
            guard let due = run?.due, due <= now, !isDead else { return [] }
            return try await around { try await kept.takeSagas(of: sagas, most: most, until: lease, at: now) }
        }
        func sagaCounts() async throws -> [String: Int] { try await kept.sagaCounts() }
    }

    private static func play(
        _ store: any SagaStore, _ transport: MemoryTransport, _ clock: ManualClock, _ log: Log<String>,
        until isOver: @escaping @Sendable (SagaScene) async throws -> Bool
    ) async throws {
        let scene = try SagaScene(clock: clock, transport: transport, store: store)
        scene.bus.run(saga: "order") { call in log.add(call.idempotencyKey) }
        try await scene.serve { _ in
            while try await !isOver(scene) {
                clock.advance(by: .milliseconds(500))
                for _ in 0..<20 { await Task.yield() }
            }
        }
    }

    @Test(arguments: 1...14, [false, true])
    func `is resumed after a crash at any call of the store`(last: Int, isDone: Bool) async throws {
        let (store, clock, log) = (MemoryStore(), ManualClock(), Log<String>())
        let transport = MemoryTransport(clock: .manual(clock))
        let first = try SagaScene(clock: clock, transport: transport, store: store)
        try await first.bus.open()
        for type in ["order.placed", "payment.settled"] { try await first.bus.publish(SagaScene.event(type)) }
        let dying = DyingStore(store, dyingAt: last, isDone: isDone)
        try await Self.play(dying, transport, clock, log) { _ in
            if dying.isDead { return true }
            return try await store.sagaCounts()["completed"] != nil
        }
        // The leases of the process that died run out.
        clock.advance(by: .seconds(301))
        try await Self.play(store, transport, clock, log) { scene in
            try await scene.bus.run("o-1", ofSaga: "order")?.phase.isEnd == true
        }
        let run = try #require(try await first.bus.run("o-1", ofSaga: "order"))
        // What waited for a lease longer than a step may take has failed and is undone; either way it has come to its end.
        #expect(run.phase == .completed || run.failure?.contains("was not done within") == true)
        #expect(Set(log.all).isSuperset(of: ["order.placed-o-1.order.reserve"]))
        #expect(try await first.bus.sagaCounts().values.reduce(0, +) == 1)
    }
}
