// SPDX-License-Identifier: Apache-2.0

/// An error that knows what it means for policies.
public protocol OutcomeDescribing: Error {
    /// How the attempt that threw this error ended.
    var callOutcome: CallOutcome { get }
}

/// A result that carries a status, such as an HTTP response.
public protocol StatusReporting: SendableMetatype {
    /// The HTTP status of the answer.
    var reportedStatus: Int { get }
    /// What the answer's `Retry-After` says.
    var reportedRetryAfter: RetryAfterRequest { get }
}

extension StatusReporting {
    /// No request.
    public var reportedRetryAfter: RetryAfterRequest { .none }
}
