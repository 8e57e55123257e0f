// SPDX-License-Identifier: Apache-2.0

/// What a policy may say about the end of an attempt: the words of `when`, `count` and `ignore`.
public enum OutcomeMatcher: Sendable, Hashable {
    /// The attempt or the whole call ran out of time.
    case timeout
    /// The connection was refused.
    case refused
    /// The connection was reset.
    case reset
    /// The callee said that it is not available (status 503, gRPC `unavailable`, name not resolved).
    case unavailable
    /// A breaker refused the call.
    case open
    /// A bulkhead refused the call.
    case full
    /// A rate limit refused the call.
    case limited
    /// Every failure of the callee, timeouts included; not the engine's own refusals, not a cancellation.
    case anyFailure
    /// A status in the range, both ends included.
    case status(ClosedRange<Int>)
    /// A thrown error by its type's name, with or without its module.
    case error(String)
    /// A gRPC status by its name in kebab case, such as `resource-exhausted`.
    case grpc(String)
}

extension OutcomeMatcher: CustomStringConvertible {
    /// The words of the language for it.
    public var description: String {
        switch self {
        case .timeout: "timeout"
        case .refused: "refused"
        case .reset: "reset"
        case .unavailable: "unavailable"
        case .open: "open"
        case .full: "full"
        case .limited: "limited"
        case .anyFailure: "any failure"
        case .status(let range) where range.count == 1: "status \(range.lowerBound)"
        case .status(let range): "status \(range.lowerBound)..\(range.upperBound)"
        case .error(let name): "error \"\(name)\""
        case .grpc(let name): "grpc \(name)"
        }
    }
}
