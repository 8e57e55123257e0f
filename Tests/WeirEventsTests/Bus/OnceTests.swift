// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

@Suite struct OnceTests {
    @Test func `a second copy of an event does nothing, until it is forgotten`() async throws {
        let scene = try BusScene(BusScene.subscription(once: .init(field: nil, within: .seconds(3600))))
        let log = Log<String>()
        scene.bus.subscribe("billing") { event, _ in log.add(event.id) }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            await scene.recorder.wait(for: .handled)
            try await bus.publish(BusScene.order(1))
            await scene.recorder.wait(for: .remembered)
            scene.clock.advance(by: .seconds(3601))
            try await bus.publish(BusScene.order(1))
            await scene.recorder.wait(for: .handled, count: 2)
        }
        #expect(log.all == ["1", "1"])
    }

    @Test func `a field tells events apart, and an event that failed is not remembered`() async throws {
        let scene = try BusScene(
            BusScene.subscription(
                once: .init(field: "order-id", within: .seconds(3600)), redelivery: try BusScene.redelivery()))
        let log = Log<String>()
        scene.bus.subscribe("billing") { event, context in
            log.add("\(event.id)/\(context.attempt)/\(context.fence ?? 0)")
            if context.attempt == 1 && event.id == "1" { throw Declined() }
        }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            await scene.recorder.wait(for: .failed)
            var copy = BusScene.order(1)
            copy.id = "2"
            try await bus.publish(copy)
            await scene.recorder.wait(for: .handled)
            scene.clock.advance(by: .seconds(10))
            await scene.recorder.wait(for: .remembered)
        }
        #expect(log.all == ["1/1/1", "2/1/2"])
    }

    @Test func `what another process holds waits, and is taken over when its lease is over`() async throws {
        let store = MemoryStore()
        let scene = try BusScene(BusScene.subscription(once: .init(field: nil, within: .seconds(3600))), store: store)
        let key = InboxKey(subscription: "shop.billing", event: "/test\n1")
        let now = Timestamp(secondsSince1970: 1_800_000_000, nanoseconds: Int64(scene.clock.now))
        guard case .taken(let fence) = try await store.begin(key, until: now + .seconds(20), at: now) else {
            throw Declined()
        }
        let log = Log<UInt64?>()
        scene.bus.subscribe("billing") { _, context in log.add(context.fence) }
        try await scene.serve { bus in
            try await bus.publish(BusScene.order(1))
            var round = 0
            while log.all.isEmpty {
                round += 1
                await scene.recorder.wait(for: .postponed, count: round)
                await scene.clock.sleepers(atLeast: 3)
                scene.clock.advance(by: .milliseconds(5100))
                if round == 4 { await scene.recorder.wait(for: .handled) }
            }
        }
        #expect(log.all == [fence + 1])
        await #expect(throws: StoreError.self) {
            try await store.commit(StoreCommit(turn: InboxTurn(key: key, fence: fence), keep: now), at: now)
        }
    }

    @Test func `the holder of a lock has its fence, and two events with one value never run together`() async throws {
        let scene = try BusScene(BusScene.subscription(lock: .init(field: "region", lease: .seconds(30))))
        let log = Log<UInt64>()
        let running = Guarded(0)
        scene.bus.subscribe("billing") { _, context in
            #expect(
                running.withLock { count in
                    count += 1
                    return count
                } == 1)
            log.add(context.fence ?? 0)
            running.withLock { $0 -= 1 }
        }
        try await scene.serve { bus in
            for number in 0..<20 { try await bus.publish(BusScene.order(number, ["region": "eu"])) }
            while scene.recorder.events(.handled).count < 20 {
                await scene.clock.sleepers(atLeast: 2)
                scene.clock.advance(by: .seconds(1))
            }
        }
        #expect(log.all.count == 20)
        #expect(log.all == log.all.sorted() && Set(log.all).count == 20)
    }

    @Test func `a store that fails lets the subscription rest, and nothing is lost`() async throws {
        let store = FailingStore()
        let scene = try BusScene(BusScene.subscription(once: .init(field: nil, within: .seconds(3600))), store: store)
        let log = Log<String>()
        scene.bus.subscribe("billing") { event, _ in log.add(event.id) }
        try await scene.serve { bus in
            store.fails.withLock { $0 = true }
            try await bus.publish(BusScene.order(1))
            await scene.recorder.wait(for: .storeFailed)
            #expect(log.all.isEmpty)
            store.fails.withLock { $0 = false }
            await scene.clock.sleepers(atLeast: 3)
            scene.clock.advance(by: .seconds(1))
            await scene.recorder.wait(for: .handled)
        }
        #expect(log.all == ["1"])
    }
}
