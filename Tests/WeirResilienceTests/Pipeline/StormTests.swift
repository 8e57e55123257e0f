// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// Many tasks at once over real threads and the machine's clock; checks what must hold whatever the order.
@Suite struct StormTests {
    struct Oops: Error {}

    @Test(arguments: [false, true])
    func `places are never exceeded, all come back, and every call is counted once`(detachable: Bool) async throws {
        let recorder = EventRecorder()
        let store = StateStore(engine: Engine(random: EngineRandom(seed: 11), observer: recorder))
        var draft = store.draft(version: "1")
        let name = QualifiedName(package: "", name: "storm")
        let policy = try ResolvedPolicy(
            name: name,
            steps: [
                PipelineStep(.deadline(try DeadlinePolicy(total: .milliseconds(40)))),
                PipelineStep(
                    .limit(try RateLimitPolicy(rate: .perSecond(50_000), burst: 100, maxWait: .milliseconds(5)))),
                PipelineStep(.retry(try RetryPolicy(backoff: .constant(.milliseconds(1)), when: [.anyFailure]))),
                PipelineStep(.bulkhead(try BulkheadPolicy(calls: 3, queue: 20, maxWait: .milliseconds(10)))),
                PipelineStep(
                    .breaker(try CircuitBreakerPolicy(trips: [.consecutive(60)], openTime: .listed([.milliseconds(2)])))
                ),
                PipelineStep(.timeout(try TimeoutPolicy(limit: .milliseconds(4)))),
            ])
        let pipeline = try Pipeline(policy: policy, in: &draft)
        store.commit(draft)
        let running = EventCounter()
        let (tasks, calls) = (16, 120)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var chance = SeededGenerator(seed: UInt64(task))
                    for _ in 0..<calls {
                        let dice = chance.next() % 12
                        let call = Task {
                            let operation = { @Sendable () async throws -> Int in
                                running.add()
                                defer { running.add(-1) }
                                if dice == 1 { throw Oops() }
                                if dice == 2 { await Task.yield() }
                                if dice == 3 {
                                    let soon = EngineClock.system.now + 8 * millisecond
                                    _ = await PendingWait().wait(until: soon, on: .system)
                                }
                                return 1
                            }
                            return detachable
                                ? try await pipeline.runDetachable(operation: operation)
                                : try await pipeline.run(operation: operation)
                        }
                        if dice == 4 { call.cancel() }
                        _ = await call.result
                    }
                }
            }
        }
        await recorder.hears { _ in pipeline.counters.runningOrphans == 0 }
        let counts = pipeline.counters.snapshot()
        #expect(counts.calls == UInt64(tasks * calls))
        #expect(running.highest <= 3 && running.count == 0)
        let bulkhead = store.bulkhead(for: StateKey(kind: .bulkhead, owner: name))
        #expect(bulkhead?.snapshot == BulkheadSnapshot(places: 3, running: 0, waiting: 0))
        #expect(counts.orphansStarted == counts.orphansEnded)
        #expect(counts.attempts >= counts.successes)
    }
}
