// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// Outcome matchers compiled for the hot path: one mask for the words, lists for the rest.
public struct MatcherSet: Sendable {
    private static let timeout: UInt16 = 1
    private static let refused: UInt16 = 2
    private static let reset: UInt16 = 4
    private static let unavailable: UInt16 = 8
    private static let open: UInt16 = 16
    private static let full: UInt16 = 32
    private static let limited: UInt16 = 64
    private static let anyFailure: UInt16 = 128

    /// Statuses that count as failures by themselves.
    private static let failures: [ClosedRange<Int32>] = [408...408, 429...429, 500...599]

    private let words: UInt16
    private let statuses: [ClosedRange<Int32>]
    private let grpcNumbers: UInt32
    private let errors: [String]

    /// Whether an answer that counts as a success can match, by its status.
    let looksAtSuccesses: Bool

    /// The set of some matchers; none matches nothing.
    public init(_ matchers: [OutcomeMatcher]) {
        var words: UInt16 = 0
        var statuses: [ClosedRange<Int32>] = []
        var grpcNumbers: UInt32 = 0
        var errors: [String] = []
        for matcher in matchers {
            switch matcher {
            case .timeout: words |= Self.timeout
            case .refused: words |= Self.refused
            case .reset: words |= Self.reset
            case .unavailable: words |= Self.unavailable
            case .open: words |= Self.open
            case .full: words |= Self.full
            case .limited: words |= Self.limited
            case .anyFailure: words |= Self.anyFailure
            case .status(let range):
                statuses.append(Int32(clamping: range.lowerBound)...Int32(clamping: range.upperBound))
            case .error(let name): errors.append(name)
            case .grpc(let name): if let number = GRPCStatus.number(of: name) { grpcNumbers |= 1 << UInt32(number) }
            }
        }
        self.words = words
        self.statuses = statuses
        self.grpcNumbers = grpcNumbers
        self.errors = errors
        looksAtSuccesses = statuses.contains { range in !Self.failures.contains { $0.contains(range) } }
    }

    /// Whether one of the matchers means this outcome; a cancelled or ignored one is never meant.
    public func matches(_ outcome: CallOutcome) -> Bool {
        switch outcome.kind {
        case .cancelled, .ignored: false
        case .success: matchesStatus(outcome)
        case .rejected: words & Self.words(of: outcome.refusal) != 0
        case .failure:
            words & Self.words(of: outcome.cause) != 0 || matchesStatus(outcome)
                || (outcome.grpcNumber >= 0 && grpcNumbers >> UInt32(outcome.grpcNumber) & 1 == 1)
                || (outcome.errorName != .none && errors.contains { outcome.errorName.matches($0) })
        }
    }

    private func matchesStatus(_ outcome: CallOutcome) -> Bool {
        outcome.statusCode != 0 && statuses.contains { $0.contains(outcome.statusCode) }
    }

    private static func words(of cause: FailureCause) -> UInt16 {
        switch cause {
        case .other, .status, .grpc: anyFailure
        case .timeout: anyFailure | timeout
        case .refused: anyFailure | refused
        case .reset: anyFailure | reset
        case .unavailable: anyFailure | unavailable
        }
    }

    /// A call whose time was over before it could be made failed for lack of time, for everyone but a breaker.
    private static func words(of refusal: Refusal?) -> UInt16 {
        switch refusal {
        case .circuitOpen: open
        case .bulkheadFull, .orphansFull: full
        case .rateLimited: limited
        case .deadlineExceeded: anyFailure | timeout
        case nil: 0
        }
    }
}
