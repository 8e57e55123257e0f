// SPDX-License-Identifier: Apache-2.0

/// How long one attempt of what stands below this step may take.
public struct TimeoutPolicy: Sendable, Hashable {
    /// How many overdue attempts a detachable handle leaves running when the policy names no number.
    public static let defaultMostAbandoned = 256
    /// The most that a policy may ask for.
    public static let largestMostAbandoned = 100_000

    /// The limit for one attempt, longer than zero.
    public let limit: Duration
    /// How many overdue attempts may go on unseen; nil: this policy does not ask for abandoning.
    ///
    /// A number needs a detachable handle: at the deadline the caller goes on, the permit stays taken until the work ends,
    /// and further attempts are refused while so many are left over.
    public let abandon: Int?

    /// A limit, and how much abandoned work it may leave behind.
    /// - Throws: ``InvalidValue`` when the limit is not longer than zero or the number not within 1 to 100,000.
    public init(limit: Duration, abandon: Int? = nil) throws(InvalidValue) {
        try Self.requireLength(limit, "timeout")
        try Self.requireAbandon(abandon)
        self.limit = limit
        self.abandon = abandon
    }

    static func requireLength(_ length: Duration, _ setting: String) throws(InvalidValue) {
        try require(
            length > .zero && length <= .weirLongest, setting, length.weirText, "longer than 0s and at most 366d")
    }

    static func requireAbandon(_ count: Int?) throws(InvalidValue) {
        guard let count else { return }
        try require((1...largestMostAbandoned).contains(count), "abandon up to", "\(count)", "1 to 100,000")
    }
}
