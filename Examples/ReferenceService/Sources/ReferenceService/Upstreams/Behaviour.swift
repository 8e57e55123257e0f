// SPDX-License-Identifier: Apache-2.0

/// How a stand-in answers.
public enum Behaviour: Sendable, Hashable, CustomStringConvertible {
    /// At once, with what was asked for.
    case healthy
    /// At once, with a status that means failure.
    case failing(status: Int)
    /// One request of three fails.
    case flaky
    /// With what was asked for, after a while.
    case slow(Duration)
    /// Not at all.
    case hanging

    /// How long a slow stand-in takes when nobody says.
    static let defaultSlowness: Duration = .milliseconds(600)
    /// The longest that a stand-in may be told to take, in milliseconds.
    static let longestMilliseconds = 60_000

    /// Reads `is=healthy|failing|flaky|slow|hanging`, with `status=503` or `milliseconds=600`; nil: not understood.
    init?(is word: String?, status: Int?, milliseconds: Int?) {
        switch word {
        case "healthy": self = .healthy
        case "failing":
            let status = status ?? 503
            guard (400...599).contains(status) else { return nil }
            self = .failing(status: status)
        case "flaky": self = .flaky
        case "slow":
            let milliseconds = milliseconds ?? Int(Self.defaultSlowness / .milliseconds(1))
            guard (0...Self.longestMilliseconds).contains(milliseconds) else { return nil }
            self = .slow(.milliseconds(milliseconds))
        case "hanging": self = .hanging
        default: return nil
        }
    }

    /// What a query may say.
    static let usage = "is=healthy | is=failing&status=503 | is=flaky | is=slow&milliseconds=600 | is=hanging"

    /// The words for a person.
    public var description: String {
        switch self {
        case .healthy: "is healthy"
        case .failing(let status): "answers with status \(status)"
        case .flaky: "fails one request of three"
        case .slow(let time): "takes \(Int(time / .milliseconds(1))) ms"
        case .hanging: "hangs"
        }
    }
}
