// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// The engine ended a call: which step did, where it stands in the policy files, and what the caller can do.
public struct ResilienceError: Error, Sendable, CustomStringConvertible {
    /// Why; the set may grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name, such as `circuit_open`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A breaker is open.
        public static let circuitOpen = Code(rawValue: "circuit_open")
        /// A bulkhead and its queue are full, or the longest wait is over.
        public static let bulkheadFull = Code(rawValue: "bulkhead_full")
        /// A rate limit has no tokens.
        public static let rateLimited = Code(rawValue: "rate_limited")
        /// The call's time was over before the operation could start.
        public static let deadlineExceeded = Code(rawValue: "deadline_exceeded")
        /// The operation did not end in time.
        public static let timeout = Code(rawValue: "timeout")
        /// Too much abandoned work is still running.
        public static let orphansFull = Code(rawValue: "orphans_full")
        /// A fallback names a handler or an answer that the handle cannot give.
        public static let fallbackMissing = Code(rawValue: "fallback_missing")

        /// Who refused; nil for codes that mean no refusal.
        public var refusal: Refusal? {
            switch self {
            case .circuitOpen: .circuitOpen
            case .bulkheadFull: .bulkheadFull
            case .rateLimited: .rateLimited
            case .deadlineExceeded: .deadlineExceeded
            case .orphansFull: .orphansFull
            default: nil
            }
        }

        init(_ refusal: Refusal) {
            self =
                switch refusal {
                case .circuitOpen: .circuitOpen
                case .bulkheadFull: .bulkheadFull
                case .rateLimited: .rateLimited
                case .deadlineExceeded: .deadlineExceeded
                case .orphansFull: .orphansFull
                }
        }
    }

    /// Why.
    public let code: Code
    /// The policy that ended the call.
    public let policy: QualifiedName
    /// Whose pipeline it was: the operation, or the policy itself.
    public let owner: QualifiedName
    /// The step that ended it, where one did.
    public let step: StepKind?
    /// Where that step was written.
    public let place: SourcePlace?
    /// The version of the graph in force when the call began.
    public let graphVersion: String
    /// After how long a new call makes sense; nil where nobody knows.
    public let retryAfter: Duration?
    /// Attempts made.
    public let attempts: Int
    /// What the operation threw when its time was over, if it threw.
    public let underlying: (any Error)?
    /// Why no further attempt was made, where a retry step had to decide.
    public let retryStop: RetryStop?
    /// What the fallback threw that should have answered; nil where none was asked or it could not fail.
    public let fallbackError: (any Error)?

    /// One line: what happened, then policy, file, line and graph version.
    public var description: String {
        var text = "\(summary) (policy `\(policy)`"
        if owner != policy { text += " of `\(owner)`" }
        if let place { text += ", \(place.file):\(place.line)" }
        text += ", graph \(graphVersion)"
        if attempts > 0 { text += ", \(attempts) attempt\(attempts == 1 ? "" : "s")" }
        if let retryAfter { text += ", try again after \(retryAfter.weirText)" }
        return text + ")"
    }

    private var summary: String {
        switch code {
        case .circuitOpen: "the circuit is open"
        case .bulkheadFull: "the bulkhead is full"
        case .rateLimited: "the rate limit is reached"
        case .deadlineExceeded: "the deadline passed before the operation could start"
        case .timeout: "the operation ran out of time"
        case .orphansFull: "too many overdue operations are still running"
        case .fallbackMissing: "the fallback has no answer here"
        default: code.rawValue
        }
    }
}

extension ResilienceError: OutcomeDescribing {
    /// For a pipeline around this one: running out of time is a timeout, a refusal means that the callee is not
    /// available.
    public var callOutcome: CallOutcome {
        let wait: RetryAfterRequest = retryAfter.map { .after($0) } ?? .none
        return code == .timeout || code == .deadlineExceeded
            ? .failure(.timeout) : .failure(.unavailable, retryAfter: wait)
    }
}
