// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@Suite struct WorstCaseTests {
    private func steps(_ policies: PolicyStep...) -> [PipelineStep] { policies.map { PipelineStep($0) } }

    @Test func `attempts, their waits and the queue add up`() throws {
        let retry = try RetryPolicy(
            attempts: 4, backoff: .exponential(initial: .milliseconds(100), factor: .times(2)), cap: .seconds(1))
        let worst = WorstCase(
            steps(
                .deadline(try DeadlinePolicy(total: .seconds(2))),
                .bulkhead(try BulkheadPolicy(calls: 5, queue: 5, maxWait: .milliseconds(50))), .retry(retry),
                .timeout(try TimeoutPolicy(limit: .milliseconds(800)))))
        #expect(worst.total == .milliseconds(50 + 4 * 800 + 700))
        #expect(worst.deadline == .seconds(2))
        #expect(worst.bound == .seconds(2))
        #expect(worst.terms.map(\.count) == [1, 1, 4])
    }

    @Test func `what waits inside a retry waits at every attempt, what waits inside a timeout is part of it`() throws {
        let limit = PolicyStep.limit(try RateLimitPolicy(rate: .perSecond(9), maxWait: .milliseconds(10)))
        let retry = PolicyStep.retry(try RetryPolicy(attempts: 3, backoff: .constant(.zero)))
        let timeout = PolicyStep.timeout(try TimeoutPolicy(limit: .milliseconds(100)))
        #expect(WorstCase(steps(limit, retry, timeout)).total == .milliseconds(10 + 300))
        #expect(WorstCase(steps(retry, limit, timeout)).total == .milliseconds(330))
        #expect(WorstCase(steps(retry, timeout, limit)).total == .milliseconds(300))
        #expect(WorstCase(steps(timeout, retry, limit)).total == .milliseconds(100))
    }

    @Test func `nothing bounds a call without a timeout but its deadline`() throws {
        let retry = PolicyStep.retry(try RetryPolicy(attempts: 3))
        #expect(WorstCase(steps(retry)).bound == nil)
        #expect(WorstCase(steps(.deadline(try DeadlinePolicy(total: .seconds(1))), retry)).bound == .seconds(1))
    }

    @Test func `give up after bounds attempts without number`() throws {
        let retry = PolicyStep.retry(try RetryPolicy(attempts: nil, giveUpAfter: .seconds(3)))
        let timeout = PolicyStep.timeout(try TimeoutPolicy(limit: .milliseconds(100)))
        let limit = PolicyStep.limit(try RateLimitPolicy(rate: .perSecond(9), maxWait: .milliseconds(10)))
        #expect(WorstCase(steps(limit, retry, timeout)).bound == .milliseconds(3110))
    }

    @Test(arguments: [
        (Backoff.constant(.milliseconds(10)), [10, 10, 10, 10]),
        (.linear(initial: .milliseconds(10), increment: .milliseconds(5)), [10, 15, 20, 25]),
        (.exponential(initial: .milliseconds(10), factor: .times(3)), [10, 30, 50, 50]),
        (.fibonacci(.milliseconds(10)), [10, 20, 30, 50]),
        (.sequence([.milliseconds(7), .milliseconds(9)], exhausted: .repeat), [7, 9, 9, 9]),
        (.sequence([.milliseconds(7), .milliseconds(9)], exhausted: .stop), [7, 9]),
    ])
    func `waits grow as their policy says, up to the cap`(backoff: Backoff, waits: [Int]) throws {
        let retry = try RetryPolicy(attempts: 5, backoff: backoff, cap: .milliseconds(50), jitter: .none)
        #expect(retry.longestWaits == waits.map { .milliseconds($0) })
    }

    @Test func `the largest numbers do not overflow`() throws {
        let retry = try RetryPolicy(
            attempts: 1000, backoff: .exponential(initial: .weirLongest, factor: .largest), cap: .weirLongest)
        let worst = WorstCase(
            steps(.retry(retry), .retry(retry), .retry(retry), .timeout(try TimeoutPolicy(limit: .weirLongest))))
        #expect(worst.total == .nanoseconds(Int64.max))
    }
}
