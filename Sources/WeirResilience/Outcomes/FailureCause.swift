// SPDX-License-Identifier: Apache-2.0

/// What went wrong with the callee, in the words that policies use.
public enum FailureCause: UInt8, Sendable, Hashable {
    /// Nothing that has a word of its own.
    case other
    /// The attempt ran out of time.
    case timeout
    /// The connection was refused.
    case refused
    /// The connection was reset.
    case reset
    /// The callee said that it is not available.
    case unavailable
    /// The answer carried a status that means failure.
    case status
    /// The answer carried a gRPC status that means failure.
    case grpc
}

/// Why the engine itself refused a call.
public enum Refusal: UInt8, Sendable, Hashable {
    /// A breaker is open.
    case circuitOpen
    /// A bulkhead and its queue are full, or the longest wait is over.
    case bulkheadFull
    /// A rate limit has no tokens.
    case rateLimited
    /// The caller's time was over before the attempt could start.
    case deadlineExceeded
    /// Too much abandoned work is still running.
    case orphansFull
}
