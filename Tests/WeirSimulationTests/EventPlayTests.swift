// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirEvents
import WeirPolicy

@testable import WeirCompiler
@testable import WeirSimulation

@Suite struct EventPlayTests {
    private static let orders = Scene.name("orders")
    private static let placed = Scene.name("order.placed")
    private static let billing = Scene.name("billing")
    private static let charge = Scene.name("billing.charge")
    private static let review = Scene.name("billing.review")
    private static let dead = Scene.name("billing-dead")

    private static func field(_ name: String, _ comparison: Filter.Comparison) -> Filter {
        .test(Filter.Test(.field(name), comparison))
    }

    /// One exchange, one queue with its dead letters, one subscription.
    private static func scene(
        filter: Filter? = nil, deliveries: [SubscriptionNode.Delivery]? = nil, prefetch: Int = 20,
        once: SubscriptionNode.Once? = nil, order: SubscriptionNode.Order = .none,
        redelivery: RedeliveryPolicy? = nil, unrouted: ExchangeNode.Unrouted = .undeclared, latency: Duration = .zero,
        steps: [PipelineStep] = []
    ) throws -> Scene {
        var scene = Scene()
        scene.operations = [charge, review].map {
            OperationNode(name: $0, idempotency: .idempotent, typicalLatency: latency)
        }
        if !steps.isEmpty { scene.policies = [try ResolvedPolicy(name: Scene.name("consumer"), steps: steps)] }
        scene.topology = EventTopology(
            events: [EventNode(name: placed, fields: [])],
            exchanges: [ExchangeNode(name: orders, carries: [placed], unrouted: unrouted)],
            queues: [QueueNode(name: Scene.name("work"), deadLetter: dead), QueueNode(name: dead)],
            subscriptions: [
                SubscriptionNode(
                    name: billing, sources: [.init(exchange: orders, patterns: ["order.*"])], filter: filter,
                    queue: Scene.name("work"), deliveries: deliveries ?? [.init(operation: charge)],
                    policy: steps.isEmpty ? nil : Scene.name("consumer"), prefetch: prefetch, once: once, order: order,
                    redelivery: redelivery)
            ])
        return scene
    }

    private static func redelivery(
        attempts: Int = 3, inPlace: Bool = false, park: [OutcomeMatcher] = []
    ) throws -> RedeliveryPolicy {
        RedeliveryPolicy(
            try RetryPolicy(
                attempts: attempts, backoff: .constant(.seconds(10)), cap: .seconds(60), jitter: .none,
                when: [.anyFailure]), waitsInPlace: inPlace, park: park)
    }

    @Test func `an event reaches the operation whose condition holds first`() throws {
        var scene = try Self.scene(
            filter: Self.field("region", .isOneOf([.text("eu"), .text("uk")])),
            deliveries: [
                .init(operation: Self.review, filter: Self.field("total", .atLeast(.number(5000)))),
                .init(operation: Self.charge),
            ])
        scene.publish(["region": .text("uk"), "total": .number(250)])
        scene.publish(["region": .text("us"), "total": .number(90)])
        scene.publish(["region": .text("eu"), "total": .number(9000)])
        scene.expect(.delivered([Self.billing], isExpected: true), "delivered to billing")
        scene.expect(.receives(Self.charge, .exactly(1), by: nil), "billing.charge receives exactly 1 call")
        scene.expect(.receives(Self.review, .exactly(1), by: nil), "billing.review receives exactly 1 call")
        let result = scene.run()
        #expect(result.passed, "\(result.expectations.map(\.explanation))")
    }

    @Test func `what no filter takes is not delivered, and the reason is told`() throws {
        var scene = try Self.scene(filter: Self.field("region", .isOneOf([.text("eu")])))
        scene.publish(["region": .text("us")])
        scene.expect(.delivered([Self.billing], isExpected: false), "not delivered to billing")
        scene.expect(.delivered([Self.billing], isExpected: true), "delivered to billing")
        let result = scene.run()
        #expect(result.expectations.map(\.passed) == [true, false])
        #expect(
            result.expectations[1].explanation == [
                "`billing` got no event", "0ms order.placed #1: goes to `work`",
                "0ms order.placed #1: the `where` of `billing` does not hold",
            ])
    }

    @Test func `a failing handler is tried again after its waits, then the event is a dead letter`() throws {
        var scene = try Self.scene(redelivery: Self.redelivery())
        scene.given(.status(500), Self.charge)
        scene.publish([:])
        scene.expect(.receives(Self.charge, .exactly(3), by: nil), "billing.charge receives exactly 3 calls")
        scene.expect(.receives(Self.charge, .exactly(2), by: .seconds(15)), "… exactly 2 calls by 15s")
        scene.expect(.deadLettered(Self.dead), "dead lettered to billing-dead")
        let result = scene.run()
        #expect(result.passed, "\(result.expectations.map(\.explanation))")
        #expect(result.story.end == VirtualTime(.seconds(20)))
    }

    @Test func `a handler that recovers leaves no dead letter`() throws {
        var scene = try Self.scene(redelivery: Self.redelivery())
        scene.given(.down, Self.charge, until: .seconds(5))
        scene.publish([:])
        scene.expect(.deadLettered(Self.dead), "dead lettered to billing-dead")
        let result = scene.run()
        #expect(!result.passed)
        #expect(
            result.story.events.last?.what == .handled(Self.billing, by: Self.charge, attempt: 2))
    }

    @Test func `what is parked is not tried again`() throws {
        var scene = try Self.scene(redelivery: Self.redelivery(park: [.status(422...422)]))
        scene.given(.status(422), Self.charge)
        scene.publish([:])
        scene.expect(.receives(Self.charge, .exactly(1), by: nil), "billing.charge receives exactly 1 call")
        scene.expect(.deadLettered(Self.dead), "dead lettered to billing-dead")
        #expect(scene.run().passed)
    }

    @Test func `a second copy of a handled event does nothing`() throws {
        var scene = try Self.scene(once: .init(field: "id", within: .seconds(3600)), latency: .milliseconds(10))
        for _ in 0..<3 { scene.publish(["id": .text("a")]) }
        scene.publish(["id": .text("b")])
        scene.expect(.receives(Self.charge, .exactly(2), by: nil), "billing.charge receives exactly 2 calls")
        #expect(scene.run().passed)
    }

    @Test(arguments: [
        (SubscriptionNode.Order.none, 1, 100), (.strict, 1, 400), (.byKey(field: "id", lanes: 8), 2, 200),
    ])
    func `events are handled side by side, one by one, or by key`(
        order: SubscriptionNode.Order, lanes: Int, milliseconds: Int
    ) throws {
        var scene = try Self.scene(order: order, latency: .milliseconds(100))
        for number in 0..<4 { scene.publish(["id": .number(Double(number % lanes))]) }
        scene.expect(.receives(Self.charge, .exactly(4), by: nil), "billing.charge receives exactly 4 calls")
        let result = scene.run()
        #expect(result.passed)
        #expect(result.story.end == VirtualTime(.milliseconds(milliseconds)))
    }

    @Test func `waiting in place lets nothing overtake`() throws {
        var scene = try Self.scene(order: .strict, redelivery: Self.redelivery(inPlace: true))
        scene.given(.status(500), Self.charge, until: .seconds(5))
        scene.publish([:])
        scene.publish([:])
        scene.expect(.receives(Self.charge, .exactly(3), by: nil), "billing.charge receives exactly 3 calls")
        let result = scene.run()
        #expect(result.passed)
        let handled = result.story.events.compactMap { if case .handled = $0.what { $0.number } else { nil } }
        #expect(handled == [1, 2])
    }

    @Test func `an open breaker pauses the subscription instead of using up attempts`() throws {
        let breaker = try CircuitBreakerPolicy(
            trips: [.consecutive(2)], window: .count(20), minimumCalls: 1,
            openTime: .growing(initial: .seconds(30), factor: .times(1), cap: .seconds(30)), probes: 1)
        var scene = try Self.scene(
            prefetch: 1, redelivery: Self.redelivery(attempts: 3), steps: [PipelineStep(.breaker(breaker))])
        scene.given(.status(500), Self.charge, until: .seconds(20))
        for _ in 0..<4 { scene.publish([:]) }
        scene.expect(.receives(Self.charge, .atMost(7), by: nil), "billing.charge receives at most 7 calls")
        let result = scene.run()
        #expect(result.passed, "\(result.expectations.map(\.explanation))")
        let handled = result.story.events.count { if case .handled = $0.what { true } else { false } }
        #expect(handled == 4)
    }

    @Test func `no more run at once than the bulkhead of the policy admits`() throws {
        var scene = try Self.scene(
            latency: .milliseconds(100), steps: [PipelineStep(.bulkhead(try BulkheadPolicy(calls: 2)))])
        for _ in 0..<4 { scene.publish([:]) }
        scene.expect(.receives(Self.charge, .exactly(4), by: nil), "billing.charge receives exactly 4 calls")
        let result = scene.run()
        #expect(result.passed)
        #expect(result.story.end == VirtualTime(.milliseconds(200)))
    }

    @Test func `dead letters that circle are found, not played for ever`() throws {
        var scene = try Self.scene(redelivery: nil)
        let topology = scene.topology
        scene.topology = EventTopology(
            events: topology.events, exchanges: topology.exchanges,
            queues: [QueueNode(name: Scene.name("work"), deadLetter: Scene.name("work"))],
            subscriptions: topology.subscriptions)
        scene.given(.status(500), Self.charge)
        scene.publish([:])
        scene.expect(.deadLettered(Scene.name("work")), "dead lettered to work")
        #expect(scene.run().problem?.contains("again and again") ?? false)
    }
}

extension Scene {
    fileprivate mutating func publish(_ fields: [String: FilterScalar]) {
        publications.append(
            TestCase.Publication(
                event: Self.name("order.placed"), exchange: Self.name("orders"), fields: fields,
                place: Self.place(5 + publications.count)))
    }
}
