// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

@Suite struct RetryBudgetTests {
    @Test func `allows a share of the calls and its reserve, and no more`() throws {
        let budget = RetryBudget(
            try RetryBudgetPolicy(share: .percent(30), atLeast: try Rate(count: 1, window: .seconds(10))), now: 0)
        for _ in 0..<10 { budget.deposit(at: 0) }
        #expect(budget.remaining(at: 0) == 4)
        #expect((0..<10).count { _ in budget.withdraw(at: 0) } == 4)
    }

    @Test func `forgets calls and retries that are too old`() throws {
        let budget = RetryBudget(
            try RetryBudgetPolicy(share: .percent(100), atLeast: .perSecond(0), timeToLive: .seconds(10)), now: 0)
        budget.deposit(at: 0)
        #expect(budget.withdraw(at: 0))
        budget.deposit(at: 9 * second)
        #expect(budget.withdraw(at: 9 * second))
        #expect(!budget.withdraw(at: 11 * second))
        #expect(budget.remaining(at: 30 * second) == 0)
    }
}
