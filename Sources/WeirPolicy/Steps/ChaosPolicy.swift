// SPDX-License-Identifier: Apache-2.0

/// Breaks calls on purpose, to see that everything around it holds.
public struct ChaosPolicy: Sendable, Hashable {
    /// One way to break a call.
    public enum Fault: Sendable, Hashable {
        /// This share of calls ends with the outcome, without being made.
        case fail(Ratio, OutcomeMatcher)
        /// This share of calls waits so long before it is made.
        case delay(Ratio, Duration)
    }

    /// The most ways that one step may state.
    public static let mostFaults = 16

    /// The ways, each judged on its own, in order.
    public let faults: [Fault]
    /// The moment from which it does nothing any more, as seconds since 1970; nil: none.
    public let until: Int64?

    /// A chaos step.
    /// - Throws: ``InvalidValue`` when there is no fault, or more than ``mostFaults``.
    public init(faults: [Fault], until: Int64? = nil) throws(InvalidValue) {
        try require((1...Self.mostFaults).contains(faults.count), "chaos", "\(faults.count) faults", "1 to 16 faults")
        self.faults = faults
        self.until = until
    }

    /// The longest wait that it makes; nil: none.
    public var longestDelay: Duration? {
        faults.compactMap { if case .delay(_, let time) = $0 { time } else { nil } }.max()
    }
}
