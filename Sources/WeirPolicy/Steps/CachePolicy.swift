// SPDX-License-Identifier: Apache-2.0

/// Answers from what an earlier call got, for a while.
public struct CachePolicy: Sendable, Hashable {
    /// How many answers are kept when the policy names no number.
    public static let defaultMostAnswers = 10_000
    /// The most answers that a policy may ask for.
    public static let largestMostAnswers = 1_000_000

    /// How long an answer is good for, longer than zero.
    public let duration: Duration
    /// How many answers are kept at most, 1 to 1,000,000; the least recently used one makes room.
    public let mostAnswers: Int
    /// By what answers are told apart; nil: one answer for all calls.
    public let scope: ScopeKey?

    /// A cache.
    /// - Throws: ``InvalidValue`` when the time is not longer than zero or the number is out of bounds.
    public init(
        duration: Duration, mostAnswers: Int = CachePolicy.defaultMostAnswers, scope: ScopeKey? = nil
    ) throws(InvalidValue) {
        try TimeoutPolicy.requireLength(duration, "cache for")
        try require(
            (1...Self.largestMostAnswers).contains(mostAnswers), "hold up to", "\(mostAnswers)",
            "1 to 1,000,000 answers")
        self.duration = duration
        self.mostAnswers = mostAnswers
        self.scope = scope
    }
}
