// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What is known of a call whose caller gets the very error that the operation threw.
///
/// ``ResultHandling/annotate`` puts it into the error where a service wants it; a ``ResilienceError`` has it anyway.
public struct FailureNotes: Sendable {
    /// What the error means to the policy.
    public let outcome: CallOutcome
    /// Attempts made.
    public let attempts: Int
    /// Why no further attempt was made, where a retry step had to decide.
    public let retryStop: RetryStop?
    /// What the fallback threw that should have answered; nil where none was asked or it could not fail.
    public let fallbackError: (any Error)?
    /// The policy.
    public let policy: QualifiedName
    /// Whose pipeline it was: the operation, or the policy itself.
    public let owner: QualifiedName
    /// The version of the graph in force when the call began.
    public let graphVersion: String
}
