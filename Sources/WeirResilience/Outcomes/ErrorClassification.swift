// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Finds out what a thrown error means when nobody said so.
enum ErrorClassification {
    /// The outcome of an attempt that threw this error.
    static func outcome(of error: any Error) -> CallOutcome {
        if error is CancellationError { return .cancelled }
        if let described = error as? any OutcomeDescribing { return described.callOutcome.withName(of: error) }
        if let number = posixNumber(of: error) { return posix(number).withName(of: error) }
        return CallOutcome.failure(.other).withName(of: error)
    }

    /// The errno behind the error, for every error that Swift bridges to the POSIX domain.
    private static func posixNumber(of error: any Error) -> Int32? {
        guard error._domain == "NSPOSIXErrorDomain" else { return nil }
        return Int32(clamping: error._code)
    }

    /// What an errno of a connection means.
    static func posix(_ number: Int32) -> CallOutcome {
        switch number {
        case ECONNREFUSED: .failure(.refused)
        case ECONNRESET, EPIPE, ECONNABORTED: .failure(.reset)
        case ETIMEDOUT: .failure(.timeout)
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: .failure(.unavailable)
        default: .failure(.other)
        }
    }
}

extension CallOutcome {
    /// The same outcome, under the error's name where it has none yet.
    func withName(of error: any Error) -> CallOutcome {
        kind == .failure && errorName == .none ? named(ErrorName(of: error)) : self
    }
}

/// An operation that failed with an errno, for code that has no error type of its own.
public struct SystemCallError: OutcomeDescribing, Hashable {
    /// The value of `errno`.
    public let number: Int32

    /// The error for a value of `errno`.
    public init(number: Int32) { self.number = number }

    /// What the number means for a connection.
    public var callOutcome: CallOutcome { ErrorClassification.posix(number) }
}

extension CallOutcome {
    /// The outcome of work that threw this error, for those who run work outside of a pipeline.
    public static func thrown(_ error: any Error) -> CallOutcome { ErrorClassification.outcome(of: error) }
}
