// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// Why a retry stops, in the order in which it asks.
@Suite struct RetryDecisionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let says: String
        var attempts: Int? = 3
        var wait: Duration = .milliseconds(100)
        var giveUpAfter: Duration?
        var retryAfter = RetryPolicy.RetryAfter.hint(maxExtra: .seconds(5))
        var deadline: Duration = .seconds(3600)
        var repeatable = true
        var isRetry = false
        var result = CallOutcome.failure(.refused)
        let made: Int
        let stop: RetryStop?
        var end: UInt64?
        var testDescription: String { says }
    }

    static let rows: [Row] = [
        Row(says: "stops when all attempts are used up", made: 3, stop: .exhausted, end: 200 * millisecond),
        Row(says: "counts the first attempt", attempts: 1, made: 1, stop: .exhausted),
        Row(says: "stops at a failure that is not listed", result: .failure(.other), made: 1, stop: .notRetryable),
        Row(says: "asks nothing after a success", result: .success, made: 1, stop: nil),
        Row(says: "asks nothing after an ignored outcome", result: .ignored, made: 1, stop: nil),
        Row(says: "does not repeat what must not be repeated", repeatable: false, made: 1, stop: .unsafe),
        Row(says: "does not multiply the retries of a layer above", isRetry: true, made: 1, stop: .chain),
        Row(
            says: "gives up after the stated time", attempts: nil, giveUpAfter: .milliseconds(250), made: 3,
            stop: .elapsed),
        Row(
            says: "starts no attempt at the deadline", attempts: nil, deadline: .milliseconds(200), made: 2,
            stop: .deadline, end: 100 * millisecond),
        Row(
            says: "starts one just before the deadline", attempts: nil, deadline: .milliseconds(201), made: 3,
            stop: .deadline, end: 200 * millisecond),
        Row(
            says: "takes a hint as a longer wait", attempts: 2, result: .status(503, retryAfter: .after(.seconds(2))),
            made: 2, stop: .exhausted, end: 2 * second),
        Row(
            says: "takes a hint up to its limit", attempts: 2, result: .status(503, retryAfter: .after(.seconds(60))),
            made: 2, stop: .exhausted, end: 5100 * millisecond),
        Row(
            says: "takes a short hint as the own wait", attempts: 2,
            result: .status(503, retryAfter: .after(.milliseconds(1))), made: 2, stop: .exhausted,
            end: 100 * millisecond),
        Row(
            says: "does not look at an unreadable hint", attempts: 2, result: .status(503, retryAfter: .unreadable),
            made: 2, stop: .exhausted, end: 100 * millisecond),
        Row(
            says: "obeys a pushback exactly", attempts: 2, retryAfter: .pushback,
            result: .status(503, retryAfter: .after(.milliseconds(7))), made: 2, stop: .exhausted,
            end: 7 * millisecond),
        Row(
            says: "stops at an unreadable pushback", retryAfter: .pushback,
            result: .status(503, retryAfter: .after(.seconds(-1))), made: 1, stop: .pushback),
        Row(
            says: "ignores what the policy ignores", attempts: 2, retryAfter: .ignore,
            result: .status(503, retryAfter: .after(.seconds(2))), made: 2, stop: .exhausted, end: 100 * millisecond),
    ]

    @Test(arguments: rows) func `stops for the first reason`(row: Row) throws {
        let bench = Bench()
        let retry = try RetryPolicy(
            attempts: row.attempts, backoff: .constant(row.wait), jitter: .none, giveUpAfter: row.giveUpAfter,
            retryAfter: row.retryAfter)
        let pipeline = try bench.pipeline([.deadline(try DeadlinePolicy(total: row.deadline)), .retry(retry)])
        let played = bench.play(
            pipeline, [.answers(row.result)], facts: CallFacts(isRepeatable: row.repeatable, isRetry: row.isRetry))
        #expect(played.attempts == row.made)
        #expect(played.stop == row.stop)
        #expect(played.ending == .attempt, "the caller gets the last real result")
        if let end = row.end { #expect(played.endedAt == end) }
    }

    @Test func `an empty budget ends the retries and hides no error`() throws {
        let bench = Bench()
        let budget = try RetryBudgetPolicy(share: .percent(0), atLeast: try Rate(count: 1, window: .seconds(5)))
        let pipeline = try bench.pipeline([
            .retry(
                try RetryPolicy(
                    attempts: 5, backoff: .constant(.zero), jitter: .none, budget: StepBudget(.share(budget))))
        ])
        let played = bench.play(pipeline, [.answers(.failure(.refused))])
        #expect(played.attempts == 3 && played.stop == .budget && played.outcome.cause == .refused)
        #expect(bench.recorder.names.contains("budget.denied"))
    }

    @Test func `a status that the policy lists is tried again though it is no failure`() throws {
        let bench = Bench()
        let pipeline = try bench.pipeline([
            .retry(try RetryPolicy(backoff: .constant(.zero), jitter: .none, when: [.status(202...202)]))
        ])
        #expect(bench.play(pipeline, [.answers(.status(202))]).attempts == 3)
        #expect(bench.play(pipeline, [.answers(.status(200))]).attempts == 1)
    }

    @Test func `the same seed gives the same waits`() throws {
        let runs = try (0..<2).map { _ in
            let bench = Bench(seed: 42)
            let pipeline = try bench.pipeline([.retry(try RetryPolicy(attempts: 8))])
            return bench.play(pipeline, [.answers(.failure(.reset))]).starts
        }
        #expect(runs[0] == runs[1] && Set(runs[0]).count > 4)
    }
}
