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

    @Test(arguments: [(1, 10), (7, 10), (29, 60), (1, 3), (59, 59), (13, 7)])
    func `a reserve is as many retries as it says`(count: Int, seconds: Int) throws {
        let budget = RetryBudget(
            try RetryBudgetPolicy(
                share: .percent(0), atLeast: try Rate(count: count, window: .seconds(seconds)),
                timeToLive: .seconds(seconds)), now: 0)
        #expect((0...count).count { _ in budget.withdraw(at: 0) } == count)
    }

    @Test func `shares and reserve add up without losing a retry to rounding`() throws {
        for (percent, count) in (1...99).map({ ($0, 100 - $0) }) {
            let budget = RetryBudget(
                try RetryBudgetPolicy(
                    share: .percent(percent), atLeast: try Rate(count: count, window: .seconds(1000)),
                    timeToLive: .seconds(10)), now: 0)
            budget.deposit(at: 0)
            #expect(budget.withdraw(at: 0), "\(percent) % of one call and \(count) hundredths")
            #expect(!budget.withdraw(at: 0))
        }
    }
}
