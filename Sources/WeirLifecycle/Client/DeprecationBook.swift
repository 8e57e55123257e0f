// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What answers of others have said of the end of what we call, in bounded memory.
public struct DeprecationBook: Sendable {
    /// What is known of one address.
    public struct Entry: Sendable, Hashable {
        /// What was called, as the caller names it.
        public let address: String
        /// What it said last.
        public internal(set) var notice: DeprecationNotice
        /// When it said so first, and last.
        public internal(set) var first, last: Instant
        /// How many answers said so.
        public internal(set) var answers: Int64
    }

    /// The most addresses that are kept; answers of further ones are counted and no more.
    public static let mostAddresses = 1_000
    /// Bytes of an address; the rest is cut off.
    public static let longestAddress = 256

    private var known: [String: Entry] = [:]
    /// The answers for which there was no room.
    public private(set) var dropped: Int64 = 0

    /// An empty book.
    public init() {}

    /// Writes down what an answer says.
    /// - Parameter address: what was called, without what changes from call to call, such as `GET api.example/v1/orders`.
    /// - Returns: whether that is news: a new address, or one with other dates than before.
    @discardableResult
    public mutating func note(_ notice: DeprecationNotice, of address: String, at now: Instant) -> Bool {
        let address = Self.shortened(address)
        if var entry = known[address] {
            // Links name the resource that was asked for, so they change from call to call.
            let isNews = entry.notice.deprecated != notice.deprecated || entry.notice.sunset != notice.sunset
            entry.notice = notice
            entry.last = max(entry.last, now)
            entry.answers += 1
            known[address] = entry
            return isNews
        }
        guard known.count < Self.mostAddresses else {
            dropped += 1
            return false
        }
        known[address] = Entry(address: address, notice: notice, first: now, last: now, answers: 1)
        return true
    }

    /// All addresses: what is switched off next comes first, and what has no such date last.
    public var entries: [Entry] {
        known.values.sorted { left, right in
            switch (left.notice.sunset, right.notice.sunset) {
            case (let one?, let other?) where one != other: one < other
            case (nil, _?): false
            case (_?, nil): true
            default: left.address < right.address
            }
        }
    }

    /// The same for programs, with whole days until each end, negative afterwards.
    public func json(at now: Instant) -> JSON {
        .object([
            "deprecated_calls": .array(
                entries.map { entry in
                    func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
                    return .object([
                        "address": .string(entry.address), "deprecated_at": text(entry.notice.deprecated?.description),
                        "sunset_at": text(entry.notice.sunset?.description),
                        "days_left": entry.notice.daysLeft(at: now).map { .integer(Int64($0)) } ?? .null,
                        "links": .object(entry.notice.links.mapValues { .string($0) }),
                        "answers": .integer(entry.answers), "first_heard": .string("\(entry.first)"),
                        "last_heard": .string("\(entry.last)"),
                    ])
                }),
            "dropped": .integer(dropped),
        ])
    }

    private static func shortened(_ address: String) -> String {
        guard address.utf8.count > longestAddress else { return address }
        return String(decoding: address.utf8.prefix(longestAddress), as: UTF8.self)
    }
}
