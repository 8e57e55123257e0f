// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirCompiler
@testable import WeirSimulation

@Suite struct DeterminismTests {
    static func story(_ seed: UInt64) throws -> Story {
        var scene = try SampleSixTests.scene()
        scene.given(.status(503), until: .seconds(10))
        scene.calls(40)
        scene.calls(10, every: .milliseconds(100), from: .seconds(16))
        return scene.run(seed: seed).story
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>) func `tells the same story with the same seed`(seed: UInt64) throws {
        let story = try Self.story(seed)
        #expect(story.trace.count > 500)
        #expect(try Self.story(seed) == story)
    }

    @Test func `tells another story with another seed`() throws {
        #expect(try Self.story(1).trace != Self.story(2).trace)
    }
}

@Suite struct EventQueueTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `gives events in the order of time, rank and arrival`(seed: UInt64) {
        var random = SeededNumbers(seed: seed)
        var queue = EventQueue<Int>()
        var expected: [(time: UInt64, rank: UInt8, index: Int)] = []
        for index in 0..<500 {
            let entry = (time: random.next() % 20, rank: UInt8(random.next() % 2), index: index)
            expected.append(entry)
            queue.schedule(index, at: entry.time, rank: entry.rank)
        }
        expected.sort { ($0.time, $0.rank, $0.index) < ($1.time, $1.rank, $1.index) }
        var taken: [Int] = []
        while let next = queue.next() { taken.append(next.event) }
        #expect(taken == expected.map(\.index))
    }

    /// A small generator of its own, so that the order of the test's numbers is part of the test.
    struct SeededNumbers {
        var state: UInt64
        init(seed: UInt64) { state = seed }
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }

    @Test(
        arguments: [
            (0, "0ms"), (250_000, "0.2ms"), (90_000_000, "90ms"), (603_449_000, "603.4ms"), (1_000_000_000, "1s"),
            (16_020_000_000, "16.02s"), (125_000_000_000, "2m5s"), (3_600_000_000_000, "60m0s"),
        ] as [(UInt64, String)])
    func `writes times for people`(nanoseconds: UInt64, text: String) {
        #expect(VirtualTime(nanoseconds: nanoseconds).description == text)
    }
}
