// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

@Suite struct PublishTests {
    private static func code(_ body: () async throws -> Void) async -> PublishError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PublishError)?.code
        }
    }

    @Test func `an event is completed with id, source and time`() async throws {
        let scene = try BusScene(bus: BusNode(name: BusScene.name("bus"), source: "/shop"))
        try await scene.bus.open()
        let event = try await scene.bus.publish(Event(BusScene.placed, ["order-id": "o-1"]))
        #expect(event.source == "/shop")
        #expect(event.time == Timestamp(secondsSince1970: 1_800_000_000, nanoseconds: Int64(scene.clock.now)))
        #expect(event.id.utf8.count == 36 && event.id.dropFirst(14).first == "7")
        let other = try await scene.bus.publish(Event(BusScene.placed))
        #expect(other.id != event.id)
        #expect(scene.transport.messages(in: BusScene.work).compactMap(\.event) == [event, other])
    }

    @Test func `what cannot be published says why`() async throws {
        let scene = try BusScene()
        try await scene.bus.open()
        let bus = scene.bus
        #expect(await Self.code { try await bus.publish(Event("order.lost")) } == .unknownType)
        #expect(await Self.code { try await bus.publish(Event("order.paid")) } == .returned)
        #expect(await Self.code { try await bus.publish(Event(BusScene.placed), to: "elsewhere") } == .exchange)
        #expect(await Self.code { try await bus.publish(Event(BusScene.placed, ["total": "much"])) } == .invalid)
        let named = Event(BusScene.placed, extensions: ["Not-A-Name": "x"])
        #expect(await Self.code { try await bus.publish(named) } == .invalid)
        #expect(scene.recorder.events(.publishFailed).map(\.reason) == ["returned"])
    }

    @Test func `a full queue refuses`() async throws {
        let scene = try BusScene(queue: QueueNode(name: BusScene.work, mostMessages: 1, deadLetter: BusScene.dead))
        try await scene.bus.open()
        try await scene.bus.publish(BusScene.order(1))
        #expect(await Self.code { try await scene.bus.publish(BusScene.order(2)) } == .nacked)
    }

    @Test func `a type that has come to its end is refused, one that is about to is stamped`() async throws {
        let (soon, past) = (Int64(1_900_000_000), Int64(1_700_000_000))
        let successor = BusScene.name("order.paid")
        let ending = try BusScene(lifecycle: .init(deprecated: past, sunset: soon, successor: successor))
        try await ending.bus.open()
        let event = try await ending.bus.publish(BusScene.order(1))
        #expect(event.extensions["deprecated"] == "true")
        #expect(event.extensions["deprecationfrom"] == "2023-11-14T22:13:20Z")
        #expect(event.extensions["deprecationmigration"] == "order.paid")
        let ended = try BusScene(lifecycle: .init(sunset: past, successor: successor))
        try await ended.bus.open()
        #expect(await Self.code { try await ended.bus.publish(BusScene.order(1)) } == .sunset)
    }

    @Test func `what nobody can tell of is published again under its id, until the time is over`() async throws {
        let scene = try BusScene(
            bus: BusNode(name: BusScene.name("bus"), publish: PublishSettings(timeout: .seconds(2))))
        try await scene.bus.open()
        scene.transport.setFaults(MemoryFaults(lostConfirms: 1))
        let bus = scene.bus
        async let code = Self.code { try await bus.publish(BusScene.order(1)) }
        for _ in 0..<6 {
            await scene.clock.sleepers(atLeast: 1)
            scene.clock.advanceToNextSleeper()
        }
        #expect(await code == .unknown)
        let ids = Set(scene.transport.messages(in: BusScene.work).compactMap(\.event?.id))
        #expect(ids == ["1"])
        #expect(scene.transport.messages(in: BusScene.work).count == 7)
    }

    @Test func `publishers beyond the window wait, and no longer than their time`() async throws {
        let settings = try PublishSettings(windowMessages: 2, timeout: .seconds(5))
        let clock = ManualClock()
        let window = PublishWindow(settings)
        #expect(await window.enter(10, until: 5_000_000_000, on: .manual(clock)))
        #expect(await window.enter(10, until: 5_000_000_000, on: .manual(clock)))
        async let third = window.enter(10, until: 5_000_000_000, on: .manual(clock))
        await clock.sleepers(atLeast: 1)
        async let fourth = window.enter(10, until: 9_000_000_000, on: .manual(clock))
        await clock.sleepers(atLeast: 2)
        #expect(window.load == (2, 2))
        clock.advance(by: .seconds(5))
        #expect(await third == false)
        window.leave(10)
        #expect(await fourth)
        #expect(window.load == (2, 0))
    }

    @Test func `a message larger than the window goes alone`() async throws {
        let window = PublishWindow(try PublishSettings(windowBytes: 1024))
        let clock = ManualClock()
        #expect(await window.enter(5000, until: 5_000_000_000, on: .manual(clock)))
        async let next = window.enter(1, until: 5_000_000_000, on: .manual(clock))
        await clock.sleepers(atLeast: 1)
        window.leave(5000)
        #expect(await next)
    }
}
