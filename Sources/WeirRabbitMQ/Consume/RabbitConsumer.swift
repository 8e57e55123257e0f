// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirEvents

/// A consumer of one queue at a broker. It outlives connections; tags are those of the one channel that delivered.
final class RabbitConsumer: EventConsumer {
    /// The largest prefetch that the protocol knows.
    static let mostPrefetch = Int(UInt16.max)
    /// The bits of a tag that count within one channel; those above count channels, so that no tag means two deliveries.
    private static let tagBits: UInt64 = 44

    private struct Arrival {
        let tag: UInt64
        let isRedelivered: Bool
        let content: BrokerContent
    }

    private struct State {
        var epoch: UInt64 = 0
        var ledger = DeliveryLedger()
        var arrived: [Arrival] = []
        /// How many at the front of `arrived` were handed out.
        var taken = 0
        var prefetch: Int
        /// Whether the process has just begun and may be one that died of what it gets: until it has let go of a message, or gets one
        /// that nobody had before, it gets one at a time, or its neighbours would count as tried with it.
        var isCareful = true
        var isStopped = false
        var hasNews = false
    }

    /// The queue as the broker names it.
    let queue: String
    /// Whether only one consumer gets the queue's messages at a time, in order.
    let isSingle: Bool
    private let onSignal: @Sendable (ConsumerSignal) -> Void
    private let state: Mutex<State>
    /// Wakes the link's thread.
    private let wake: @Sendable () -> Void
    private let onStop: @Sendable (RabbitConsumer) async -> Void
    private let onClose: @Sendable (RabbitConsumer) async -> Void

    init(
        of queue: String, isSingle: Bool, prefetch: Int, onSignal: @escaping @Sendable (ConsumerSignal) -> Void,
        wake: @escaping @Sendable () -> Void, onStop: @escaping @Sendable (RabbitConsumer) async -> Void,
        onClose: @escaping @Sendable (RabbitConsumer) async -> Void
    ) {
        self.queue = queue
        self.isSingle = isSingle
        self.onSignal = onSignal
        self.wake = wake
        self.onStop = onStop
        self.onClose = onClose
        state = Mutex(State(prefetch: Self.bounded(prefetch)))
    }

    private static func bounded(_ prefetch: Int) -> Int { min(max(prefetch, 1), mostPrefetch) }

    // MARK: The bus

    func next() -> EventDelivery? {
        let found = state.withLock { state -> (Arrival, UInt64)? in
            guard !state.isStopped, state.taken < state.arrived.count else { return nil }
            // The broker's prefetch may still be the larger one of before.
            let handedOut = state.ledger.count - (state.arrived.count - state.taken)
            guard handedOut < state.prefetch else { return nil }
            let arrival = state.arrived[state.taken]
            state.taken += 1
            if state.taken == state.arrived.count {
                state.arrived.removeAll(keepingCapacity: true)
                state.taken = 0
            }
            return (arrival, state.epoch << Self.tagBits | arrival.tag)
        }
        guard let (arrival, tag) = found else { return nil }
        let properties = arrival.content.properties
        let wire = WireMessage(
            contentType: properties.contentType, headers: properties.headers, body: arrival.content.body)
        return EventDelivery(tag: tag, message: EventMessage(wire), isRedelivered: arrival.isRedelivered)
    }

    func acknowledge(_ tag: UInt64) { end(tag) { $0.acknowledge($1) } }

    func reject(_ tag: UInt64, requeue: Bool) { end(tag) { $0.reject($1, requeue: requeue) } }

    private func end(_ tag: UInt64, _ body: (inout DeliveryLedger, UInt64) -> Bool) {
        let isNew = state.withLock { state in
            guard tag >> Self.tagBits == state.epoch else { return false }
            let wasDue = state.ledger.isDue
            guard body(&state.ledger, tag & (1 << Self.tagBits - 1)) else { return false }
            state.isCareful = false
            return !wasDue
        }
        if isNew { wake() }
    }

    func setPrefetch(_ count: Int) {
        state.withLock { $0.prefetch = Self.bounded(count) }
        wake()
        onSignal(.ready)
    }

    func stop() async {
        state.withLock { $0.isStopped = true }
        await onStop(self)
    }

    func close() async {
        state.withLock { $0.isStopped = true }
        await onClose(self)
    }

    // MARK: The link's thread

    /// The prefetch that the broker is to know.
    var prefetch: Int { state.withLock { $0.isCareful ? 1 : $0.prefetch } }
    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// How many are delivered and not settled.
    var held: Int { state.withLock { $0.ledger.count } }

    /// A new channel begins: what an old one delivered means nothing any more.
    func beginChannel() {
        state.withLock { state in
            state.epoch += 1
            state.ledger = DeliveryLedger()
            state.arrived = []
            state.taken = 0
            state.hasNews = false
        }
    }

    /// The channel is gone.
    func lose() {
        beginChannel()
        onSignal(.lost)
    }

    func receive(_ tag: UInt64, isRedelivered: Bool, _ content: BrokerContent) throws(BrokerFault) {
        let isNext = state.withLock { state in
            guard state.ledger.add(tag) else { return false }
            if !isRedelivered { state.isCareful = false }
            if state.isStopped, !isSingle {
                _ = state.ledger.reject(tag, requeue: true)
                return true
            }
            state.arrived.append(Arrival(tag: tag, isRedelivered: isRedelivered, content: content))
            state.hasNews = true
            return true
        }
        if !isNext { throw .connection("a delivery has the tag \(tag) out of turn") }
    }

    /// Tells who consumes, where something came since.
    func tell() {
        let hasNews = state.withLock { state in
            defer { state.hasNews = false }
            return state.hasNews
        }
        if hasNews { onSignal(.ready) }
    }

    /// What is to be said to the broker.
    func takeDue() -> [DeliveryLedger.Settlement] { state.withLock { $0.ledger.isDue ? $0.ledger.takeDue() : [] } }

    /// Gives back what nobody was handed out; of what is in order nothing, since it would overtake.
    func giveBackUntaken() {
        state.withLock { state in
            guard !isSingle else { return }
            for arrival in state.arrived[state.taken...] { _ = state.ledger.reject(arrival.tag, requeue: true) }
            state.arrived = []
            state.taken = 0
        }
    }
}
