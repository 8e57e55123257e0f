// SPDX-License-Identifier: Apache-2.0

/// When a breaker trips, how long it stays open and how it finds out that the callee is well again.
public struct CircuitBreakerPolicy: Sendable, Hashable {
    /// The calls that are judged.
    public enum Window: Sendable, Hashable {
        /// The calls of the last so long, in equal buckets (2 to 60).
        case time(Duration, buckets: Int)
        /// The last so many calls.
        case count(Int)
    }

    /// One reason to trip; any of them is enough.
    public enum Trip: Sendable, Hashable {
        /// The share of failures in the window reaches this.
        case failing(Ratio)
        /// The share of calls slower than the duration reaches this; exactly as long is not slower.
        case slow(Ratio, slowerThan: Duration)
        /// So many failures in a row, whatever the window.
        case consecutive(Int)
        /// So many failures in the window.
        case failures(Int)
    }

    /// How long the breaker stays open, by how often it opened since it was last closed.
    public enum OpenTime: Sendable, Hashable {
        /// `initial × factor^n`, at most `cap`.
        case growing(initial: Duration, factor: Factor, cap: Duration)
        /// As listed, the last one repeated.
        case listed([Duration])
    }

    /// When a half-open breaker decides.
    public enum Decision: String, Sendable, Hashable {
        /// As soon as the probes' results leave no doubt.
        case early
        /// When all probes are back.
        case complete
    }

    /// What becomes of a breaker whose probes do not come back in time.
    public enum LeaseEnd: String, Sendable, Hashable {
        /// It opens again.
        case open
        /// It closes.
        case close
    }

    /// What callers beyond the probes get.
    public enum Excess: String, Sendable, Hashable {
        /// A refusal at once.
        case reject
        /// They wait for the decision.
        case wait
    }

    /// What an open breaker does with a call.
    public enum OnOpen: String, Sendable, Hashable {
        /// It refuses it.
        case reject
        /// It lets it through and says so.
        case admit
    }

    /// Trip at half of the calls failing.
    public static let defaultTrips: [Trip] = [.failing(.percent(50))]
    /// The last 30 s in ten buckets.
    public static let defaultWindow = Window.time(.seconds(30), buckets: 10)
    /// Buckets of a time window.
    public static let defaultBuckets = 10
    /// Judge from this many calls on.
    public static let defaultMinimumCalls = 20
    /// 5 s, doubling up to a minute.
    public static let defaultOpenTime = OpenTime.growing(initial: .seconds(5), factor: .times(2), cap: .seconds(60))
    /// Each opening lasts up to a tenth longer, never shorter.
    public static let defaultOpenJitter = Ratio.percent(10)
    /// Probes of a half-open breaker.
    public static let defaultProbes = 3
    /// The most probes and the largest count window a policy may state.
    public static let largestCount = 100_000
    /// Every failure of the callee counts, timeouts included.
    public static let defaultCount: [OutcomeMatcher] = [.anyFailure]

    /// The reasons to trip, at least one.
    public let trips: [Trip]
    /// The calls that are judged.
    public let window: Window
    /// The fewest calls in the window that are judged, at least 1; at most the size of a count window.
    public let minimumCalls: Int
    /// How long it stays open.
    public let openTime: OpenTime
    /// By how much an opening is lengthened at random; never shortened.
    public let openJitter: Ratio
    /// How many calls a half-open breaker lets through.
    public let probes: Int
    /// How many probes may fail or be slow, fewer than `probes`.
    public let allowedProbeFailures: Int
    /// When it decides.
    public let decision: Decision
    /// How long the probes have; nil: the time it was open, or twice the timeout below it where that is longer.
    public let probeLease: Duration?
    /// What happens when the lease ends undecided.
    public let leaseEnd: LeaseEnd
    /// What callers beyond the probes get.
    public let excess: Excess
    /// Outcomes that count as failures; others that are not ignored count as successes.
    public let count: [OutcomeMatcher]
    /// Outcomes that count as nothing.
    public let ignore: [OutcomeMatcher]
    /// What an open breaker does with a call.
    public let onOpen: OnOpen
    /// By what it keeps separate state; nil: one instance for the target.
    public let scope: ScopeKey?

    /// A breaker with every setting.
    /// - Throws: ``InvalidValue`` when a bound that stands with a setting does not hold.
    public init(
        trips: [Trip] = CircuitBreakerPolicy.defaultTrips, window: Window = CircuitBreakerPolicy.defaultWindow,
        minimumCalls: Int? = nil, openTime: OpenTime = CircuitBreakerPolicy.defaultOpenTime,
        openJitter: Ratio = CircuitBreakerPolicy.defaultOpenJitter, probes: Int = CircuitBreakerPolicy.defaultProbes,
        allowedProbeFailures: Int = 0, decision: Decision = .early, probeLease: Duration? = nil,
        leaseEnd: LeaseEnd = .open, excess: Excess = .reject,
        count: [OutcomeMatcher] = CircuitBreakerPolicy.defaultCount, ignore: [OutcomeMatcher] = [],
        onOpen: OnOpen = .reject, scope: ScopeKey? = nil
    ) throws(InvalidValue) {
        let minimum = try Self.checkedMinimum(minimumCalls, window)
        try Self.check(trips)
        try require((1...Self.largestCount).contains(probes), "probe", "\(probes)", "1 to 100,000 calls")
        try require(
            (0..<probes).contains(allowedProbeFailures), "allowing", "\(allowedProbeFailures)",
            "fewer than the \(probes) probes")
        self.trips = trips
        self.window = window
        self.minimumCalls = minimum
        self.openTime = openTime
        self.openJitter = openJitter
        self.probes = probes
        self.allowedProbeFailures = allowedProbeFailures
        self.decision = decision
        self.probeLease = probeLease
        self.leaseEnd = leaseEnd
        self.excess = excess
        self.count = count
        self.ignore = ignore
        self.onOpen = onOpen
        self.scope = scope
    }
}
