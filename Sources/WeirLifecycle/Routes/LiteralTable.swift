// SPDX-License-Identifier: Apache-2.0

/// The written segments of templates by the node that they stand below; looked up by bytes, without making strings.
///
/// What is in it comes from a policy, so nobody can crowd it from outside: a look-up compares only what has the same hash.
struct LiteralTable: Sendable {
    private struct Entry: Sendable {
        let hash: UInt64
        let below: Int32
        let node: Int32
        /// Where its bytes begin, and how many there are.
        let start: Int32
        let count: Int32
    }

    private var entries: [Entry] = []
    private var bytes: [UInt8] = []
    /// The places of entries plus one, by hash; 0 is free. Its size is a power of two, at least twice what is in it.
    private var slots = [Int32](repeating: 0, count: 8)

    /// The node of a segment below a node, which is a new one unless it is there already.
    mutating func insert(_ literal: [UInt8], below: Int32, as node: Int32) -> Int32 {
        let known = find(literal.span, 0..<literal.count, below: below)
        guard known < 0 else { return known }
        entries.append(
            Entry(
                hash: Self.hash(literal.span, 0..<literal.count, below), below: below, node: node,
                start: Int32(bytes.count), count: Int32(literal.count)))
        bytes += literal
        if entries.count * 2 > slots.count {
            slots = [Int32](repeating: 0, count: slots.count * 2)
            for place in entries.indices { occupy(place) }
        } else {
            occupy(entries.count - 1)
        }
        return node
    }

    private mutating func occupy(_ place: Int) {
        var slot = Int(truncatingIfNeeded: entries[place].hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(place + 1)
    }

    /// The node of a segment below a node; -1: there is none.
    func find(_ text: Span<UInt8>, _ range: Range<Int>, below: Int32) -> Int32 {
        let hash = Self.hash(text, range, below)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.below == below, isEqual(entry, text, range) { return entry.node }
            slot = (slot + 1) & (slots.count - 1)
        }
        return -1
    }

    private func isEqual(_ entry: Entry, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard Int(entry.count) == range.count else { return false }
        for place in 0..<range.count where bytes[Int(entry.start) + place] != text[range.lowerBound + place] {
            return false
        }
        return true
    }

    /// FNV-1a, mixed once more so that its low bits depend on all bytes.
    private static func hash(_ text: Span<UInt8>, _ range: Range<Int>, _ below: Int32) -> UInt64 {
        var hash = 0xcbf2_9ce4_8422_2325 ^ UInt64(UInt32(bitPattern: below))
        for place in range { hash = (hash ^ UInt64(text[place])) &* 0x0000_0100_0000_01b3 }
        return hash ^ hash >> 32
    }
}
