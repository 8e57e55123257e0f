// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// The asynchronous shell, under a clock that is moved by hand.
@Suite struct RunTests {
    let bench = Bench()

    struct Oops: Error, Equatable {}

    func code(of body: () async throws -> Void) async -> ResilienceError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? ResilienceError)?.code
        }
    }

    @Test func `gives back what the operation gives`() async throws {
        let pipeline = try bench.pipeline([try CompositionTests.breaker(after: 3)])
        #expect(try await pipeline.run { 42 } == 42)
        await #expect(throws: Oops.self) { try await pipeline.run { throw Oops() } }
        #expect(pipeline.counters.snapshot().calls == 2)
    }

    @Test func `waits between attempts on the clock`() async throws {
        let pipeline = try bench.pipeline([.retry(try RetryPolicy(backoff: .constant(.seconds(2)), jitter: .none))])
        let tries = EventCounter()
        let call = Task {
            try await pipeline.run(
                .none, ResultHandling(classify: { $0 < 3 ? .failure(.refused) : .success })
            ) {
                tries.add()
                return tries.count
            }
        }
        await bench.clock.sleepers(atLeast: 1)
        bench.clock.advance(by: .seconds(2))
        await bench.clock.sleepers(atLeast: 1)
        #expect(tries.count == 2)
        bench.clock.advance(by: .seconds(2))
        #expect(try await call.value == 3)
    }

    @Test func `cancels and awaits a structured operation at its deadline`() async throws {
        let pipeline = try bench.pipeline([.timeout(try TimeoutPolicy(limit: .milliseconds(50)))])
        let ended = EventCounter()
        let clock = bench.clock
        let call = Task {
            await code {
                try await pipeline.run {
                    defer { ended.add() }
                    _ = await PendingWait().wait(until: 10 * second, on: .manual(clock))
                    try Task.checkCancellation()
                }
            }
        }
        await clock.sleepers(atLeast: 2)
        clock.advance(by: .milliseconds(50))
        #expect(await call.value == .timeout)
        #expect(ended.count == 1)
        #expect(pipeline.counters.snapshot().timeouts == 1)
        #expect(clock.sleepers == 0)
    }

    @Test func `a structured operation that ignores its deadline is a timeout and an overrun`() async throws {
        let pipeline = try bench.pipeline([.timeout(try TimeoutPolicy(limit: .milliseconds(50)))])
        let clock = bench.clock
        let call = Task {
            await code {
                try await pipeline.run {
                    await withUnsafeContinuation { continuation in
                        EngineClock.manual(clock).schedule(Resume { continuation.resume() }, at: second)
                    }
                }
            }
        }
        await clock.sleepers(atLeast: 2)
        clock.advance(by: .seconds(1))
        #expect(await call.value == .timeout)
        #expect(pipeline.counters.snapshot().overruns == 1)
        #expect(bench.recorder.names.contains("timeout.overrun"))
    }

    @Test func `a detachable operation is left behind at its deadline and keeps its place until it ends`() async throws
    {
        let pipeline = try bench.pipeline([
            .bulkhead(try BulkheadPolicy(calls: 1)), .timeout(try TimeoutPolicy(limit: .milliseconds(50), abandon: 1)),
        ])
        let clock = bench.clock
        let call = Task {
            await code {
                try await pipeline.runDetachable {
                    await withUnsafeContinuation { continuation in
                        EngineClock.manual(clock).schedule(Resume { continuation.resume() }, at: second)
                    }
                }
            }
        }
        await clock.sleepers(atLeast: 2)
        clock.advance(by: .milliseconds(50))
        #expect(await call.value == .timeout)
        #expect(bench.bulkhead()?.snapshot.running == 1)
        #expect(pipeline.counters.runningOrphans == 1)
        #expect(await code { try await pipeline.runDetachable {} } == .orphansFull)
        clock.advance(by: .seconds(1))
        await bench.recorder.hears(.timeoutLateResult)
        #expect(bench.bulkhead()?.snapshot.running == 0)
        #expect(try await pipeline.runDetachable { "ok" } == "ok")
    }

    @Test func `a caller that goes away while it waits gives everything back`() async throws {
        let pipeline = try bench.pipeline([
            .limit(try RateLimitPolicy(rate: .perSecond(1), maxWait: .seconds(10)))
        ])
        try await pipeline.run {}
        let call = Task { try await pipeline.run {} }
        await bench.clock.sleepers(atLeast: 1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(bench.clock.sleepers == 0)
        #expect(pipeline.counters.snapshot().cancelled == 1)
        bench.clock.advance(by: .seconds(1))
        try await pipeline.run {}
        #expect(pipeline.counters.snapshot().successes == 2)
    }

    @Test func `a caller that goes away says nothing about the callee`() async throws {
        let pipeline = try bench.pipeline([try CompositionTests.breaker(after: 1)])
        let call = Task {
            try await pipeline.run { [clock = bench.clock] in
                _ = await PendingWait().wait(until: second, on: .manual(clock))
                throw Oops()
            }
        }
        await bench.clock.sleepers(atLeast: 1)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(bench.breaker()?.snapshot(at: 0).state == .closed)
    }

    @Test func `fallbacks answer by value, status and handler`() async throws {
        let text = try bench.pipeline([.fallback(try FallbackPolicy(target: .value("plan b")))], named: "a")
        #expect(try await text.run(.none, .text) { throw Oops() } == "plan b")
        let status = try bench.pipeline([.fallback(try FallbackPolicy(target: .status(503)))], named: "b")
        #expect(try await status.run(.none, ResultHandling(fromStatus: { $0 })) { throw Oops() } == 503)
        let handler = try bench.pipeline([.fallback(try FallbackPolicy(target: .handler("stock")))], named: "c")
        let handling = ResultHandling<Int>(handlers: ["stock": { $0.error is Oops ? 7 : 0 }])
        #expect(try await handler.run(.none, handling) { throw Oops() } == 7)
        #expect(handler.unanswerable(by: ResultHandling<Int>()).count == 1)
        #expect(handler.unanswerable(by: handling).isEmpty)
        #expect(handler.counters.snapshot().degraded == 1)
    }

    @Test func `a fallback that fails leaves the first error`() async throws {
        let pipeline = try bench.pipeline([.fallback(try FallbackPolicy(target: .handler("b")))])
        let handling = ResultHandling<Int>(handlers: ["b": { _ in throw CancellationError() }])
        await #expect(throws: Oops.self) { _ = try await pipeline.run(.none, handling) { throw Oops() } }
    }

    @Test func `the operation learns its deadline and its attempt`() async throws {
        let pipeline = try bench.pipeline([
            .deadline(try DeadlinePolicy(total: .seconds(9))),
            .retry(try RetryPolicy(backoff: .constant(.zero), jitter: .none, when: [.anyFailure])),
        ])
        let seen = EventCounter()
        await #expect(throws: Oops.self) {
            try await pipeline.run {
                let context = try #require(CallContext.current)
                #expect(context.deadline == 9 * second)
                seen.add(context.attempt * (context.isRetry ? 100 : 1))
                throw Oops()
            }
        }
        #expect(seen.count == 1 + 200 + 300)
    }

    @Test func `a pipeline inside another obeys the earlier deadline and retries nothing in a retry`() async throws {
        let outer = try bench.pipeline([.deadline(try DeadlinePolicy(total: .seconds(1)))], named: "outer")
        let inner = try bench.pipeline([.deadline(try DeadlinePolicy(total: .seconds(5)))], named: "inner")
        try await outer.run {
            try await inner.run { #expect(CallContext.current?.deadline == second) }
        }
        let retry = try bench.pipeline([try CompositionTests.retry(4)], named: "retry")
        let tries = EventCounter()
        let handling = ResultHandling<Void>(classifyError: { _ in .failure(.refused) })
        await #expect(throws: Oops.self) {
            try await retry.run(CallFacts(isRetry: true), handling) {
                tries.add()
                throw Oops()
            }
        }
        #expect(tries.count == 1)
    }

    @Test func `recognises what connections throw`() {
        #expect(ErrorClassification.outcome(of: SystemCallError(number: 111)).cause == .refused)
        #expect(ErrorClassification.outcome(of: SystemCallError(number: 104)).cause == .reset)
        #expect(ErrorClassification.outcome(of: CancellationError()) == .cancelled)
        let oops = ErrorClassification.outcome(of: Oops())
        #expect(MatcherSet([.error("Oops")]).matches(oops) || oops.error?.hasSuffix("Oops") == true)
    }
}

/// A timer that runs a closure.
final class Resume: TimerEntry, @unchecked Sendable {
    // Safe: written once in `init`.
    private let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
        super.init()
    }
    override func fire() { body() }
}
