// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import WeirEvents
import WeirPolicy
import WeirRabbitMQ
import WeirResilience

/// Everything whose publish returned is handled, and its effect is there once, whatever the network does meanwhile.
@Suite(.timeLimit(.minutes(8))) struct LossTests {
    private static let count = Int(getenv("WEIR_EVENTS").flatMap { String(cString: $0) } ?? "") ?? 20_000
    private static let publishers = 64

    private static func graph() throws -> PolicyGraph {
        let redelivery = RedeliveryPolicy(
            try RetryPolicy(
                attempts: 50, backoff: .constant(.milliseconds(100)), jitter: .none, when: [.anyFailure]))
        let subscription = SubscriptionNode(
            name: Scene.name("billing"), sources: [.init(exchange: Scene.orders, patterns: ["order.placed"])],
            queue: Scene.work, deliveries: [.init(operation: Scene.name("billing.charge"))], prefetch: 200,
            once: .init(field: nil, within: .seconds(3600)), redelivery: redelivery, deadLetter: Scene.dead)
        return PolicyGraph(
            environment: nil, services: [], operations: [], policies: [],
            topology: EventTopology(
                bus: BusNode(
                    name: Scene.name("bus"), delays: [.milliseconds(100)],
                    publish: try PublishSettings(timeout: .seconds(60))),
                events: [EventNode(name: Scene.name("order.placed"), fields: [])],
                exchanges: [ExchangeNode(name: Scene.orders, carries: [Scene.name("order.placed")])],
                queues: [
                    QueueNode(name: Scene.work, deliveries: 1000, deadLetter: Scene.dead), QueueNode(name: Scene.dead),
                ], subscriptions: [subscription]))
    }

    @Test func `nothing is lost and nothing is done twice while connections are reset all along`() async throws {
        let (proxy, url) = try FaultProxy.around(try await TestBroker.shared.url())
        defer { proxy.close() }
        let rabbit = try await TestBroker.shared.transport(url: url)
        defer { rabbit.close() }
        let (store, random) = (EffectStore(), EngineRandom(seed: 42))
        let bus = try EventBus(
            graph: try Self.graph(), transport: rabbit,
            configuration: EventBusConfiguration(store: store, random: random))
        bus.subscribe("billing") { event, context in
            if random.nextFraction() < 0.02 { throw Declined() }
            context.stage(EffectStore.Effect(id: event.id))
        }
        try await bus.open()
        let serving = Task { try await bus.serve() }
        let confirmed = Numbers()
        let each = Self.count / Self.publishers
        await withTaskGroup(of: Void.self) { group in
            for publisher in 0..<Self.publishers {
                group.addTask {
                    for number in publisher * each..<(publisher + 1) * each {
                        let event = Event(
                            "order.placed", data: .json(["number": .integer(Int64(number))]), id: "\(number)",
                            source: "/shop")
                        // Nobody could tell, or it was refused: again under the same id, as the caller is told to.
                        while (try? await bus.publish(event)) == nil { await Wait.milliseconds(1) }
                        confirmed.add(number)
                        if number % 2000 == 1000 { proxy.cut() }
                    }
                }
            }
        }
        #expect(confirmed.all.count == each * Self.publishers)
        await Wait.until(seconds: 120) { store.written.count >= confirmed.all.count }
        let written = store.written
        #expect(Set(written.keys) == confirmed.all)
        #expect(written.values.allSatisfy { $0 == 1 })
        #expect(await rabbit.depth(of: Scene.dead) == 0)
        serving.cancel()
        try await serving.value
    }

    private struct Declined: Error {}
}
