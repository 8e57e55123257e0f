// SPDX-License-Identifier: Apache-2.0

/// How the places of a bulkhead are divided among classes of callers.
public struct PartitionPolicy: Sendable, Hashable {
    /// The most classes that one bulkhead may have.
    public static let mostParts = 32

    /// The part of one class.
    public struct Part: Sendable, Hashable {
        /// The value of the key that this class has.
        public let name: String
        /// Its share of the places; unused ones are lent to others, and the whole is never exceeded.
        public let share: Ratio

        /// A class and its share.
        public init(name: String, share: Ratio) {
            self.name = name
            self.share = share
        }
    }

    /// What tells the classes apart.
    public let source: ScopeKey.Source
    /// The classes, the most urgent first.
    public let parts: [Part]

    /// A division.
    /// - Throws: ``InvalidValue`` when there are no parts or too many, a name stands twice, or the shares exceed the whole.
    public init(source: ScopeKey.Source, parts: [Part]) throws(InvalidValue) {
        try require((1...Self.mostParts).contains(parts.count), "give", "\(parts.count) parts", "1 to 32 parts")
        try require(Set(parts.map(\.name)).count == parts.count, "give", "a name twice", "given once a name")
        let sum = parts.reduce(0) { $0 + Int($1.share.millionths) }
        try require(sum <= 1_000_000, "give", "\(sum / 10_000)%", "at most 100% in all")
        self.source = source
        self.parts = parts
    }
}
