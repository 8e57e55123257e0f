// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import WeirPolicy

/// Counts calls in bounded memory, whatever clients call themselves.
public struct UsageBook: Sendable {
    /// The most entries that are kept before they are taken out; the calls of further consumers are counted together.
    public static let mostEntries = 10_000
    /// Bytes of a consumer's name; the rest is cut off.
    public static let longestConsumer = 128
    /// The consumer of requests that name none.
    public static let unknown = "(unknown)"
    /// All consumers for whom there was no room.
    public static let others = "(others)"

    private var counts: [UsageCount.Key: UsageCount] = [:]
    /// The calls that were not counted, because even together there was no room for them.
    public private(set) var dropped: Int64 = 0

    /// An empty book.
    public init() {}

    /// How many entries there are.
    public var count: Int { counts.count }

    /// Counts a decision; one without a version has nothing to count.
    /// - Returns: whether it is the first of its kind since the entries were taken out.
    @discardableResult
    public mutating func note(
        _ decision: ApiDecision, of api: QualifiedName, consumer: String?, at now: Instant
    ) -> Bool {
        guard let version = decision.version, decision.outcome != .discovery else { return false }
        let code = decision.problem?.code
        guard code == nil || code == .sunset || code == .brownout else { return false }
        let name = consumer.map { Self.shortened($0) } ?? Self.unknown
        func key(_ consumer: String) -> UsageCount.Key {
            UsageCount.Key(
                api: api.description, consumer: consumer, version: version,
                route: decision.route.map { "\($0.method) \($0.path)" } ?? "", day: now.date)
        }
        let wanted = key(name)
        if counts[wanted] != nil || counts.count < Self.mostEntries { return add(wanted, isServed: code == nil) }
        let together = key(Self.others)
        // As many entries again for all others together: they are bounded by the routes, which a policy declares.
        guard counts[together] != nil || counts.count < Self.mostEntries * 2 else {
            dropped += 1
            return false
        }
        return add(together, isServed: code == nil)
    }

    private mutating func add(_ key: UsageCount.Key, isServed: Bool) -> Bool {
        let known = counts[key]
        var count = known ?? UsageCount(key: key, served: 0, refused: 0)
        if isServed { count.served += 1 } else { count.refused += 1 }
        counts[key] = count
        return known == nil
    }

    /// All entries, in no order.
    public var all: [UsageCount] { Array(counts.values) }

    /// Takes all entries out, in no order.
    public mutating func takeAll() -> [UsageCount] {
        defer { counts = [:] }
        return Array(counts.values)
    }

    /// Puts entries back that could not be stored; those for which there is no room are counted as dropped.
    public mutating func restore(_ entries: [UsageCount]) {
        for entry in entries {
            guard counts[entry.key] != nil || counts.count < Self.mostEntries * 2 else {
                dropped += entry.served + entry.refused
                continue
            }
            var count = counts[entry.key] ?? UsageCount(key: entry.key, served: 0, refused: 0)
            count.served += entry.served
            count.refused += entry.refused
            counts[entry.key] = count
        }
    }

    private static func shortened(_ consumer: String) -> String {
        guard consumer.utf8.count > longestConsumer else { return consumer }
        return String(decoding: consumer.utf8.prefix(longestConsumer), as: UTF8.self)
    }
}

/// Keeps usage for longer than a process lives.
public protocol UsageStore: Sendable {
    /// Adds counts to those that are there; all of them or none.
    func add(_ counts: [UsageCount]) async throws

    /// All counts from a day on.
    func counts(since day: CalendarDate) async throws -> [UsageCount]
}
