// SPDX-License-Identifier: Apache-2.0

/// What a caller gets instead of a failure.
public struct FallbackPolicy: Sendable, Hashable {
    /// Where the answer comes from.
    public enum Target: Sendable, Hashable {
        /// An answer with this status and no body.
        case status(Int)
        /// An answer with this text.
        case value(String)
        /// The closure that the service registered under this name.
        case handler(String)
        /// The last good answer.
        case cached
        /// Another operation, with a policy of its own.
        case call(QualifiedName, using: QualifiedName?)
    }

    /// Every failure and every refusal; not a cancellation.
    public static let defaultWhen: [OutcomeMatcher] = [.anyFailure, .open, .full, .limited]
    /// A fallback of its own has so long, inside what is left of the deadline.
    public static let defaultWithin: Duration = .seconds(1)

    /// Where the answer comes from.
    public let target: Target
    /// The outcomes that it replaces.
    public let when: [OutcomeMatcher]
    /// How old a cached answer may be; nil: any age.
    public let noOlderThan: Duration?
    /// How long the fallback itself may take.
    public let within: Duration

    /// A fallback.
    /// - Throws: ``InvalidValue`` when a status is not within 100 to 599, or `when` is empty.
    public init(
        target: Target, when: [OutcomeMatcher] = FallbackPolicy.defaultWhen, noOlderThan: Duration? = nil,
        within: Duration = FallbackPolicy.defaultWithin
    ) throws(InvalidValue) {
        if case .status(let code) = target {
            try require((100...599).contains(code), "status", "\(code)", "100 to 599")
        }
        try require(!when.isEmpty, "when", "nothing", "at least one outcome")
        try TimeoutPolicy.requireLength(within, "within")
        self.target = target
        self.when = when
        self.noOlderThan = noOlderThan
        self.within = within
    }
}
