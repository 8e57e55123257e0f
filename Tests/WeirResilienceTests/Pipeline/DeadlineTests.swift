// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// What the end of the time means to each step.
@Suite struct DeadlineTests {
    let bench = Bench()
    let failing = Upstream.answers(.failure(.refused))

    struct Nesting: Sendable {
        let outer: Duration
        let inner: Duration
        let inherited: UInt64
        let until: UInt64
    }

    @Test(arguments: [
        Nesting(outer: .seconds(3), inner: .seconds(2), inherited: .max, until: 2 * second),
        Nesting(outer: .seconds(2), inner: .seconds(3), inherited: .max, until: 2 * second),
        Nesting(outer: .seconds(3), inner: .seconds(2), inherited: second, until: second),
    ])
    func `the earliest of all deadlines counts`(nesting: Nesting) throws {
        var call = CallMachine(
            try bench.pipeline([
                .deadline(try DeadlinePolicy(total: nesting.outer)), .timeout(try TimeoutPolicy(limit: nesting.inner)),
            ]), CallFacts(deadline: nesting.inherited))
        #expect(call.begin(at: 0) == .attempt(until: nesting.until))
        #expect(call.cancel(at: 0) == .finish(.cancelled))
    }

    @Test func `an expired call uses up no permit of a half-open breaker and ends no break`() throws {
        let pipeline = try bench.pipeline([try CompositionTests.breaker(after: 1)])
        _ = bench.play(pipeline, [failing])
        let before = try #require(bench.breaker()?.snapshot(at: 60 * second))
        let late = bench.play(pipeline, [failing], at: 60 * second, facts: CallFacts(deadline: 60 * second))
        #expect(late.outcome.refusal == .deadlineExceeded && late.attempts == 0)
        #expect(bench.breaker()?.snapshot(at: 60 * second) == before)
    }

    @Test func `a place that is granted after the deadline goes back`() throws {
        let pipeline = try bench.pipeline([.bulkhead(try BulkheadPolicy(calls: 1, queue: 1))])
        var first = CallMachine(pipeline)
        var late = CallMachine(pipeline, CallFacts(deadline: second))
        #expect(first.begin(at: 0) == .attempt(until: .max))
        #expect(late.begin(at: 0) == .queue)
        #expect(late.enqueue(Waiter {}, at: 0) == .queued(until: second))
        #expect(first.attemptEnded(.success, at: second) == .finish(.attempt))
        #expect(late.granted(at: second) == .finish(.error))
        #expect(late.outcome.refusal == .deadlineExceeded && late.attempts == 0)
        #expect(bench.bulkhead()?.snapshot == BulkheadSnapshot(places: 1, running: 0, waiting: 0))
    }

    @Test func `a retry without time leaves the budget alone`() throws {
        let budget = try RetryBudgetPolicy(share: .percent(0), atLeast: try Rate(count: 1, window: .seconds(10)))
        let retry = PolicyStep.retry(
            try RetryPolicy(
                attempts: 5, backoff: .constant(.seconds(1)), jitter: .none, budget: StepBudget(.share(budget))))
        let pipeline = try bench.pipeline([retry])
        for _ in 0..<5 {
            let played = bench.play(pipeline, [failing], facts: CallFacts(deadline: second))
            #expect(played.stop == .deadline && played.endedAt == 0, "at once, not at the deadline")
        }
        let played = bench.play(pipeline, [failing], facts: CallFacts(deadline: second + 1))
        #expect(played.attempts == 2, "the one retry of the budget is still there")
    }

    @Test func `a retry that wakes up after the deadline keeps the last real error`() throws {
        let pipeline = try bench.pipeline([try CompositionTests.retry(3)])
        var call = CallMachine(pipeline, CallFacts(deadline: second))
        #expect(call.begin(at: 0) == .attempt(until: second))
        #expect(call.attemptEnded(.failure(.refused), at: 0) == .wait(until: 100 * millisecond))
        #expect(call.waitEnded(at: 2 * second) == .finish(.attempt))
        #expect(call.outcome.cause == .refused && call.stop == .deadline && call.attempts == 1)
    }

    @Test func `a fallback has its own time inside what is left`() throws {
        let fallback = PolicyStep.fallback(try FallbackPolicy(target: .value("b"), within: .milliseconds(300)))
        let pipeline = try bench.pipeline([fallback])
        for (deadline, until) in [(10 * second, 300 * millisecond), (200 * millisecond, 200 * millisecond)] {
            var call = CallMachine(pipeline, CallFacts(deadline: deadline))
            #expect(call.begin(at: 0) == .attempt(until: deadline))
            #expect(call.attemptEnded(.failure(.refused), at: 0) == .fallback(step: 0, until: until))
            #expect(call.fallbackEnded(succeeded: true, at: until) == .finish(.attempt), "too late")
            #expect(call.outcome.cause == .refused && !call.isDegraded)
        }
    }

    @Test func `refusals that are tried again without a wait do not pile up`() throws {
        let retry = PolicyStep.retry(
            try RetryPolicy(attempts: 1000, backoff: .constant(.zero), jitter: .none, when: [.full]))
        let pipeline = try bench.pipeline([retry, .bulkhead(try BulkheadPolicy(calls: 0))])
        var call = CallMachine(pipeline)
        #expect(call.begin(at: 5) == .wait(until: 5), "the driver gets its turn")
        #expect(call.cancel(at: 5) == .finish(.cancelled))
        let played = bench.play(pipeline, [.answers(.success)])
        #expect(played.attempts == 0 && played.stop == .exhausted && played.outcome.refusal == .bulkheadFull)
    }

    @Test func `a caller that goes away ends retries that never wait`() async throws {
        let retry = PolicyStep.retry(
            try RetryPolicy(attempts: nil, backoff: .constant(.zero), jitter: .none, when: [.full]))
        let pipeline = try bench.pipeline([retry, .bulkhead(try BulkheadPolicy(calls: 0))])
        let call = Task { try await pipeline.run {} }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
    }
}
