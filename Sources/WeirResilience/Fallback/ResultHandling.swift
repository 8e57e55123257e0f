// SPDX-License-Identifier: Apache-2.0

/// How a handle's results are understood and how its fallbacks answer; made once, used for every call.
public struct ResultHandling<Value>: Sendable {
    /// A fallback that a service registered under a name.
    public typealias Handler = @Sendable (FallbackRequest) async throws -> Value

    /// What a returned value means; nil: every value is a success.
    public var classify: (@Sendable (Value) -> CallOutcome)?
    /// What a thrown error means; nil, or an answer of nil: the engine finds out.
    public var classifyError: (@Sendable (any Error) -> CallOutcome?)?
    /// Puts what is known of the call into an error of the operation before the caller gets it; nil: the caller gets it
    /// as it was thrown.
    public var annotate: (@Sendable (any Error, FailureNotes) -> any Error)?
    /// Makes the answer of `fallback to value "…"`.
    public var fromText: (@Sendable (String) throws -> Value)?
    /// Makes the answer of `fallback to status …`.
    public var fromStatus: (@Sendable (Int) throws -> Value)?
    /// The answers of `fallback to handler …` by name.
    public var handlers: [String: Handler]?

    /// A handling; whatever is left out is not understood or cannot be answered.
    @inlinable
    public init(
        classify: (@Sendable (Value) -> CallOutcome)? = nil,
        classifyError: (@Sendable (any Error) -> CallOutcome?)? = nil,
        annotate: (@Sendable (any Error, FailureNotes) -> any Error)? = nil,
        fromText: (@Sendable (String) throws -> Value)? = nil, fromStatus: (@Sendable (Int) throws -> Value)? = nil,
        handlers: [String: Handler]? = nil
    ) {
        self.classify = classify
        self.classifyError = classifyError
        self.annotate = annotate
        self.fromText = fromText
        self.fromStatus = fromStatus
        self.handlers = handlers
    }
}

extension ResultHandling where Value: StatusReporting {
    /// A handling that understands the status that each value reports.
    public static var byStatus: ResultHandling {
        ResultHandling(classify: { .status($0.reportedStatus, retryAfter: $0.reportedRetryAfter) })
    }
}

extension ResultHandling where Value == String {
    /// A handling that answers with the text of the policy.
    public static var text: ResultHandling { ResultHandling(fromText: { $0 }) }
}

/// What a registered fallback is told.
public struct FallbackRequest: Sendable {
    /// How the call went.
    public let outcome: CallOutcome
    /// What the operation threw, or the engine's refusal; nil when the operation returned a value.
    public let error: (any Error)?
    /// Attempts made.
    public let attempts: Int
}
