// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

/// A queue in memory with its lock, and those who are told when something comes.
final class QueueBox: Sendable {
    private struct State {
        var queue: MemoryQueue
        var listeners: [Int: @Sendable (ConsumerSignal) -> Void] = [:]
        var isTimed = false
        var losses = MemoryQueueStatus.Losses()
    }

    let name: QualifiedName
    private let clock: EngineClock
    private let spin = SpinLock()
    // Safe: read and written only while `spin` is held.
    private nonisolated(unsafe) var state: State

    init(_ node: QueueNode, clock: EngineClock) {
        name = node.name
        self.clock = clock
        state = State(queue: MemoryQueue(node))
    }

    /// Where what is given up goes.
    var deadLetter: QualifiedName? { spin.withLock { state.queue.node.deadLetter } }

    func configure(_ node: QueueNode, isSingle: Bool) {
        spin.withLock {
            state.queue.node = node
            state.queue.isSingle = isSingle
        }
    }

    func hasRoom(for weight: Int) -> Bool { spin.withLock { state.queue.hasRoom(for: weight) } }

    /// Takes a message, and tells a consumer; false when the queue is full.
    func offer(_ message: EventMessage) -> Bool {
        let (isTaken, listener, expiry) = spin.withLock {
            () -> (Bool, (@Sendable (ConsumerSignal) -> Void)?, UInt64?) in
            let now = state.queue.node.expireAfter == nil ? 0 : clock.now
            guard state.queue.offer(message, at: now) else {
                state.losses.refused += 1
                return (false, nil, nil)
            }
            let listener = state.queue.nextConsumer().flatMap { state.listeners[$0] }
            guard !state.isTimed, let expiry = state.queue.nextExpiry else { return (true, listener, nil) }
            state.isTimed = true
            return (true, listener, expiry)
        }
        listener?(.ready)
        if let expiry { onExpiry.withLock { $0 }?(expiry) }
        return isTaken
    }

    /// Arranges for ``expire(most:)`` at a time; set once by the transport.
    let onExpiry = Guarded<(@Sendable (UInt64) -> Void)?>(nil)

    /// Takes out what has waited for too long; when to look again, nil where nothing will expire.
    func expire(most: Int, canBury: (Int) -> Bool) -> (expired: [EventMessage], next: UInt64?) {
        let now = clock.now
        var expired: [EventMessage] = []
        while expired.count < most {
            let first = spin.withLock {
                state.queue.nextExpiry.map { $0 <= now } ?? false ? state.queue.messages(most: 1).first : nil
            }
            guard let first, canBury(first.weight) else { break }
            let taken = spin.withLock { state.queue.expire(at: now, most: 1) }
            expired += taken
        }
        let next = spin.withLock { () -> UInt64? in
            state.losses.expired += expired.count
            let next = state.queue.nextExpiry
            state.isTimed = next != nil
            return next
        }
        // What is due and has nowhere to go is looked at again a little later.
        return (
            expired, next.map { max($0, now.advanced(by: .milliseconds(expired.count < most && $0 <= now ? 1000 : 0))) }
        )
    }

    // MARK: Consumers

    func add(prefetch: Int, _ listener: @escaping @Sendable (ConsumerSignal) -> Void) -> Int {
        spin.withLock {
            let number = state.queue.addConsumer(prefetch: prefetch)
            state.listeners[number] = listener
            return number
        }
    }

    func take(_ consumer: Int) -> EventDelivery? {
        spin.withLock { state.queue.take(consumer, at: state.queue.node.expireAfter == nil ? 0 : clock.now) }
    }

    func acknowledge(_ tag: UInt64) {
        spin.withLock { state.queue.acknowledge(tag) }
    }

    func setPrefetch(_ count: Int, of consumer: Int) {
        spin.withLock { state.queue.setPrefetch(count, of: consumer) }
        notify()
    }

    func stop(_ consumer: Int) { spin.withLock { state.queue.stop(consumer) } }

    /// Gives a message back; the message where it is given up instead.
    func giveBack(_ tag: UInt64, canBury: Bool) -> EventMessage? {
        let buried = spin.withLock { state.queue.giveBack(tag, canBury: canBury) }
        notify()
        return buried
    }

    func discard(_ tag: UInt64) -> EventMessage? { spin.withLock { state.queue.discard(tag) } }

    func remove(_ consumer: Int, canBury: Bool) -> [EventMessage] {
        let buried = spin.withLock {
            state.listeners[consumer] = nil
            return state.queue.remove(consumer, canBury: canBury)
        }
        notify()
        return buried
    }

    /// The connection of all consumers is lost.
    func interrupt(canBury: Bool) -> [EventMessage] {
        let (buried, listeners) = spin.withLock {
            (state.queue.takeBack(canBury: canBury), Array(state.listeners.values))
        }
        for listener in listeners { listener(.lost) }
        notify()
        return buried
    }

    /// Tells the consumer whose turn it is, where something waits.
    func notify() {
        let listener = spin.withLock { state.queue.nextConsumer().flatMap { state.listeners[$0] } }
        listener?(.ready)
    }

    // MARK: Status

    func lost(_ count: Int) { spin.withLock { state.losses.dropped += count } }

    func messages(most: Int) -> [EventMessage] { spin.withLock { state.queue.messages(most: most) } }

    var status: MemoryQueueStatus {
        spin.withLock {
            let counts = state.queue.counts
            return MemoryQueueStatus(
                ready: counts.ready, unacknowledged: counts.unacknowledged, losses: state.losses)
        }
    }
}

/// What a queue in memory holds, at one moment, and what it has not taken or not kept so far.
public struct MemoryQueueStatus: Sendable, Hashable {
    /// What a queue has not taken or not kept.
    public struct Losses: Sendable, Hashable {
        /// Messages that it had no room for; their publishers were told.
        public internal(set) var refused = 0
        /// Messages that waited for too long.
        public internal(set) var expired = 0
        /// Messages that it gave up and had no queue of dead letters for.
        public internal(set) var dropped = 0
    }

    /// Messages that wait.
    public let ready: Int
    /// Messages that are handed out and not acknowledged.
    public let unacknowledged: Int
    /// What it has not taken or not kept.
    public let losses: Losses
}
