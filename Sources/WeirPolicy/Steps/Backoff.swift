// SPDX-License-Identifier: Apache-2.0

/// How the waits between attempts grow, before the cap and the jitter.
public enum Backoff: Sendable, Hashable {
    /// The same wait each time.
    case constant(Duration)
    /// Each wait longer by the same amount: `initial + n × increment`.
    case linear(initial: Duration, increment: Duration)
    /// Each wait longer by the same factor: `initial × factor^n`.
    case exponential(initial: Duration, factor: Factor)
    /// Waits in the proportions 1, 2, 3, 5, 8, …
    case fibonacci(Duration)
    /// The waits as listed, then either stop or repeat the last.
    case sequence([Duration], exhausted: Exhausted)

    /// What follows the end of a list of waits.
    public enum Exhausted: String, Sendable, Hashable {
        /// No further attempt.
        case stop
        /// The last wait again.
        case `repeat`
    }

    /// The first wait.
    public var initial: Duration {
        switch self {
        case .constant(let first), .linear(let first, _), .exponential(let first, _), .fibonacci(let first): first
        case .sequence(let waits, _): waits.first ?? .zero
        }
    }
}

/// How waits are spread so that many callers do not come back at once; `b` is the capped wait, `r` in 0 ..< 1.
public enum Jitter: Sendable, Hashable {
    /// The wait as it is.
    case none
    /// `r × b` (AWS "full").
    case full
    /// `b/2 + r × b/2` (AWS "equal").
    case equal
    /// `b × (1 − f + 2 f r)`.
    case proportional(Ratio)
    /// `max(0, b − d + 2 d r)`.
    case absolute(Duration)
    /// `min(cap, i + r × (3 × previous − i))` (AWS "decorrelated").
    case decorrelated
    /// The smooth variant of Polly v8: `t = n + r`, `2^t × tanh(√(4t))`, differences scaled by `1/1.4`.
    case decorrelatedV2
}
