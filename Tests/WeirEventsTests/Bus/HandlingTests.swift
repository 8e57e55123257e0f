// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

@Suite struct HandlingTests {
    @Test func `an event is handled by the operation whose condition holds first, and is gone`() async throws {
        let large = Filter.test(.init(.field("total"), .atLeast(.number(5000))))
        let europe = Filter.test(.init(.field("region"), .isOneOf([.text("eu")])))
        let scene = try BusScene(
            BusScene.subscription(
                filter: europe,
                deliveries: [.init(operation: BusScene.review, filter: large), .init(operation: BusScene.charge)]))
        let log = Log<String>()
        scene.bus.subscribe("billing", delivering: "billing.charge") { event, _ in log.add("charge \(event.id)") }
        scene.bus.subscribe("billing", delivering: "review") { event, _ in log.add("review \(event.id)") }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1, ["region": "eu", "total": 250]))
            try await bus.publish(BusScene.order(2, ["region": "us", "total": 250]))
            try await bus.publish(BusScene.order(3, ["region": "eu", "total": 9000]))
            await scene.recorder.wait(for: .handled, count: 2)
            await scene.recorder.wait(for: .filteredOut)
        }
        #expect(Set(log.all) == ["charge 1", "review 3"])
        #expect(
            scene.transport.status(of: BusScene.work) == MemoryQueueStatus(ready: 0, unacknowledged: 0, losses: .init())
        )
    }

    @Test func `a failing event is handled again after its waits, then kept with the reason`() async throws {
        let scene = try BusScene(BusScene.subscription(redelivery: try BusScene.redelivery()))
        let log = Log<Int>()
        scene.bus.subscribe("billing") { _, context in
            log.add(context.attempt)
            throw Declined()
        }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            for attempt in 1...2 {
                await scene.recorder.wait(for: .failed, count: attempt)
                scene.clock.advance(by: .seconds(9))
                #expect(log.all.count == attempt)
                scene.clock.advance(by: .seconds(1))
            }
            await scene.recorder.wait(for: .deadLettered)
        }
        #expect(log.all == [1, 2, 3])
        let letters = scene.transport.messages(in: BusScene.dead)
        #expect(letters.map(\.event?.id) == ["1"])
        #expect(letters.first?.trail.reason == .exhausted)
        #expect(letters.first?.trail.attempts == 3)
        #expect(letters.first?.trail.subscription == "shop.billing")
        #expect(letters.first?.trail.error == "Declined()")
        #expect(letters.first?.trail.firstAttempt != nil)
    }

    @Test func `a failure that no attempt mends is parked at once`() async throws {
        let scene = try BusScene(
            BusScene.subscription(redelivery: try BusScene.redelivery(park: [.error("Declined")])))
        scene.bus.subscribe("billing") { _, _ in throw Declined() }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            await scene.recorder.wait(for: .deadLettered)
        }
        #expect(scene.transport.messages(in: BusScene.dead).map(\.trail.reason) == [.parked])
        #expect(scene.transport.messages(in: BusScene.dead).map(\.trail.attempts) == [1])
    }

    @Test func `attempts at once come before the waits, and a wait in place is spent with the event in hand`()
        async throws
    {
        let scene = try BusScene(
            BusScene.subscription(
                order: .strict, redelivery: try BusScene.redelivery(attempts: 4, atOnce: 2, inPlace: true)))
        let log = Log<String>()
        scene.bus.subscribe("billing") { event, context in
            log.add("\(event.id)/\(context.attempt)")
            if event.id == "1" && context.attempt < 4 { throw Declined() }
        }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            try await bus.publish(BusScene.order(2))
            await scene.recorder.wait(for: .failed, count: 3)
            await scene.clock.sleepers(atLeast: 3)
            scene.clock.advance(by: .seconds(10))
            await scene.recorder.wait(for: .handled, count: 2)
        }
        #expect(log.all == ["1/1", "1/2", "1/3", "1/4", "2/1"])
    }

    @Test func `what cannot be read is parked with the reason, unseen by handlers`() async throws {
        let scene = try BusScene()
        scene.bus.subscribe("billing") { _, _ in Issue.record("a handler saw it") }
        try await scene.serve { _ in
            let broken = WireMessage(contentType: "application/json", body: Array("{\"event_type\":".utf8))
            _ = await scene.transport.publish(EventMessage(broken), to: .queue(BusScene.work), until: .max)
            await scene.recorder.wait(for: .deadLettered)
        }
        let letter = scene.transport.messages(in: BusScene.dead).first
        #expect(letter?.trail.reason == .unreadable)
        #expect(letter?.trail.error?.contains("the body is no JSON") == true)
    }

    @Test func `what a handler publishes follows from its event, and comes only when it is done`() async throws {
        let scene = try BusScene(
            BusScene.subscription(["order.*"], redelivery: try BusScene.redelivery(), mostHops: 3))
        scene.bus.subscribe("billing") { event, context in
            try context.publish(Event(event.hops % 2 == 0 ? "order.paid" : BusScene.placed))
            if event.hops == 0, context.attempt == 1 { throw Declined() }
        }
        try await scene.serve { bus in
            var order = BusScene.order(1)
            order.correlationID = "story"
            try await bus.publish(order)
            await scene.recorder.wait(for: .failed)
            #expect(scene.recorder.events(.published).count == 1)
            scene.clock.advance(by: .seconds(10))
            await scene.recorder.wait(for: .deadLettered)
        }
        let last = try #require(scene.transport.messages(in: BusScene.dead).first)
        #expect(last.trail.reason == .tooManyHops)
        #expect(last.event?.hops == 4)
        #expect(last.event?.correlationID == "story")
        #expect(last.event?.causationID == "1.billing.1.billing.1.billing.1")
        #expect(last.event?.id == "1.billing.1.billing.1.billing.1.billing.1")
    }

    @Test func `a step that refuses lets the subscription rest, and counts no attempt`() async throws {
        let breaker = PipelineStep(
            .breaker(
                try CircuitBreakerPolicy(
                    trips: [.consecutive(1)], openTime: .listed([.seconds(5)]), openJitter: .zero, count: [.anyFailure])
            ))
        let scene = try BusScene(
            BusScene.subscription(policy: true, redelivery: try BusScene.redelivery(attempts: 9)), steps: [breaker])
        let log = Log<String>()
        scene.bus.subscribe("billing") { event, context in
            log.add("\(event.id)/\(context.attempt)")
            if event.id == "1" && context.attempt == 1 { throw Declined() }
        }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            await scene.recorder.wait(for: .failed)
            try await bus.publish(BusScene.order(2))
            for round in 1...5 {
                await scene.recorder.wait(for: .postponed, count: round)
                await scene.clock.sleepers(atLeast: 3)
                scene.clock.advance(by: .seconds(1))
            }
            await scene.recorder.wait(for: .handled)
            scene.clock.advance(by: .seconds(10))
            await scene.recorder.wait(for: .handled, count: 2)
        }
        #expect(log.all == ["1/1", "2/1", "1/2"])
    }
}
