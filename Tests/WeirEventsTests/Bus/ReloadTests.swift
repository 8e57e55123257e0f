// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

@Suite struct ReloadTests {
    private static func prepare(_ bus: EventBus, _ graph: PolicyGraph) throws -> EventPlan {
        var draft = StateStore(engine: Engine()).draft(version: "2")
        return try bus.prepare(graph, in: &draft)
    }

    @Test func `filters, bindings and redelivery change while the bus serves`() async throws {
        let scene = try BusScene(
            BusScene.subscription(filter: .test(.init(.field("region"), .isOneOf([.text("eu")])))))
        let log = Log<String>()
        scene.bus.subscribe("billing") { event, _ in
            log.add("\(event.type) \(event.id)")
            if event.id == "4" { throw Declined() }
        }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1, ["region": "us"]))
            await scene.recorder.wait(for: .filteredOut)
            let graph = try BusScene.graph([
                BusScene.subscription(["order.*"], redelivery: try BusScene.redelivery(wait: .seconds(7)))
            ])
            let plan = try Self.prepare(bus, graph)
            try await bus.transport.declare(graph.topology)
            bus.install(plan)
            try await bus.publish(BusScene.order(2, ["region": "us"]))
            try await bus.publish(Event("order.paid", id: "3"))
            try await bus.publish(BusScene.order(4))
            await scene.recorder.wait(for: .failed)
            #expect(scene.transport.delayedMessages == 1)
            scene.clock.advance(by: .seconds(7))
            await scene.recorder.wait(for: .failed, count: 2)
        }
        #expect(Set(log.all) == ["order.placed 2", "order.paid 3", "order.placed 4"])
    }

    @Test func `more may run at once from one moment to the next`() async throws {
        let scene = try BusScene(BusScene.subscription(prefetch: 1))
        let (log, mayEnd) = (Log<String>(), Signal())
        scene.bus.subscribe("billing") { event, _ in
            log.add(event.id)
            if event.id == "1" { _ = await mayEnd.wait(on: .manual(scene.clock)) }
        }
        try await scene.serve { bus in
            for number in 1...3 { try await bus.publish(BusScene.order(number)) }
            let graph = try BusScene.graph([BusScene.subscription(prefetch: 3)])
            bus.install(try Self.prepare(bus, graph))
            await scene.recorder.wait(for: .handled, count: 2)
            mayEnd.give()
            await scene.recorder.wait(for: .handled, count: 3)
        }
        #expect(Set(log.all) == ["1", "2", "3"])
    }

    @Test func `what a broker could not change is refused with the plan that would do it`() async throws {
        let scene = try BusScene()
        scene.bus.subscribe("billing") { _, _ in }
        try await scene.serve { bus in
            let graph = try BusScene.graph(
                [BusScene.subscription(["order.#"], order: .strict)],
                queue: QueueNode(name: BusScene.work, kind: .classic, mostMessages: 5, deadLetter: BusScene.dead))
            let error = #expect(throws: TopologyError.self) { try Self.prepare(bus, graph) }
            #expect(
                error.map { "\($0)" }
                    == """
                    the topology cannot be changed so while it runs:
                      `shop.billing-orders` exists with kind quorum, and cannot become classic: declare it under a new name, let the \
                    old one run empty, then remove it
                      `shop.billing-orders` exists with consumers any number, and cannot become one at a time: declare it under a new \
                    name, let the old one run empty, then remove it
                      change `hold up to` of the queue `shop.billing-orders`
                      change `deliver up to` of the queue `shop.billing-orders`
                      bind `shop.billing-orders` to `shop.orders` by "order.#"
                      unbind `shop.billing-orders` from `shop.orders` by "order.placed"
                    """)
        }
    }

    @Test func `a subscription that is being served stays declared, and keeps its queue`() async throws {
        let scene = try BusScene()
        scene.bus.subscribe("billing") { _, _ in }
        try await scene.serve { bus in
            #expect(throws: EventBusError.self) { try Self.prepare(bus, try BusScene.graph([])) }
            let moved = SubscriptionNode(
                name: BusScene.billing, sources: [], queue: BusScene.dead,
                deliveries: [.init(operation: BusScene.charge)])
            let error = #expect(throws: EventBusError.self) { try Self.prepare(bus, try BusScene.graph([moved])) }
            #expect(error?.code == .queueMoved)
        }
    }
}
