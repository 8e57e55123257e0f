// SPDX-License-Identifier: Apache-2.0

/// What a store remembers of keys that are being worked on, or were: who may go on with one, and what is done. Pure.
///
/// Each holder gets a fence, a number larger than all before it. Who comes late is told by it: a smaller fence changes nothing.
public struct LeaseRecords<Key: Hashable & Sendable>: Sendable {
    /// What asking for a key came to.
    public enum Claim: Sendable, Hashable {
        /// It is the asker's, until the lease is over.
        case taken(fence: UInt64)
        /// Somebody else has it until then.
        case busy(until: Timestamp)
        /// It is done.
        case done
    }

    private struct Record {
        var fence: UInt64
        var until: Timestamp
        var isDone: Bool
    }

    private var records: [Key: Record] = [:]
    /// What is done, in the order in which it was.
    private var finished: [(key: Key, until: Timestamp)] = []
    private var oldest = 0
    private var lastFence: UInt64 = 0

    /// No records.
    public init() {}

    /// How many keys are remembered.
    public var count: Int { records.count }

    /// Takes a key that nobody holds and that is not done.
    public mutating func take(_ key: Key, until: Timestamp, at now: Timestamp) -> Claim {
        if let record = records[key], now < record.until {
            return record.isDone ? .done : .busy(until: record.until)
        }
        lastFence += 1
        records[key] = Record(fence: lastFence, until: until, isDone: false)
        return .taken(fence: lastFence)
    }

    /// Whether the key still belongs to the holder of the fence.
    public func isHeld(_ key: Key, fence: UInt64) -> Bool {
        guard let record = records[key] else { return false }
        return record.fence == fence && !record.isDone
    }

    /// Notes a key as done and remembers it so long; false when somebody else has taken it over.
    public mutating func finish(_ key: Key, fence: UInt64, keep until: Timestamp) -> Bool {
        guard isHeld(key, fence: fence) else { return false }
        records[key] = Record(fence: fence, until: until, isDone: true)
        finished.append((key, until))
        return true
    }

    /// Gives a key back undone; false when somebody else has taken it over.
    @discardableResult
    public mutating func giveBack(_ key: Key, fence: UInt64) -> Bool {
        guard isHeld(key, fence: fence) else { return false }
        records[key] = nil
        return true
    }

    /// Forgets what was to be remembered until now, and beyond `most` keys the oldest that are done.
    public mutating func forget(at now: Timestamp, most: Int = .max) {
        while oldest < finished.count, finished[oldest].until <= now || records.count > most {
            let (key, until) = finished[oldest]
            if let record = records[key], record.isDone, record.until == until { records[key] = nil }
            oldest += 1
        }
        if oldest > 1024, oldest * 2 > finished.count {
            finished.removeFirst(oldest)
            oldest = 0
        }
    }
}
