// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirEvents

@Suite struct OrderTests {
    @Test(arguments: UInt64(1)...8)
    func `events of one key are handled in the order in which they were published, side by side with others`(
        seed: UInt64
    ) async throws {
        let scene = try BusScene(
            BusScene.subscription(
                prefetch: 16, order: .byKey(field: "region", lanes: 4),
                redelivery: try BusScene.redelivery(inPlace: true)))
        let log = Log<(key: String, number: Int)>()
        let running = Guarded(0)
        let most = Guarded(0)
        scene.bus.subscribe("billing") { event, context in
            let now = running.withLock { count in
                count += 1
                return count
            }
            most.withLock { $0 = max($0, now) }
            defer { running.withLock { $0 -= 1 } }
            // Some events fail once and wait in place: nothing of their key may overtake them.
            let number = Int(event.id) ?? 0
            if number % 11 == 3, context.attempt == 1 { throw Declined() }
            if case .string(let region)? = event.json?["region"] { log.add((region, number)) }
        }
        var generator = SeededGenerator(seed: seed)
        let regions = (0..<120).map { _ in "r\(Int.random(in: 0..<6, using: &generator))" }
        try await scene.serve { bus in
            for (number, region) in regions.enumerated() {
                try await bus.publish(BusScene.order(number, ["region": .string(region)]))
            }
            while scene.recorder.events(.handled).count < regions.count {
                await scene.clock.sleepers(atLeast: 2)
                scene.clock.advance(by: .seconds(10))
            }
        }
        let byKey = Dictionary(grouping: log.all, by: \.key)
        for (key, entries) in byKey { #expect(entries.map(\.number) == entries.map(\.number).sorted(), "\(key)") }
        #expect(log.all.count == regions.count)
        #expect(most.withLock { $0 } <= 4)
    }

    @Test func `in order one event is handled at a time, whatever the prefetch`() async throws {
        let scene = try BusScene(BusScene.subscription(prefetch: 10, order: .strict))
        let log = Log<Int>()
        let running = Guarded(0)
        scene.bus.subscribe("billing") { event, _ in
            #expect(
                running.withLock { count in
                    count += 1
                    return count
                } == 1)
            log.add(Int(event.id) ?? -1)
            running.withLock { $0 -= 1 }
        }
        try await scene.serve { bus in
            for number in 0..<200 { try await bus.publish(BusScene.order(number)) }
            await scene.recorder.wait(for: .handled, count: 200)
        }
        #expect(log.all == Array(0..<200))
    }
}
