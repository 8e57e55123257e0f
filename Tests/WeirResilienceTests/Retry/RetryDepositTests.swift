// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// What counts as a first attempt for a retry budget.
@Suite struct RetryDepositTests {
    let bench = Bench()

    @Test func `calls that were refused before their first attempt bring nothing`() throws {
        let budget = try RetryBudgetPolicy(share: .percent(50), atLeast: try Rate(count: 0, window: .seconds(10)))
        let retry = try RetryPolicy(
            attempts: 2, backoff: .constant(.zero), jitter: .none, budget: StepBudget(.share(budget)))
        let pipeline = try bench.pipeline([.retry(retry), try CompositionTests.breaker(after: 1)])
        let first = bench.play(pipeline, [.answers(.failure(.refused))])
        #expect(first.attempts == 1, "half a retry is none")
        for _ in 0..<10 { #expect(bench.play(pipeline, [.answers(.success)]).outcome.refusal == .circuitOpen) }
        #expect(bench.budget()?.remaining(at: 0) == 0.5)
    }

    @Test func `each first attempt brings its share once, however often it is repeated`() throws {
        let budget = try RetryBudgetPolicy(share: .percent(50), atLeast: try Rate(count: 10, window: .seconds(10)))
        let retry = try RetryPolicy(
            attempts: 3, backoff: .constant(.zero), jitter: .none, budget: StepBudget(.share(budget)))
        let pipeline = try bench.pipeline([.retry(retry)])
        #expect(bench.play(pipeline, [.answers(.failure(.refused))]).attempts == 3)
        #expect(bench.budget()?.remaining(at: 0) == 10.5 - 2)
    }
}
