// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension CallOutcome {
    /// The callee did what was asked.
    @inlinable public static var success: CallOutcome { CallOutcome(kind: .success) }
    /// It says nothing about the callee.
    @inlinable public static var ignored: CallOutcome { CallOutcome(kind: .ignored) }
    /// The caller went away.
    @inlinable public static var cancelled: CallOutcome { CallOutcome(kind: .cancelled) }

    /// The callee failed.
    public static func failure(_ cause: FailureCause, retryAfter: RetryAfterRequest = .none) -> CallOutcome {
        CallOutcome(kind: .failure, cause: cause, retryAfter: retryAfter.nanoseconds)
    }

    /// The callee answered with an HTTP status: 5xx, 429 and 408 are failures, every other status is a success.
    public static func status(_ code: Int, retryAfter: RetryAfterRequest = .none) -> CallOutcome {
        let code = Int32(clamping: code)
        let failed = code == 408 || code == 429 || (500...599).contains(code)
        let cause: FailureCause = !failed ? .other : code == 503 ? .unavailable : .status
        return CallOutcome(
            kind: failed ? .failure : .success, cause: cause, status: code, retryAfter: retryAfter.nanoseconds)
    }

    /// The callee answered with a gRPC status in kebab case: all but `ok` are failures; nil for an unknown name.
    public static func grpc(_ name: String, retryAfter: RetryAfterRequest = .none) -> CallOutcome? {
        guard let number = GRPCStatus.number(of: name) else { return nil }
        guard number != 0 else { return .success }
        let cause: FailureCause =
            switch number {
            case GRPCStatus.deadlineExceeded: .timeout
            case GRPCStatus.unavailable: .unavailable
            default: .grpc
            }
        return CallOutcome(kind: .failure, cause: cause, grpc: Int8(number), retryAfter: retryAfter.nanoseconds)
    }

    /// The operation threw an error of the named type, `Module.Name`.
    public static func error(named name: String, cause: FailureCause = .other) -> CallOutcome {
        CallOutcome(
            kind: .failure, cause: cause, refusal: nil, status: 0, grpc: -1, error: ErrorName(name),
            retryAfter: noRetryAfter)
    }

    /// The engine refused, as who runs work through a pipeline is told by its error.
    public static func refused(_ refusal: Refusal) -> CallOutcome { rejected(refusal) }

    /// The engine refused.
    static func rejected(_ refusal: Refusal, retryAfter: UInt64? = nil) -> CallOutcome {
        CallOutcome(
            kind: .rejected, refusal: refusal, retryAfter: retryAfter.map { Int64(clamping: $0) } ?? noRetryAfter)
    }

    /// The same outcome under the name of the error that was thrown.
    func named(_ name: ErrorName) -> CallOutcome {
        CallOutcome(
            kind: kind, cause: cause, refusal: refusal, status: statusCode, grpc: grpcNumber, error: name,
            retryAfter: retryAfterNanoseconds)
    }
}

/// What a callee said about when to come back.
public enum RetryAfterRequest: Sendable, Hashable {
    /// Nothing.
    case none
    /// After so long; a negative duration is an unreadable request.
    case after(Duration)
    /// Something that cannot be read, or several answers at once.
    case unreadable

    var nanoseconds: Int64 {
        switch self {
        case .none: CallOutcome.noRetryAfter
        case .unreadable: CallOutcome.unreadableRetryAfter
        case .after(let wait) where wait < .zero: CallOutcome.unreadableRetryAfter
        case .after(let wait): min(wait.nanosecondsClamped, CallOutcome.longestRetryAfter)
        }
    }
}
