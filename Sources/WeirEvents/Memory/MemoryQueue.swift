// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The messages of one queue in memory. Pure: told the time, it says what to do.
///
/// A message that is given back goes to where it was: brokers put it to the front or to the back, depending on their version.
struct MemoryQueue: Sendable {
    struct Entry: Sendable {
        let sequence: UInt64
        let message: EventMessage
        /// How often it was handed out.
        var deliveries = 0
        let expires: UInt64
    }

    private struct Unacknowledged: Sendable {
        let tag: UInt64
        let entry: Entry
        let consumer: Int
    }

    /// A tag says where the message is, and by how many deliveries came before, which one is meant.
    private static let placeBits: UInt64 = 24

    private struct Consumer: Sendable {
        var prefetch: Int
        var held = 0
        var isStopped = false
    }

    /// What is declared; limits may change while messages wait.
    var node: QueueNode
    private var ready = Ring<Entry>()
    private var readyBytes = 0
    private var unacknowledged = Slab<Unacknowledged>()
    private var lastSequence: UInt64 = 0
    private var deliveries: UInt64 = 0
    /// The consumers by number, in the order in which they came.
    private var consumers: [(number: Int, state: Consumer)] = []
    private var lastConsumer = 0
    private var turn = 0
    /// Whether only the first consumer gets messages.
    var isSingle = false

    init(_ node: QueueNode) { self.node = node }

    /// Messages that wait, and those that are handed out.
    var counts: (ready: Int, unacknowledged: Int) { (ready.count, unacknowledged.count) }

    /// Takes a message; false when it holds as much as it may.
    mutating func offer(_ message: EventMessage, at now: UInt64) -> Bool {
        guard hasRoom(for: message.weight) else { return false }
        lastSequence += 1
        let expires = node.expireAfter.map { now.advanced(by: $0) } ?? .max
        ready.append(Entry(sequence: lastSequence, message: message, expires: expires))
        readyBytes += message.weight
        return true
    }

    // MARK: Consumers

    mutating func addConsumer(prefetch: Int) -> Int {
        lastConsumer += 1
        consumers.append((lastConsumer, Consumer(prefetch: max(prefetch, 1))))
        return lastConsumer
    }

    private func index(_ consumer: Int) -> Int? { consumers.firstIndex { $0.number == consumer } }

    mutating func setPrefetch(_ count: Int, of consumer: Int) {
        if let index = index(consumer) { consumers[index].state.prefetch = max(count, 1) }
    }

    mutating func stop(_ consumer: Int) {
        if let index = index(consumer) { consumers[index].state.isStopped = true }
    }

    /// Takes everything back that consumers have in their hands.
    mutating func takeBack(canBury: Bool) -> [EventMessage] {
        tags { _ in true }.compactMap { giveBack($0, canBury: canBury) }
    }

    /// The tags of what is handed out, in the order of the messages.
    private func tags(where isMeant: (Unacknowledged) -> Bool) -> [UInt64] {
        unacknowledged.all.filter(isMeant).sorted { $0.entry.sequence < $1.entry.sequence }.map(\.tag)
    }

    /// The messages that wait, the first first.
    func messages(most: Int) -> [EventMessage] { (0..<min(most, ready.count)).compactMap { ready[$0]?.message } }

    /// Whether it takes a message of this size now.
    func hasRoom(for weight: Int) -> Bool {
        if let most = node.mostMessages, ready.count >= most { return false }
        if let most = node.mostBytes, readyBytes + weight > most { return false }
        return true
    }

    /// Takes a consumer out; its messages go back to their places, or to the dead letters where they were handed out too often.
    mutating func remove(_ consumer: Int, canBury: Bool) -> [EventMessage] {
        guard let index = index(consumer) else { return [] }
        consumers.remove(at: index)
        return tags { $0.consumer == consumer }.compactMap { giveBack($0, canBury: canBury) }
    }

    /// Whose turn it is to be told that there is something: the next that has room.
    mutating func nextConsumer() -> Int? {
        if consumers.count == 1 { return !ready.isEmpty && mayTake(0) ? consumers[0].number : nil }
        guard !ready.isEmpty, !consumers.isEmpty else { return nil }
        if isSingle { return mayTake(0) ? consumers[0].number : nil }
        for offset in 0..<consumers.count {
            let index = (turn + offset) % consumers.count
            guard mayTake(index) else { continue }
            turn = index + 1
            return consumers[index].number
        }
        return nil
    }

    private func mayTake(_ index: Int) -> Bool {
        let state = consumers[index].state
        return !state.isStopped && state.held < state.prefetch
    }

    // MARK: Deliveries

    /// The next message for a consumer; nil where there is none, or the consumer has enough.
    mutating func take(_ consumer: Int, at now: UInt64) -> EventDelivery? {
        guard let index = index(consumer), mayTake(index), !isSingle || index == 0 else { return nil }
        // What has waited for too long is on its way to the dead letters.
        if let expiry = nextExpiry, expiry <= now { return nil }
        guard var entry = ready.popFirst() else { return nil }
        readyBytes -= entry.message.weight
        let isRedelivered = entry.deliveries > 0
        entry.deliveries += 1
        deliveries += 1
        let place = unacknowledged.insert(Unacknowledged(tag: 0, entry: entry, consumer: consumer))
        let tag = deliveries << Self.placeBits | UInt64(place)
        unacknowledged[place] = Unacknowledged(tag: tag, entry: entry, consumer: consumer)
        consumers[index].state.held += 1
        return EventDelivery(tag: tag, message: entry.message, isRedelivered: isRedelivered)
    }

    private mutating func end(_ tag: UInt64) -> Entry? {
        let place = Int(tag & (1 << Self.placeBits - 1))
        guard let ended = unacknowledged[place], ended.tag == tag else { return nil }
        unacknowledged.remove(place)
        if let index = index(ended.consumer) { consumers[index].state.held -= 1 }
        return ended.entry
    }

    mutating func acknowledge(_ tag: UInt64) { _ = end(tag) }

    /// Gives a message up; the message.
    mutating func discard(_ tag: UInt64) -> EventMessage? { end(tag)?.message }

    /// Puts a message back in its place; it is handed over instead when it was handed out as often as it may be.
    ///
    /// - Parameter canBury: whether there is room for a dead letter; without, the message stays.
    mutating func giveBack(_ tag: UInt64, canBury: Bool) -> EventMessage? {
        guard let entry = end(tag) else { return nil }
        if let limit = node.deliveries, entry.deliveries > limit, canBury { return entry.message }
        ready.insert(entry) { $0.sequence > entry.sequence }
        readyBytes += entry.message.weight
        return nil
    }

    // MARK: Expiry

    /// When the first message expires; nil where none does.
    var nextExpiry: UInt64? { ready.first.flatMap { $0.expires == .max ? nil : $0.expires } }

    /// Takes out what has waited for too long, as a broker does: from the front only.
    mutating func expire(at now: UInt64, most: Int) -> [EventMessage] {
        var expired: [EventMessage] = []
        while expired.count < most, let first = ready.first, first.expires <= now, let entry = ready.popFirst() {
            readyBytes -= entry.message.weight
            expired.append(entry.message)
        }
        return expired
    }
}
