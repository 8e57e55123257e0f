// SPDX-License-Identifier: Apache-2.0

/// Why a retry step made no further attempt.
public enum RetryStop: String, Sendable, Hashable {
    /// The failure is none of those that are tried again.
    case notRetryable = "not_retryable"
    /// All attempts are used up, or the list of waits is.
    case exhausted
    /// The call is itself part of a retry of an outer layer.
    case chain
    /// The operation must not be repeated.
    case unsafe = "unsafe_to_repeat"
    /// A breaker below is open.
    case circuitOpen = "circuit_open"
    /// The callee asked not to come back.
    case pushback
    /// The policy gives up after so long.
    case elapsed
    /// The next attempt would start after the deadline.
    case deadline
    /// The retry budget is empty.
    case budget
}
