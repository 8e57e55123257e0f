// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// What the order of the steps means: the first is the outermost, and nothing is moved.
@Suite struct CompositionTests {
    let bench = Bench()
    let failing = Upstream.answers(.failure(.refused), after: 10 * millisecond)

    static func retry(_ attempts: Int, wait: Duration = .milliseconds(100)) throws -> PolicyStep {
        .retry(try RetryPolicy(attempts: attempts, backoff: .constant(wait), jitter: .none))
    }

    static func breaker(after failures: Int) throws -> PolicyStep {
        .breaker(try CircuitBreakerPolicy(trips: [.consecutive(failures)], openJitter: .zero))
    }

    @Test func `an empty pipeline lets the operation through`() throws {
        let played = bench.play(try bench.pipeline([PolicyStep]()), [.answers(.success)])
        #expect(played.ending == .attempt && played.outcome == .success && played.attempts == 1)
    }

    @Test func `a breaker inside the retry sees every attempt`() throws {
        _ = bench.play(try bench.pipeline([try Self.retry(3), try Self.breaker(after: 3)]), [failing])
        #expect(bench.breaker()?.snapshot(at: 0).state == .open)
    }

    @Test func `a breaker outside the retry sees one outcome`() throws {
        let pipeline = try bench.pipeline([try Self.breaker(after: 2), try Self.retry(3)])
        _ = bench.play(pipeline, [failing])
        #expect(bench.breaker()?.snapshot(at: 0).state == .closed)
        _ = bench.play(pipeline, [failing], at: second)
        #expect(bench.breaker()?.snapshot(at: second).state == .open)
    }

    @Test func `a timeout outside the retry bounds all attempts together`() throws {
        let pipeline = try bench.pipeline([
            .timeout(try TimeoutPolicy(limit: .milliseconds(250))), try Self.retry(5),
        ])
        let played = bench.play(pipeline, [.answers(.failure(.refused), after: 100 * millisecond)])
        #expect(played.starts == [0, 200 * millisecond])
        #expect(played.endedAt == 250 * millisecond)
        #expect(played.ending == .error && played.outcome.cause == .timeout)
    }

    @Test func `a timeout inside the retry bounds each attempt`() throws {
        let pipeline = try bench.pipeline([
            try Self.retry(2), .timeout(try TimeoutPolicy(limit: .milliseconds(50))),
        ])
        let played = bench.play(pipeline, [.answers(.success, after: second)])
        #expect(played.starts == [0, 150 * millisecond])
        #expect(played.outcome.cause == .timeout && played.stop == .exhausted)
    }

    @Test func `a fallback inside the retry makes the retry see successes only`() throws {
        let pipeline = try bench.pipeline([
            try Self.retry(3), .fallback(try FallbackPolicy(target: .value("plan b"))),
        ])
        let played = bench.play(pipeline, [failing])
        #expect(played.attempts == 1 && played.ending == .fallback(step: 1))
    }

    @Test func `a fallback outside the deadline answers after it`() throws {
        let pipeline = try bench.pipeline([
            .fallback(try FallbackPolicy(target: .status(503))),
            .deadline(try DeadlinePolicy(total: .milliseconds(100))),
        ])
        #expect(bench.play(pipeline, [.answers(.success, after: second)]).ending == .fallback(step: 0))
    }

    @Test func `a fallback inside the deadline has no time left after it`() throws {
        let pipeline = try bench.pipeline([
            .deadline(try DeadlinePolicy(total: .milliseconds(100))),
            .fallback(try FallbackPolicy(target: .status(503))),
        ])
        let played = bench.play(pipeline, [.answers(.success, after: second)])
        #expect(played.ending == .error && played.outcome.cause == .timeout)
    }

    @Test func `a failing fallback leaves the first failure standing`() throws {
        let pipeline = try bench.pipeline([.fallback(try FallbackPolicy(target: .handler("b")))])
        let played = bench.play(pipeline, [failing], fallbackAnswers: false)
        #expect(played.ending == .attempt && played.outcome.cause == .refused)
        #expect(pipeline.counters.snapshot().fallbackFailures == 1)
    }

    @Test func `a limit inside the retry counts every attempt, outside it counts the call`() throws {
        let limit = PolicyStep.limit(try RateLimitPolicy(rate: try Rate(count: 2, window: .seconds(60))))
        let inside = bench.play(try bench.pipeline([try Self.retry(5), limit], named: "inside"), [failing])
        #expect(inside.attempts == 2 && inside.stop == .notRetryable)
        #expect(inside.ending == .attempt && inside.outcome.cause == .refused, "the refusal hides no real error")
        let outside = bench.play(try bench.pipeline([limit, try Self.retry(5)], named: "outside"), [failing])
        #expect(outside.attempts == 5)
    }

    @Test func `a retry stops at a breaker that opened below it`() throws {
        let pipeline = try bench.pipeline([try Self.retry(7), try Self.breaker(after: 3)])
        let played = bench.play(pipeline, [failing])
        #expect(played.attempts == 3 && played.stop == .circuitOpen && played.ending == .attempt)
    }

    @Test func `a retry that lists open waits for the breaker`() throws {
        let retry = try RetryPolicy(
            attempts: 4, backoff: .constant(.seconds(6)), jitter: .none, when: [.refused, .open])
        let pipeline = try bench.pipeline([.retry(retry), try Self.breaker(after: 1)])
        let played = bench.play(pipeline, [failing, .answers(.success)])
        #expect(played.outcome == .success && played.attempts == 2)
    }

    @Test func `nested retries multiply and the inner one starts afresh each time`() throws {
        let pipeline = try bench.pipeline([try Self.retry(2), try Self.retry(3)])
        #expect(bench.play(pipeline, [failing]).attempts == 6)
    }

    @Test func `the place of a bulkhead inside the retry is free between attempts`() throws {
        let bulkhead = PolicyStep.bulkhead(try BulkheadPolicy(calls: 1))
        var call = CallMachine(try bench.pipeline([try Self.retry(2), bulkhead]))
        #expect(call.begin(at: 0) == .attempt(until: .max))
        #expect(bench.bulkhead()?.snapshot.running == 1)
        #expect(call.attemptEnded(.failure(.refused), at: 0) == .wait(until: 100 * millisecond))
        #expect(bench.bulkhead()?.snapshot.running == 0)
        #expect(call.cancel(at: millisecond) == .finish(.cancelled))
    }

    @Test func `an expired call takes nothing and is recorded nowhere`() throws {
        let limit = PolicyStep.limit(try RateLimitPolicy(rate: .perSecond(1)))
        let pipeline = try bench.pipeline([limit, try Self.breaker(after: 1), .bulkhead(try BulkheadPolicy(calls: 1))])
        let late = bench.play(pipeline, [.answers(.success)], at: second, facts: CallFacts(deadline: second))
        #expect(late.outcome.refusal == .deadlineExceeded && late.attempts == 0)
        #expect(bench.play(pipeline, [.answers(.success)], at: second).outcome == .success, "the token is still there")
    }

    @Test func `the result at the very deadline is a timeout, and just before it counts`() throws {
        let pipeline = try bench.pipeline([.timeout(try TimeoutPolicy(limit: .milliseconds(50)))])
        #expect(bench.play(pipeline, [.answers(.success, after: 50 * millisecond)]).ending == .error)
        #expect(bench.play(pipeline, [.answers(.success, after: 50 * millisecond - 1)]).ending == .attempt)
    }

    @Test func `steps that stand twice each do their work`() throws {
        let pipeline = try bench.pipeline([
            .timeout(try TimeoutPolicy(limit: .seconds(1))), .timeout(try TimeoutPolicy(limit: .milliseconds(20))),
        ])
        let played = bench.play(pipeline, [.answers(.success, after: second)])
        #expect(played.endedAt == 20 * millisecond)
    }

    @Test func `the error names policy, file, line and graph version`() throws {
        let pipeline = try bench.pipeline([try Self.retry(1), .bulkhead(try BulkheadPolicy(calls: 0))], version: "12")
        var call = CallMachine(pipeline)
        #expect(call.begin(at: 0) == .finish(.error))
        let error = call.error()
        #expect(error.code == .bulkheadFull)
        #expect(error.description == "the bulkhead is full (policy `shop.p`, shop.weir:3, graph 12)")
    }
}
