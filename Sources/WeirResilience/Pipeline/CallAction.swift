// SPDX-License-Identifier: Apache-2.0

/// What the driver of a call has to do next. Times are the clock's nanoseconds; `UInt64.max` is never.
public enum CallAction: Sendable, Hashable {
    /// Start the operation; at `until` its time is over.
    case attempt(until: UInt64)
    /// Do nothing until then, and report `waitEnded`.
    case wait(until: UInt64)
    /// Make a ``Waiter`` and call `enqueue`.
    case queue
    /// Wait for the waiter's grant (`granted`) or for `until` (`queueExpired`), whichever comes first.
    case queued(until: UInt64)
    /// Answer from the fallback of this step until then, and report `fallbackEnded`.
    case fallback(step: Int, until: UInt64)
    /// The call is over.
    case finish(CallEnding)
}

/// What the caller gets.
public enum CallEnding: Sendable, Hashable {
    /// What the last attempt gave: its value, or the error that it threw.
    case attempt
    /// The answer of the fallback of this step.
    case fallback(step: Int)
    /// A ``ResilienceError``: the engine refused, or the operation ran out of time.
    case error
    /// A `CancellationError`: the caller went away.
    case cancelled
}
