// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

@Suite struct DrainTests {
    @Test func `what runs is finished, what has not begun stays in the queue`() async throws {
        let scene = try BusScene(BusScene.subscription(prefetch: 1))
        let (began, mayEnd) = (Signal(), Signal())
        scene.bus.subscribe("billing") { _, _ in
            began.give()
            _ = await mayEnd.wait(on: .manual(scene.clock))
        }
        try await scene.serve { bus in
            for number in 1...3 { try await bus.publish(BusScene.order(number)) }
            _ = await began.wait(on: .manual(scene.clock))
            bus.shutdown()
            // The grace has begun once its end sleeps on the clock, beside the relay and the one that forgets.
            await scene.clock.sleepers(atLeast: 3)
            mayEnd.give()
        }
        #expect(scene.recorder.events(.handled).map(\.id) == ["1"])
        #expect(scene.transport.status(of: BusScene.work)?.ready == 2)
        #expect(scene.transport.status(of: BusScene.work)?.unacknowledged == 0)
    }

    @Test func `what runs beyond the grace is cancelled and comes again`() async throws {
        let scene = try BusScene()
        let began = Signal()
        scene.bus.subscribe("billing") { _, _ in
            began.give()
            _ = await Signal().wait(on: .manual(scene.clock))
            try Task.checkCancellation()
        }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            _ = await began.wait(on: .manual(scene.clock))
            bus.shutdown()
            await scene.clock.sleepers(atLeast: 3)
            scene.clock.advance(by: .seconds(30))
        }
        #expect(scene.recorder.events(.handled).isEmpty)
        #expect(scene.recorder.events(.failed).isEmpty)
        let again = try scene.another()
        again.subscribe("billing") { _, context in #expect(context.isRedelivered) }
        try await scene.serve(again) { _ in await scene.recorder.wait(for: .handled) }
        #expect(scene.transport.status(of: BusScene.work)?.ready == 0)
    }

    @Test func `a bus that is cancelled without a word leaves everything to the next`() async throws {
        let scene = try BusScene(BusScene.subscription(order: .byKey(field: "region", lanes: 2)))
        let began = Signal()
        scene.bus.subscribe("billing") { _, _ in
            began.give()
            _ = await Signal().wait(on: .manual(scene.clock))
            throw Declined()
        }
        let task = Task { try await scene.bus.serve() }
        await scene.clock.sleepers(atLeast: 2)
        for number in 1...3 { try await scene.bus.publish(BusScene.order(number, ["region": "eu"])) }
        _ = await began.wait(on: .manual(scene.clock))
        task.cancel()
        try await task.value
        let log = Log<String>()
        let again = try scene.another()
        again.subscribe("billing") { event, _ in log.add(event.id) }
        try await scene.serve(again) { _ in await scene.recorder.wait(for: .handled, count: 3) }
        #expect(log.all == ["1", "2", "3"])
    }

    @Test func `a bus serves once at a time`() async throws {
        let scene = try BusScene()
        scene.bus.subscribe("billing") { _, _ in }
        try await scene.serve { bus in
            await #expect(throws: EventBusError.self) { try await bus.serve() }
        }
    }
}
