// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Weir

@Suite struct GraphCellTests {
    private final class Numbered: Sendable {
        let number: Int
        private let alive: Counter

        init(_ number: Int, _ alive: Counter) {
            self.number = number
            self.alive = alive
            alive.value.wrappingAdd(1, ordering: .relaxed)
        }

        deinit { alive.value.wrappingSubtract(1, ordering: .relaxed) }
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    private final class Flag: Sendable {
        let value = Atomic<Bool>(false)
    }

    @Test func `lets go of a graph when the last call that holds it ends`() {
        let alive = Counter()
        let cell = GraphCell(Numbered(0, alive))
        let early = cell.enter()
        #expect(cell.replace(with: Numbered(1, alive)))
        let late = cell.enter()
        #expect(cell.replace(with: Numbered(2, alive)))
        #expect(alive.value.load(ordering: .relaxed) == 3)
        cell.exit(late)
        cell.sweep()
        // The newer of the two goes first: a long call holds back its own graph only.
        #expect(alive.value.load(ordering: .relaxed) == 2)
        #expect(cell.graph(early)?.takeUnretainedValue().number == 0)
        cell.exit(early)
        cell.sweep()
        #expect(alive.value.load(ordering: .relaxed) == 1)
    }

    @Test func `lets go of everything at its end`() {
        let alive = Counter()
        do {
            let cell = GraphCell(Numbered(0, alive))
            _ = cell.enter()
            #expect(cell.replace(with: Numbered(1, alive)))
        }
        #expect(alive.value.load(ordering: .relaxed) == 0)
    }

    @Test func `never gives a graph that is gone`() async {
        let alive = Counter()
        let cell = GraphCell(Numbered(0, alive))
        let isOver = Flag()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var last = 0
                    while !isOver.value.load(ordering: .relaxed) {
                        let ticket = cell.enter()
                        let number = cell.graph(ticket)?._withUnsafeGuaranteedRef { $0.number } ?? -1
                        #expect(number >= last)
                        last = number
                        cell.exit(ticket)
                    }
                }
            }
            for number in 1...20_000 where cell.replace(with: Numbered(number, alive)) {}
            isOver.value.store(true, ordering: .relaxed)
        }
        cell.sweep()
        #expect(alive.value.load(ordering: .relaxed) == 1)
    }
}
