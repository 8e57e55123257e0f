// SPDX-License-Identifier: Apache-2.0

/// Refuses a growing share of calls while too few of them succeed.
///
/// A call is refused with probability `min(most, max(0, (n − s / threshold) / (n + 1)) ^ (1 / aggression))`, where n are the
/// calls and s the successes of the window (Google SRE book, "Handling Overload"; Envoy's admission control).
public struct ThrottlePolicy: Sendable, Hashable {
    /// Below 19 successes in 20 calls it acts.
    public static let defaultThreshold = Ratio.percent(95)
    /// How fast the share of refusals grows.
    public static let defaultAggression = Factor.times(1)
    /// One call in ten always passes, to find out.
    public static let defaultMostRefused = Ratio.percent(90)
    /// The fewest calls that are judged.
    public static let defaultMinimumCalls = 100
    /// The calls of the last half minute are judged.
    public static let defaultWindow: Duration = .seconds(30)
    /// The parts that the window is kept in.
    public static let defaultBuckets = 10

    /// The share of successes below which it acts, above 0.
    public let threshold: Ratio
    /// How fast the share of refusals grows.
    public let aggression: Factor
    /// The largest share of calls that it refuses.
    public let mostRefused: Ratio
    /// The fewest calls that are judged, 1 or more.
    public let minimumCalls: Int
    /// The time whose calls are judged.
    public let window: Duration
    /// The parts that the window is kept in, 2 to 60.
    public let buckets: Int
    /// By what it keeps separate state; nil: one instance.
    public let scope: ScopeKey?

    /// A throttle.
    /// - Throws: ``InvalidValue`` when a number is out of bounds.
    public init(
        threshold: Ratio = ThrottlePolicy.defaultThreshold, aggression: Factor = ThrottlePolicy.defaultAggression,
        mostRefused: Ratio = ThrottlePolicy.defaultMostRefused,
        minimumCalls: Int = ThrottlePolicy.defaultMinimumCalls, window: Duration = ThrottlePolicy.defaultWindow,
        buckets: Int = ThrottlePolicy.defaultBuckets, scope: ScopeKey? = nil
    ) throws(InvalidValue) {
        try require(threshold > .zero, "throttle below", "\(threshold)", "above 0%")
        try require(
            (1...CircuitBreakerPolicy.largestCount).contains(minimumCalls), "at least", "\(minimumCalls)",
            "1 to 1,000,000 calls")
        try require(
            window >= .milliseconds(10) && window <= .seconds(86_400), "over", window.weirText, "10ms to 24h")
        try require((2...60).contains(buckets), "buckets", "\(buckets)", "2 to 60")
        self.threshold = threshold
        self.aggression = aggression
        self.mostRefused = mostRefused
        self.minimumCalls = minimumCalls
        self.window = window
        self.buckets = buckets
        self.scope = scope
    }
}
