// SPDX-License-Identifier: Apache-2.0

/// How an attempt or a call ended, as policies see it; a plain value without references.
public struct CallOutcome: Sendable, Hashable {
    /// The five ways to end.
    public enum Kind: UInt8, Sendable, Hashable {
        /// The callee did what was asked.
        case success
        /// The callee did not.
        case failure
        /// Neither: it says nothing about the callee.
        case ignored
        /// The caller went away.
        case cancelled
        /// The engine refused; the callee was not asked.
        case rejected
    }

    /// Which of the five.
    public let kind: Kind
    /// What went wrong; `other` unless ``kind`` is `failure`.
    public let cause: FailureCause
    /// Who refused; nil unless ``kind`` is `rejected`.
    public let refusal: Refusal?
    /// The answer's status; 0: none.
    @usableFromInline let statusCode: Int32
    /// The number of the gRPC status; -1: none.
    @usableFromInline let grpcNumber: Int8
    @usableFromInline let errorName: ErrorName
    /// How long the callee asks its clients to stay away, in nanoseconds; -1: it says nothing; -2: something
    /// unreadable.
    @usableFromInline let retryAfterNanoseconds: Int64

    /// The most that a callee may ask for; longer requests count as this.
    static let longestRetryAfter: Int64 = 366 * 86_400 * 1_000_000_000
    static let noRetryAfter: Int64 = -1
    static let unreadableRetryAfter: Int64 = -2

    @inlinable
    init(
        kind: Kind, cause: FailureCause = .other, refusal: Refusal? = nil, status: Int32 = 0, grpc: Int8 = -1,
        retryAfter: Int64 = -1
    ) {
        self.init(
            kind: kind, cause: cause, refusal: refusal, status: status, grpc: grpc, error: .none,
            retryAfter: retryAfter)
    }

    @inlinable
    init(
        kind: Kind, cause: FailureCause, refusal: Refusal?, status: Int32, grpc: Int8, error: ErrorName,
        retryAfter: Int64
    ) {
        self.kind = kind
        self.cause = cause
        self.refusal = refusal
        statusCode = status
        grpcNumber = grpc
        errorName = error
        retryAfterNanoseconds = retryAfter
    }

    /// The answer's HTTP status, where it has one.
    public var status: Int? { statusCode == 0 ? nil : Int(statusCode) }

    /// The name of the thrown error's type, where it has one.
    public var error: String? { errorName == .none ? nil : errorName.text }

    /// The gRPC status in kebab case, where it has one.
    public var grpc: String? { grpcNumber < 0 ? nil : GRPCStatus.names[Int(grpcNumber)].description }

    /// How long the callee asks its clients to stay away, where it said so readably.
    public var retryAfter: Duration? { retryAfterNanoseconds < 0 ? nil : .nanoseconds(retryAfterNanoseconds) }

    /// Whether the callee did what was asked.
    public var isSuccess: Bool { kind == .success }
}
