// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

@Suite struct OutboxTests {
    private static func bus() throws -> BusNode {
        BusNode(name: BusScene.name("bus"), publish: try PublishSettings(usesOutbox: true))
    }

    @Test func `what a handler publishes is stored with the note that its event is handled, then published`()
        async throws
    {
        let store = MemoryStore()
        let scene = try BusScene(
            BusScene.subscription(["order.*"], once: .init(field: nil, within: .seconds(3600))), store: store,
            bus: try Self.bus())
        let log = Log<String>()
        scene.bus.subscribe("billing") { event, context in
            log.add(event.id)
            if event.type == BusScene.placed { try context.publish(Event("order.paid")) }
        }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            await scene.recorder.wait(for: .handled, count: 2)
        }
        #expect(log.all == ["1", "1.billing.1"])
        #expect(try await store.outboxCounts() == (0, 0))
    }

    @Test func `events are stored with changes and published in their order, unknowns again under their ids`()
        async throws
    {
        let scene = try BusScene(bus: try Self.bus())
        try await scene.bus.open()
        let events = try await scene.bus.store((1...5).map { BusScene.order($0) })
        #expect(scene.transport.messages(in: BusScene.work).isEmpty)
        scene.transport.setFaults(MemoryFaults(refusals: 1))
        #expect(await scene.bus.relayOnce() == false)
        scene.transport.setFaults(nil)
        #expect(await scene.bus.relayOnce() == false, "the lease holds")
        scene.clock.advance(by: .seconds(61))
        #expect(await scene.bus.relayOnce())
        #expect(scene.transport.messages(in: BusScene.work).compactMap(\.event) == events)
    }

    @Test func `what can never be published is kept apart, and holds nothing up`() async throws {
        let store = MemoryStore()
        let scene = try BusScene(store: store, bus: try Self.bus())
        try await scene.bus.open()
        try await scene.bus.store([Event("order.paid"), BusScene.order(2)])
        #expect(await scene.bus.relayOnce())
        #expect(scene.transport.messages(in: BusScene.work).compactMap(\.event?.id) == ["2"])
        #expect(try await store.outboxCounts() == (0, 1))
    }

    @Test func `an event that could never be published is refused before anything is stored`() async throws {
        let store = MemoryStore()
        let scene = try BusScene(store: store, bus: try Self.bus())
        await #expect(throws: PublishError.self) { try await scene.bus.store([BusScene.order(1), Event("nothing")]) }
        #expect(try await store.outboxCounts() == (0, 0))
    }
}
