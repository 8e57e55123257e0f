// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// How many retries are left: a share of the calls of the last so long, plus a reserve, less the retries made.
///
/// Deposits are counted without a lock; a withdrawal checks and takes in one step.
public final class RetryBudget: Sendable {
    /// Buckets of the window in which deposits and withdrawals count.
    private static let buckets = 10

    private let millionths: Int
    private let reserve: Double
    /// The window's good calls are deposits, its failures are withdrawals.
    private let deposits: GoodCalls
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var window: TimeWindow

    init(_ policy: RetryBudgetPolicy, now: UInt64) {
        let length = policy.timeToLive.engineNanoseconds
        millionths = Int(policy.share.millionths)
        reserve = policy.atLeast.perSecond * Double(length) / 1e9
        let made = TimeWindow(length: length, buckets: Self.buckets, created: now)
        window = made
        deposits = made.goods
    }

    /// Counts a first attempt.
    func deposit(at now: UInt64) { deposits.add(at: now) }

    /// Takes one retry; false when none is left, and then nothing was taken.
    func withdraw(at now: UInt64) -> Bool {
        lock.withLock {
            guard balance(at: now) >= 1 else { return false }
            window.addBad(failed: true, slow: false, at: now)
            return true
        }
    }

    /// Retries left at this moment.
    public func remaining(at now: UInt64) -> Double { lock.withLock { balance(at: now) } }

    private func balance(at now: UInt64) -> Double {
        let counts = window.counts(at: now)
        let deposits = counts.total - counts.failed
        return Double(deposits * millionths) / 1_000_000 + reserve - Double(counts.failed)
    }
}
