// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// How many retries are left: a share of the calls of the last so long, plus a reserve, less the retries made.
///
/// Deposits are counted without a lock; a withdrawal checks and takes in one step.
public final class RetryBudget: Sendable {
    /// Buckets of the window in which deposits and withdrawals count.
    private static let buckets = 10
    private static let oneRetry = 1_000_000
    private static let largestReserve = Int.max / 2

    /// What a first attempt brings and what the reserve holds, in millionths of a retry: sums stay exact.
    private let share: Int
    private let reserve: Int
    /// The window's good calls are deposits, its failures are withdrawals.
    private let deposits: GoodCalls
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var window: TimeWindow

    init(_ policy: RetryBudgetPolicy, now: UInt64) {
        let length = policy.timeToLive.engineNanoseconds
        share = Int(policy.share.millionths)
        reserve = Self.reserve(of: policy.atLeast, over: length)
        let made = TimeWindow(length: length, buckets: Self.buckets, created: now)
        window = made
        deposits = made.goods
    }

    /// Counts a first attempt.
    func deposit(at now: UInt64) { deposits.add(at: now) }

    /// Takes one retry; false when none is left, and then nothing was taken.
    func withdraw(at now: UInt64) -> Bool {
        lock.withLock {
            guard balance(at: now) >= Self.oneRetry else { return false }
            window.addBad(failed: true, slow: false, at: now)
            return true
        }
    }

    /// Retries left at this moment.
    public func remaining(at now: UInt64) -> Double {
        lock.withLock { Double(balance(at: now)) / Double(Self.oneRetry) }
    }

    private func balance(at now: UInt64) -> Int {
        let counts = window.counts(at: now)
        return (counts.total - counts.failed) * share + reserve - counts.failed * Self.oneRetry
    }

    private static func reserve(of rate: Rate, over length: UInt64) -> Int {
        let grown = UInt64(rate.count).multipliedFullWidth(by: length.multiplied(by: UInt64(oneRetry)))
        let window = max(rate.window.engineNanoseconds, 1)
        guard grown.high < window else { return largestReserve }
        return Int(min(window.dividingFullWidth(grown).quotient, UInt64(largestReserve)))
    }
}
