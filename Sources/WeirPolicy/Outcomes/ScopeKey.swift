// SPDX-License-Identifier: Apache-2.0

/// By what a limit, a bulkhead or a breaker keeps separate state: one instance for each value of the key.
public struct ScopeKey: Sendable, Hashable {
    /// Where the value comes from.
    public enum Source: Sendable, Hashable {
        /// Who calls, as the handle was told.
        case caller
        /// The operation that is called.
        case operation
        /// A request header by name.
        case header(String)
        /// A field of the message or request by name.
        case field(String)
    }

    /// How many instances are kept when the policy names no number.
    public static let defaultMostKeys = 10_000
    /// The most instances that a policy may ask for.
    public static let largestMostKeys = 1_000_000

    /// Where the value comes from.
    public let source: Source
    /// How many instances are kept at most, 1 to 1,000,000; the least recently used idle one makes room.
    public let mostKeys: Int

    /// A key and the number of instances kept for it.
    /// - Throws: ``InvalidValue`` when the number is out of bounds.
    public init(_ source: Source, mostKeys: Int = ScopeKey.defaultMostKeys) throws(InvalidValue) {
        try require((1...Self.largestMostKeys).contains(mostKeys), "keys", "\(mostKeys)", "1 to 1,000,000")
        self.source = source
        self.mostKeys = mostKeys
    }
}
