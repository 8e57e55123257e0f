// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing
import WeirPolicy
import WeirResilience

@testable import Weir

@Suite struct ReloadStormTests {
    private final class Flag: Sendable {
        let value = Atomic<Bool>(false)
    }

    @Test func `calls go on undisturbed while graphs are replaced`() async throws {
        var shop = Shop()
        shop.bulkhead = 1000
        let source = ChangingSource(try shop.graph())
        var configuration = WeirConfiguration.quiet()
        configuration.clock = .system
        let weir = try await Weir.load(source, configuration)
        let handle: OperationHandle<Int> = try weir.operation("payments.authorize")
        let isOver = Flag()
        let graphs = try (0..<100).map { step in
            shop.bulkhead = 1000 + step
            return try shop.graph()
        }
        let calls = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<4 {
                group.addTask {
                    var calls = 0
                    while !isOver.value.load(ordering: .relaxed) {
                        let value = try await handle.run {
                            if calls % 100 == caller { await Task.yield() }
                            return calls
                        }
                        #expect(value == calls)
                        calls += 1
                    }
                    return calls
                }
            }
            for (step, graph) in graphs.enumerated() {
                source.change("s\(step)", to: graph)
                #expect(await weir.reload().generation == step + 1)
            }
            isOver.value.store(true, ordering: .relaxed)
            return try await group.reduce(0, +)
        }
        await weir.reload()
        let status = weir.status()
        #expect(status.handles.map(\.counters.successes) == [UInt64(calls)])
        #expect(status.graphsInUse == 1)
        #expect(status.reloads.applied == 99)
    }
}
