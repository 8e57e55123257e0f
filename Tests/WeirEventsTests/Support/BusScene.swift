// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

@testable import WeirEvents

/// A bus in memory on a clock that stands still, with one exchange, one subscription `billing` and its dead letters.
struct BusScene {
    static func name(_ text: String) -> QualifiedName { QualifiedName(package: "shop", name: text) }
    static let orders = name("orders")
    static let work = name("billing-orders")
    static let dead = name("billing-dead")
    static let billing = name("billing")
    static let charge = name("billing.charge")
    static let review = name("billing.review")
    static let placed = "order.placed"

    let clock = ManualClock()
    let transport: MemoryTransport
    let recorder = Recorder()
    let graph: PolicyGraph
    let bus: EventBus

    init(
        _ subscription: SubscriptionNode = Self.subscription(), steps: [PipelineStep] = [],
        store: (any EventStore)? = nil,
        services: [String]? = nil, queue: QueueNode = QueueNode(name: Self.work, deadLetter: Self.dead),
        bus node: BusNode? = nil, chaos: ChaosProfileNode? = nil, unrouted: ExchangeNode.Unrouted = .undeclared,
        lifecycle: EventNode.Lifecycle = EventNode.Lifecycle()
    ) throws {
        graph = try Self.graph(
            [subscription], steps: steps, queue: queue, bus: node, chaos: chaos, unrouted: unrouted,
            lifecycle: lifecycle)
        transport = MemoryTransport(clock: .manual(clock))
        bus = try EventBus(
            graph: graph, transport: transport,
            configuration: Self.configuration(clock, recorder, store, services, chaos?.name.name))
    }

    private static func configuration(
        _ clock: ManualClock, _ recorder: Recorder, _ store: (any EventStore)?, _ services: [String]? = nil,
        _ chaos: String? = nil
    ) -> EventBusConfiguration {
        EventBusConfiguration(
            services: services, source: "/test", store: store, chaosProfile: chaos, observer: recorder,
            clock: .manual(clock), random: EngineRandom(seed: 7),
            wallClock: { Timestamp(secondsSince1970: 1_800_000_000, nanoseconds: Int64(clock.now)) })
    }

    /// Another bus over the same transport and the same time, as a process that starts anew.
    func another(store: (any EventStore)? = nil) throws -> EventBus {
        try EventBus(graph: graph, transport: transport, configuration: Self.configuration(clock, recorder, store))
    }

    static func graph(
        _ subscriptions: [SubscriptionNode], steps: [PipelineStep] = [],
        queue: QueueNode = QueueNode(name: work, deadLetter: dead), bus: BusNode? = nil, chaos: ChaosProfileNode? = nil,
        unrouted: ExchangeNode.Unrouted = .undeclared, lifecycle: EventNode.Lifecycle = EventNode.Lifecycle()
    ) throws -> PolicyGraph {
        let fields: [EventNode.Field] = [
            .init(name: "order-id", type: .text), .init(name: "region", type: .text),
            .init(name: "total", type: .number),
            .init(name: "due", type: .date),
        ]
        return PolicyGraph(
            environment: nil, services: [], operations: [],
            policies: steps.isEmpty ? [] : [try ResolvedPolicy(name: name("consumer"), steps: steps)],
            topology: EventTopology(
                bus: bus,
                events: [
                    EventNode(name: name(placed), fields: fields, lifecycle: lifecycle),
                    EventNode(name: name("order.paid"), fields: fields),
                ],
                exchanges: [
                    ExchangeNode(name: orders, carries: [name(placed), name("order.paid")], unrouted: unrouted)
                ],
                queues: [queue, QueueNode(name: dead)], subscriptions: subscriptions,
                chaosProfiles: chaos.map { [$0] } ?? []))
    }

    static func subscription(
        _ patterns: [String] = [placed], filter: Filter? = nil,
        deliveries: [SubscriptionNode.Delivery] = [.init(operation: charge)], policy: Bool = false, prefetch: Int = 20,
        once: SubscriptionNode.Once? = nil, order: SubscriptionNode.Order = .none, lock: SubscriptionNode.Lock? = nil,
        redelivery: RedeliveryPolicy? = nil, mostHops: Int? = nil
    ) -> SubscriptionNode {
        SubscriptionNode(
            name: billing, sources: [.init(exchange: orders, patterns: patterns)], filter: filter, queue: work,
            deliveries: deliveries, policy: policy ? name("consumer") : nil, prefetch: prefetch, once: once,
            order: order,
            lock: lock, redelivery: redelivery, deadLetter: dead, mostHops: mostHops)
    }

    static func redelivery(
        attempts: Int = 3, wait: Duration = .seconds(10), atOnce: Int = 0, inPlace: Bool = false,
        park: [OutcomeMatcher] = []
    ) throws -> RedeliveryPolicy {
        RedeliveryPolicy(
            try RetryPolicy(
                attempts: attempts, backoff: .constant(wait), cap: .seconds(600), jitter: .none, when: [.anyFailure]),
            atOnce: atOnce, waitsInPlace: inPlace, park: park)
    }

    static func order(_ number: Int, _ more: [String: JSONValue] = [:]) -> Event {
        Event(
            placed,
            data: .json(.object(["order-id": .string("o-\(number)")].merging(more) { $1 })), id: "\(number)")
    }

    /// Serves until the body is done, then shuts down and waits for the end.
    func serve(_ bus: EventBus? = nil, _ body: @escaping @Sendable (EventBus) async throws -> Void) async throws {
        let bus = bus ?? self.bus
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await bus.serve() }
            // The relay and the one that forgets sleep on the clock once it serves.
            group.addTask {
                await self.clock.sleepers(atLeast: 2)
                do {
                    try await body(bus)
                } catch {
                    bus.shutdown()
                    throw error
                }
                bus.shutdown()
            }
            try await group.waitForAll()
        }
    }
}

/// Something that a handler fails with.
struct Declined: Error {}
