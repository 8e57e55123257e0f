// SPDX-License-Identifier: Apache-2.0

/// What was published on a channel and not yet confirmed, by the channel's tags, which count from 1. Pure.
struct ConfirmLedger<Item> {
    private struct Entry {
        let item: Item
        var isReturned = false
    }

    /// What is in flight; nil where it was settled before what stands in front of it.
    private var entries: [Entry?] = []
    /// How many at the front of ``entries`` are done with.
    private var start = 0
    /// The tag of the first entry.
    private var firstTag: UInt64 = 1
    /// How many are in flight.
    private(set) var count = 0

    /// A message was sent; its tag.
    @discardableResult
    mutating func add(_ item: Item) -> UInt64 {
        entries.append(Entry(item: item))
        count += 1
        return firstTag + UInt64(entries.count - 1)
    }

    /// A message came back: the first that is meant and has not come back yet. The broker confirms it afterwards.
    mutating func markReturned(_ isMeant: (Item) -> Bool) {
        for index in start..<entries.count {
            guard let entry = entries[index], !entry.isReturned, isMeant(entry.item) else { continue }
            entries[index]?.isReturned = true
            return
        }
    }

    /// The broker settled a tag, or all up to it; what that ends, in the order of publishing. Tags that are none end nothing.
    mutating func settle(_ tag: UInt64, isMultiple: Bool) -> [(item: Item, isReturned: Bool)] {
        guard tag >= firstTag else { return [] }
        let last = Int(min(tag - firstTag, UInt64(entries.count)))
        guard last < entries.count else { return [] }
        var ended: [(item: Item, isReturned: Bool)] = []
        for index in (isMultiple ? min(start, last) : last)...last {
            guard let entry = entries[index] else { continue }
            entries[index] = nil
            count -= 1
            ended.append((entry.item, entry.isReturned))
        }
        while start < entries.count, entries[start] == nil { start += 1 }
        if start >= 1024, start * 2 >= entries.count {
            entries.removeFirst(start)
            firstTag += UInt64(start)
            start = 0
        }
        return ended
    }

    /// The channel is gone: all that nobody knows anything of, in the order of publishing. Tags count from 1 again.
    mutating func takeAll() -> [Item] {
        let items = entries[start...].compactMap { $0?.item }
        self = ConfirmLedger()
        return items
    }
}
