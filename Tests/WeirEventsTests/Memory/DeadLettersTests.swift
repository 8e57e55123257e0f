// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

/// What operators do with events that were given up, over the transport in memory.
@Suite(.timeLimit(.minutes(1))) struct DeadLettersTests {
    /// Three events that were given up: two by the subscription, one that cannot be told.
    private static func scene() async throws -> (BusScene, DeadLetters) {
        let scene = try BusScene()
        try await scene.bus.open()
        for (id, reason) in [("1", "exhausted"), ("2", "parked"), ("3", "exhausted")] {
            var trail = DeliveryTrail()
            trail.attempts = 3
            trail.reason = RedeliverySchedule.Reason(rawValue: reason)
            trail.subscription = id == "3" ? "shop.gone" : "\(BusScene.billing)"
            var event = BusScene.order(1)
            event.id = id
            event.source = "/test"
            let message = EventMessage(event, trail: trail)
            #expect(await scene.transport.publish(message, to: .queue(BusScene.dead), until: .max) == .confirmed)
        }
        return (scene, DeadLetters(scene.transport, scene.graph.topology, clock: .manual(scene.clock)))
    }

    private static func ids(_ scene: BusScene, in queue: QualifiedName) -> [String] {
        scene.transport.messages(in: queue).compactMap(\.event?.id)
    }

    @Test func `the queues of what is given up are those that others name`() throws {
        #expect(DeadLetters.queues(of: try BusScene().graph.topology) == [BusScene.dead])
    }

    @Test func `to look leaves everything as it was`() async throws {
        let (scene, letters) = try await Self.scene()
        let report = try await letters.look(in: BusScene.dead, .init(reason: "exhausted"), most: 10)
        #expect(report.done.compactMap(\.event?.id) == ["1", "3"])
        #expect(report.passed == 1)
        #expect(report.done.first?.origin == BusScene.work)
        #expect(Self.ids(scene, in: BusScene.dead) == ["1", "2", "3"])
    }

    @Test func `a replay puts events into the queue they came from, with no attempt counted`() async throws {
        let (scene, letters) = try await Self.scene()
        let report = try await letters.replay(BusScene.dead, .init(ids: ["1"]))
        #expect(report.done.count == 1)
        #expect(Self.ids(scene, in: BusScene.work) == ["1"])
        #expect(scene.transport.messages(in: BusScene.work).first?.trail == DeliveryTrail())
        #expect(Set(Self.ids(scene, in: BusScene.dead)) == ["2", "3"])
    }

    @Test func `what cannot be published stays`() async throws {
        let (scene, letters) = try await Self.scene()
        scene.transport.setFaults(MemoryFaults(refusals: 1))
        let report = try await letters.replay(BusScene.dead)
        #expect(report.done.isEmpty)
        #expect(report.failed.count == 3)
        #expect(Set(Self.ids(scene, in: BusScene.dead)) == ["1", "2", "3"])
        #expect(Self.ids(scene, in: BusScene.work).isEmpty)
    }

    @Test func `a purge removes what is meant, and no more than is asked for`() async throws {
        let (scene, letters) = try await Self.scene()
        #expect(try await letters.purge(BusScene.dead, .init(reason: "exhausted"), most: 1).done.count == 1)
        #expect(Set(Self.ids(scene, in: BusScene.dead)) == ["2", "3"])
        #expect(try await letters.purge(BusScene.dead).done.count == 2)
        #expect(Self.ids(scene, in: BusScene.dead).isEmpty)
    }
}
