// SPDX-License-Identifier: Apache-2.0

/// How many calls may start in a time.
public struct RateLimitPolicy: Sendable, Hashable {
    /// How the rate is kept.
    public enum Kind: String, Sendable, Hashable {
        /// Tokens that fill up steadily to `burst`.
        case bucket
        /// A full allowance at the start of each window.
        case fixed
        /// No more than the allowance in any stretch as long as the window.
        case sliding
        /// Evenly spaced, no bursts.
        case smooth
    }

    /// The largest burst and cost that a policy may state.
    public static let largest = 1_000_000_000

    /// Calls in a time; 0 refuses every call that costs something.
    public let rate: Rate
    /// Tokens the bucket holds; by default one window's worth, at least 1.
    public let burst: Int
    /// Tokens at the start; by default a full bucket.
    public let initial: Int
    /// How long a caller may wait for its tokens; zero: not at all.
    public let maxWait: Duration
    /// Tokens that one call takes, 0 or more.
    public let cost: Int
    /// How the rate is kept.
    public let kind: Kind
    /// By what it keeps separate state; nil: one instance.
    public let scope: ScopeKey?

    /// A limit.
    /// - Throws: ``InvalidValue`` when a number is out of bounds or a call costs more than the bucket holds.
    public init(
        rate: Rate, burst: Int? = nil, initial: Int? = nil, maxWait: Duration = .zero, cost: Int = 1,
        kind: Kind = .bucket, scope: ScopeKey? = nil
    ) throws(InvalidValue) {
        let burst = burst ?? max(rate.count, 1)
        try require((1...Self.largest).contains(burst), "burst", "\(burst)", "1 to 1,000,000,000")
        try require(
            (0...burst).contains(initial ?? burst), "start with", "\(initial ?? 0)", "0 to the burst of \(burst)")
        try require((0...burst).contains(cost), "cost", "\(cost)", "0 to the burst of \(burst)")
        self.rate = rate
        self.burst = burst
        self.initial = initial ?? burst
        self.maxWait = maxWait
        self.cost = cost
        self.kind = kind
        self.scope = scope
    }
}
