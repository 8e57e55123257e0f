// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirPolicy

/// A token bucket with reservations, kept as one atomic word: the moment at which the bucket will be full again.
///
/// The generic cell rate algorithm (ITU-T I.371) in 64ths of a nanosecond since the bucket was made. A caller that is
/// refused takes nothing; one that waits owns its tokens and gives them back when it leaves.
public final class TokenBucket: Sendable {
    enum Answer: Hashable {
        case pass
        /// The tokens are the caller's from this time on.
        case wait(until: UInt64)
        /// A try makes sense after so long; nil: never, with this rate.
        case refuse(retryAfter: UInt64?)
    }

    private static let fractionBits: UInt64 = 6
    private static let largest = UInt64.max >> 2

    private let created: UInt64
    private let maxWait: UInt64
    /// The time that one call's tokens take to grow.
    private let costTime: UInt64
    /// The time that a whole bucket takes to grow.
    private let burstTime: UInt64
    private let refusesAll: Bool
    private let fullAt: Atomic<UInt64>

    init(_ policy: RateLimitPolicy, now: UInt64) {
        created = now
        maxWait = policy.maxWait.engineNanoseconds
        costTime = Self.time(for: policy.cost, policy.rate)
        burstTime = Self.time(for: policy.burst, policy.rate)
        refusesAll = policy.rate.count == 0 && policy.cost > 0
        fullAt = Atomic(Self.time(for: policy.burst - policy.initial, policy.rate))
    }

    /// Takes a call's tokens, now or within the longest wait and before the deadline; otherwise takes nothing.
    @inline(__always)
    func take(at now: UInt64, deadline: UInt64) -> Answer {
        if costTime == 0 { return refusesAll ? .refuse(retryAfter: nil) : .pass }
        let time = min(now.since(created), Self.largest >> Self.fractionBits) << Self.fractionBits
        var current = fullAt.load(ordering: .relaxed)
        while true {
            let next = max(current, time) &+ costTime
            var until = now
            if next > time &+ burstTime {
                let missing = next &- time &- burstTime
                let wait = (missing &+ ((1 << Self.fractionBits) - 1)) >> Self.fractionBits
                until = now.adding(wait)
                if wait > maxWait || until >= deadline { return .refuse(retryAfter: wait) }
            }
            let (done, found) = fullAt.weakCompareExchange(expected: current, desired: next, ordering: .relaxed)
            if done { return until == now ? .pass : .wait(until: until) }
            current = found
        }
    }

    /// Gives one call's tokens back.
    func giveBack() {
        var current = fullAt.load(ordering: .relaxed)
        while true {
            let (done, found) = fullAt.weakCompareExchange(
                expected: current, desired: current.since(costTime), ordering: .relaxed)
            if done { return }
            current = found
        }
    }

    /// Whether a whole bucket is there, so that forgetting the bucket changes nothing.
    func isFull(at now: UInt64) -> Bool {
        fullAt.load(ordering: .relaxed) <= now.since(created) << Self.fractionBits
    }

    private static func time(for tokens: Int, _ rate: Rate) -> UInt64 {
        guard rate.count > 0, tokens > 0 else { return 0 }
        let window = rate.window.engineNanoseconds.multipliedFullWidth(by: UInt64(tokens) << fractionBits)
        let divisor = UInt64(rate.count)
        guard window.high < divisor else { return largest >> 1 }
        return min(divisor.dividingFullWidth(window).quotient, largest >> 1)
    }
}
