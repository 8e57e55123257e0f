// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

/// Everything whose publish returned is handled, and its effect is there once, whatever goes wrong meanwhile.
@Suite struct LossTests {
    private static let count = Int(getenv("WEIR_EVENTS").flatMap { String(cString: $0) } ?? "") ?? 20_000

    /// Effects of handlers as a table of the store would have them: written with the note that the event is handled.
    final class Effects: WrappedStore {
        struct Effect: StagedChange { let id: String }

        let inner: any EventStore = MemoryStore()
        let written = Guarded<[String: Int]>([:])

        func around<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value { try await body() }

        func commit(_ commit: StoreCommit, at now: Timestamp) async throws {
            var rest = commit
            rest.changes = []
            try await inner.commit(rest, at: now)
            for case let effect as Effect in commit.changes { written.withLock { $0[effect.id, default: 0] += 1 } }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `nothing is lost and nothing is done twice while confirms, acknowledgements and connections get lost`()
        async throws
    {
        let random = EngineRandom(seed: 42)
        let transport = MemoryTransport(
            faults: MemoryFaults(
                lostConfirms: 0.02, lostPublishes: 0.02, refusals: 0.02, lostAcknowledgements: 0.01, random: random))
        let store = Effects()
        let recorder = Recorder()
        let settings = try PublishSettings(timeout: .seconds(60))
        let graph = try BusScene.graph(
            [
                BusScene.subscription(
                    prefetch: 50, once: .init(field: nil, within: .seconds(3600)),
                    redelivery: RedeliveryPolicy(
                        try RetryPolicy(
                            attempts: 50, backoff: .constant(.milliseconds(1)), jitter: .none, when: [.anyFailure])))
            ],
            queue: QueueNode(name: BusScene.work, mostMessages: 2000, deliveries: 1_000_000, deadLetter: BusScene.dead),
            bus: BusNode(name: BusScene.name("bus"), delays: [], publish: settings),
            chaos: ChaosProfileNode(
                name: BusScene.name("storm"), duplicate: .percent(1), delay: .percent(1), delayBy: .milliseconds(1),
                dropAcks: .percent(1), subscriptions: [BusScene.billing]))
        let bus = try EventBus(
            graph: graph, transport: transport,
            configuration: EventBusConfiguration(
                store: store, chaosProfile: "storm", observer: recorder, random: random))
        bus.subscribe("billing") { event, context in
            if random.nextFraction() < 0.05 { throw Declined() }
            context.stage(Effects.Effect(id: event.id))
        }
        let confirmed = Log<String>()
        let serving = Task { try await bus.serve() }
        try await bus.open()
        let each = Self.count / 8
        await withTaskGroup(of: Void.self) { group in
            for publisher in 0..<8 {
                group.addTask {
                    for number in 0..<each {
                        let event = BusScene.order(publisher * each + number)
                        // Refused: the caller tries again with the same id, as it is told to.
                        while (try? await bus.publish(event)) == nil {
                            _ = await bus.clock.wait(until: bus.clock.now.advanced(by: .milliseconds(1)))
                        }
                        confirmed.add(event.id)
                        if number % 500 == 250 { transport.interrupt() }
                    }
                }
            }
        }
        // Acknowledgements that got lost come again with a new connection.
        while store.written.withLock({ $0.count }) < confirmed.all.count {
            transport.interrupt()
            _ = await bus.clock.wait(until: bus.clock.now.advanced(by: .milliseconds(20)))
        }
        serving.cancel()
        try await serving.value
        let written = store.written.withLock { $0 }
        #expect(Set(written.keys) == Set(confirmed.all))
        #expect(written.values.allSatisfy { $0 == 1 })
        #expect(transport.messages(in: BusScene.dead).isEmpty)
        #expect(recorder.events(.remembered).count > 0, "no copy ever came twice, so nothing was shown")
        #expect(recorder.events(.chaos).count > 0)
    }
}
