// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

@testable import WeirEvents

/// A bus in memory with a saga of three steps: reserve (call, undone by a call), pay (call and wait, undone by an event), ship (an event).
struct SagaScene {
    static func name(_ text: String) -> QualifiedName { QualifiedName(package: "shop", name: text) }
    static let reserve = name("stock.reserve")
    static let release = name("stock.release")
    static let charge = name("payments.charge")
    static let orders = name("orders")

    static let node = SagaNode(
        name: name("order"), start: [name("order.placed")], key: "order-id",
        steps: [
            .init(name: "reserve", action: .call(reserve, policy: nil), compensation: .call(release, policy: nil)),
            .init(
                name: "pay", action: .call(charge, policy: name("calls")), awaits: [name("payment.settled")],
                failsWhen: [name("payment.refused")], compensation: .publish(name("payment.cancelled"), to: orders),
                within: .seconds(60)),
            .init(name: "ship", action: .publish(name("order.ready"), to: orders)),
        ], within: .seconds(600))

    let clock: ManualClock
    let transport: MemoryTransport
    let recorder = Recorder()
    let store: any SagaStore
    let bus: EventBus

    init(
        clock: ManualClock = ManualClock(), transport: MemoryTransport? = nil, store: any SagaStore = MemoryStore(),
        steps: [PipelineStep] = []
    ) throws {
        self.clock = clock
        self.store = store
        self.transport = transport ?? MemoryTransport(clock: .manual(clock))
        bus = try EventBus(
            graph: try Self.graph(steps), transport: self.transport,
            configuration: EventBusConfiguration(
                source: "/test", store: store, drain: .zero, observer: recorder, clock: .manual(clock),
                random: EngineRandom(seed: 7),
                wallClock: { Timestamp(secondsSince1970: 1_800_000_000) + .nanoseconds(Int64(clock.now)) }))
    }

    static let types = [
        "order.placed", "payment.settled", "payment.refused", "payment.cancelled", "order.ready",
    ]

    static func graph(_ steps: [PipelineStep] = [], saga: SagaNode = node) throws -> PolicyGraph {
        let fields: [EventNode.Field] = [.init(name: "order-id", type: .text), .init(name: "total", type: .number)]
        return PolicyGraph(
            environment: nil, services: [], operations: [],
            policies: [try ResolvedPolicy(name: name("calls"), steps: steps)],
            topology: EventTopology(
                events: types.map { EventNode(name: name($0), fields: fields) },
                exchanges: [ExchangeNode(name: orders, carries: types.map(name))],
                queues: [QueueNode(name: name("all"))],
                subscriptions: [
                    SubscriptionNode(
                        name: name("all"), sources: [.init(exchange: orders, patterns: ["#"])], queue: name("all"),
                        deliveries: [.init(operation: name("audit.note"))])
                ], sagas: [saga]))
    }

    static func event(_ type: String, _ order: String = "o-1", id: String? = nil) -> Event {
        var event = Event(type, ["order-id": .string(order), "total": 25])
        event.id = id ?? "\(type)-\(order)"
        return event
    }

    /// Serves until the body is done; time passes by itself where the body waits for a phase.
    func serve(_ body: @escaping @Sendable (EventBus) async throws -> Void) async throws {
        bus.subscribe("all") { _, _ in }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await bus.serve() }
            group.addTask {
                await clock.sleepers(atLeast: 3)
                defer { bus.shutdown() }
                try await body(bus)
            }
            try await group.waitForAll()
        }
    }

    /// The events of a type that were published so far.
    func published(_ type: String) -> [BusEvent] { recorder.events(.published).filter { $0.type == type } }
}
