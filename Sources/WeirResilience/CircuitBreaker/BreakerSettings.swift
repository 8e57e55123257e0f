// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// A breaker's policy in the units of the hot path: nanoseconds and whole numbers.
struct BreakerSettings: Sendable {
    /// The share of failures that trips, in millionths; nil: no such rule.
    let failingShare: Int?
    /// The share of slow calls that trips, in millionths; nil: no such rule.
    let slowShare: Int?
    /// A call that takes longer is slow.
    let slowerThan: UInt64
    /// Failures in a row that trip; nil: no such rule.
    let consecutive: Int?
    /// Failures in the window that trip; nil: no such rule.
    let failures: Int?
    let policy: CircuitBreakerPolicy

    init(_ policy: CircuitBreakerPolicy) {
        var failingShare: Int?
        var slowShare: Int?
        var slowerThan = UInt64.max
        var consecutive: Int?
        var failures: Int?
        for trip in policy.trips {
            switch trip {
            case .failing(let share): failingShare = Self.smaller(failingShare, Int(share.millionths))
            case .slow(let share, let limit):
                slowShare = Self.smaller(slowShare, Int(share.millionths))
                slowerThan = min(slowerThan, limit.engineNanoseconds)
            case .consecutive(let count): consecutive = Self.smaller(consecutive, count)
            case .failures(let count): failures = Self.smaller(failures, count)
            }
        }
        self.failingShare = failingShare
        self.slowShare = slowShare
        self.slowerThan = slowerThan
        self.consecutive = consecutive
        self.failures = failures
        self.policy = policy
    }

    /// Whether a rule looks at the window at all.
    var needsWindow: Bool { failingShare != nil || slowShare != nil || failures != nil }

    /// How long the breaker stays open the next time, `openings` times after it was last closed; jitter only lengthens.
    func openTime(openings: Int, fraction: Double) -> UInt64 {
        let base: UInt64
        switch policy.openTime {
        case .growing(let initial, let factor, let cap):
            base = BackoffSchedule.grown(
                initial.engineNanoseconds, factor: factor, times: openings, cap: cap.engineNanoseconds)
        case .listed(let times):
            base = times.isEmpty ? 0 : times[min(openings, times.count - 1)].engineNanoseconds
        }
        let extra = Double(base) * policy.openJitter.fraction * fraction
        return base.adding(UInt64(extra))
    }

    /// The rule that the calls in the window break, if one does.
    ///
    /// The minimum of calls stands with the shares; counts of failures are evidence by themselves.
    func trippedBy(_ counts: WindowCounts, inARow: Int) -> TripRule? {
        if let consecutive, inARow >= consecutive { return .consecutive }
        if let failures, counts.failed >= failures { return .failures }
        guard counts.total >= policy.minimumCalls else { return nil }
        if let failingShare, counts.failed * 1_000_000 >= counts.total * failingShare { return .failing }
        if let slowShare, counts.slow * 1_000_000 >= counts.total * slowShare { return .slow }
        return nil
    }

    private static func smaller(_ known: Int?, _ value: Int) -> Int { min(known ?? value, value) }
}

/// What is known about the calls that a breaker judges.
public struct WindowCounts: Sendable, Hashable {
    /// Calls in the window.
    public internal(set) var total = 0
    /// Failures among them.
    public internal(set) var failed = 0
    /// Slow calls among them, failed or not.
    public internal(set) var slow = 0
}

/// The rule that made a breaker trip.
public enum TripRule: String, Sendable, Hashable {
    /// The share of failures.
    case failing
    /// The share of slow calls.
    case slow
    /// Failures in a row.
    case consecutive
    /// Failures in the window.
    case failures
}
