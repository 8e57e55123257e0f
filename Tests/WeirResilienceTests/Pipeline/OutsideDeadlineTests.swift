// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// Deadlines that no step of the pipeline sets: the caller's own, and what a request's headers say.
@Suite struct OutsideDeadlineTests {
    let bench = Bench()

    struct Headers: ContextCarrier {
        var values: [String: String] = [:]
        subscript(header name: String) -> String? {
            get { values[name] }
            set { values[name] = newValue }
        }
    }

    /// Works for ten seconds of the clock unless it is cancelled, and tells which it was.
    static func work(_ clock: ManualClock, _ ends: Ends) async throws {
        ends.add(await PendingWait().wait(until: 10 * second, on: .manual(clock)))
        try Task.checkCancellation()
    }

    /// Where operations leave how they ended.
    final class Ends: Sendable {
        private let lock = SpinLock()
        // Safe: read and written only while `lock` is held.
        private nonisolated(unsafe) var list: [PendingWait.End] = []
        func add(_ end: PendingWait.End) { lock.withLock { list.append(end) } }
        var all: [PendingWait.End] { lock.withLock { list } }
    }

    func code(of body: () async throws -> Void) async -> ResilienceError.Code? {
        do {
            try await body()
            return nil
        } catch { return (error as? ResilienceError)?.code }
    }

    @Test func `the caller's own deadline cancels the operation`() async throws {
        let pipeline = try bench.pipeline([try CompositionTests.breaker(after: 1)])
        let (clock, ends) = (bench.clock, Ends())
        let call = Task {
            await code { try await pipeline.run(CallFacts(deadline: second)) { try await Self.work(clock, ends) } }
        }
        await clock.sleepers(atLeast: 1)
        clock.advance(by: .seconds(10))
        #expect(await call.value == .timeout)
        #expect(ends.all == [.cancelled])
        #expect(pipeline.counters.snapshot().timeouts == 1)
        #expect(clock.sleepers == 0)
    }

    @Test func `a deadline from a request's headers cancels the operation`() async throws {
        let pipeline = try bench.pipeline([PolicyStep]())
        let (clock, ends) = (bench.clock, Ends())
        let context = CallContext(from: Headers(values: ["x-deadline-ms": "250"]), at: clock.now)
        let call = Task {
            await CallContext.$current.withValue(context) {
                await code { try await pipeline.run { try await Self.work(clock, ends) } }
            }
        }
        await clock.sleepers(atLeast: 1)
        clock.advance(by: .seconds(10))
        #expect(await call.value == .timeout)
        #expect(ends.all == [.cancelled])
    }

    @Test func `a detachable call returns at the caller's own deadline`() async throws {
        let pipeline = try bench.pipeline([.bulkhead(try BulkheadPolicy(calls: 1))])
        let (clock, ends) = (bench.clock, Ends())
        let call = Task {
            await code {
                try await pipeline.runDetachable(CallFacts(deadline: second)) { try await Self.work(clock, ends) }
            }
        }
        await clock.sleepers(atLeast: 1)
        clock.advance(by: .seconds(10))
        #expect(await call.value == .timeout)
        #expect(pipeline.counters.snapshot().orphansStarted == 1)
    }

    @Test func `a pipeline in a task of its own below another still ends at the deadline`() async throws {
        let outer = try bench.pipeline([.deadline(try DeadlinePolicy(total: .seconds(1)))], named: "outer")
        let inner = try bench.pipeline([PolicyStep](), named: "inner")
        let (clock, ends) = (bench.clock, Ends())
        let call = Task {
            await code {
                try await outer.run {
                    // Cancelling the outer operation does not reach this task; the deadline that it inherited does.
                    let own = Task { await code { try await inner.run { try await Self.work(clock, ends) } } }
                    #expect(await own.value == .timeout)
                }
            }
        }
        await clock.sleepers(atLeast: 2)
        clock.advance(by: .seconds(10))
        #expect(await call.value == .timeout)
        #expect(ends.all == [.cancelled])
    }

    @Test func `an expired call starts nothing, takes nothing and is recorded nowhere`() async throws {
        let pipeline = try bench.pipeline([
            .limit(try RateLimitPolicy(rate: .perSecond(1))), try CompositionTests.breaker(after: 1),
        ])
        bench.clock.advance(by: .seconds(1))
        let expired = CallFacts(deadline: second)
        for _ in 0..<3 {
            #expect(
                await code { try await pipeline.run(expired) { _ = Issue.record("it is too late") } }
                    == .deadlineExceeded)
        }
        #expect(bench.breaker()?.snapshot(at: second).counts.total == 0)
        #expect(try await pipeline.run { "the token is there" } == "the token is there")
        #expect(pipeline.counters.snapshot().attempts == 1)
    }

    @Test func `the operation learns that it is part of a repetition above, with or without a deadline`() async throws {
        for deadline in [UInt64.max, 5 * second] {
            let pipeline = try bench.pipeline([PolicyStep]())
            let seen = try await pipeline.run(CallFacts(deadline: deadline, isRetry: true)) { CallContext.current }
            #expect(seen?.isRetry == true && seen?.attempt == 1)
        }
    }
}
