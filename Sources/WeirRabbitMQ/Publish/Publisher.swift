// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirEvents

/// Publishes over one channel in the order in which it is asked, and knows what became of each message.
///
/// What nobody can tell of when a connection is lost is published again, under the same id and before anything newer, as long as somebody
/// waits for it.
final class Publisher: LinkDriver {
    /// The most messages that wait to be sent; more are refused.
    static let mostWaiting = 10_000
    /// The most messages in flight.
    static let mostInFlight = 1024
    /// The most bytes in flight; a larger message goes alone.
    static let mostBytesInFlight = 8 << 20
    /// How many are sent before what came is read.
    private static let sendsATurn = 64
    /// How often a message is published again when the broker closed the channel without saying whose fault it was.
    private static let mostClosures = 3
    private static let channel: UInt16 = 1

    private struct State {
        var waiting: [PublishTicket] = []
        /// How many at the front of `waiting` are sent.
        var sent = 0
        var ledger = ConfirmLedger<PublishTicket>()
        var bytes = 0
        /// Why the broker takes nothing at the moment.
        var blocked: String?
        var closures = 0
        /// Whether there was a connection before.
        var wasOpen = false

        var load: Int { waiting.count - sent }

        /// Whether the next message may be sent now.
        var mayGoOn: Bool {
            guard blocked == nil, ledger.count < Publisher.mostInFlight, sent < waiting.count else { return false }
            return ledger.count == 0 || bytes + waiting[sent].weight <= Publisher.mostBytesInFlight
        }

        mutating func next() -> PublishTicket? {
            while sent < waiting.count, !waiting[sent].isWanted { sent += 1 }
            guard sent < waiting.count else {
                waiting.removeAll(keepingCapacity: true)
                sent = 0
                return nil
            }
            guard mayGoOn else { return nil }
            let ticket = waiting[sent]
            sent += 1
            if sent >= 1024, sent * 2 >= waiting.count {
                waiting.removeFirst(sent)
                sent = 0
            }
            bytes += ticket.weight
            ledger.add(ticket)
            return ticket
        }

        /// Everything in flight is to be published again.
        mutating func startOver() {
            let again = ledger.takeAll().filter(\.isWanted)
            waiting = again + waiting[sent...]
            sent = 0
            bytes = 0
        }
    }

    private let state = Mutex(State())
    private let keeper: TopologyKeeper
    private let tell: RabbitMQEvent.Listener?

    init(_ keeper: TopologyKeeper, _ tell: RabbitMQEvent.Listener?) {
        self.keeper = keeper
        self.tell = tell
    }

    /// Why the broker takes nothing at the moment; nil: it does.
    var blocked: String? { state.withLock { $0.blocked } }

    /// Messages in flight, and messages that wait to be sent.
    var load: (inFlight: Int, waiting: Int) { state.withLock { ($0.ledger.count, $0.load) } }

    /// Takes a message; false when too many wait.
    func submit(_ ticket: PublishTicket) -> Bool {
        state.withLock { state in
            guard state.load < Self.mostWaiting else { return false }
            state.waiting.append(ticket)
            return true
        }
    }

    // MARK: The link's thread

    func open(_ session: BrokerSession) throws(BrokerFault) {
        let wasOpen = state.withLock { state in
            defer { state.wasOpen = true }
            return state.wasOpen
        }
        if wasOpen { try keeper.restore(session, on: Self.channel) }
        try begin(session)
    }

    private func begin(_ session: BrokerSession) throws(BrokerFault) {
        try session.openChannel(Self.channel)
        try session.confirmPublishes(on: Self.channel)
    }

    func work(_ session: BrokerSession) throws(BrokerFault) -> Bool {
        for _ in 0..<Self.sendsATurn {
            guard let ticket = state.withLock({ $0.next() }) else { return false }
            do throws(BrokerFault) {
                try session.publish(ticket.message, on: Self.channel)
            } catch {
                guard error.scope == .request else { throw error }
                // Half of it is sent, so the connection is of no use any more; and never again.
                ticket.finish(.nacked(error.text))
                throw .connection(error.text)
            }
        }
        return true
    }

    func hear(_ news: BrokerNews, on channel: UInt16, _ session: BrokerSession) throws(BrokerFault) {
        switch news {
        case .acknowledged(let tag, let isMultiple): settle(tag, isMultiple, .confirmed)
        case .refused(let tag, let isMultiple): settle(tag, isMultiple, .nacked("the broker refused it"))
        case .returned(let exchange, let key, let content):
            state.withLock {
                $0.ledger.markReturned { ticket in
                    let message = ticket.message
                    return message.id == content.properties.messageID ?? "" && message.exchange == exchange
                        && message.key == key
                }
            }
        case .blocked(let reason):
            state.withLock { $0.blocked = reason }
            tell?(RabbitMQEvent(.blocked, connection: "publish", reason: reason))
        case .unblocked:
            state.withLock { $0.blocked = nil }
            tell?(RabbitMQEvent(.unblocked, connection: "publish"))
        case .channelClosed(let fault):
            try session.confirmClosed(channel)
            closed(fault)
            if fault.code == 404 { try keeper.restore(session, on: Self.channel) }
            try begin(session)
        case .delivered, .cancelled, .connectionClosed: break
        }
    }

    func settle() -> Bool { state.withLock { $0.mayGoOn } }

    func lost(_ fault: BrokerFault) {
        state.withLock {
            $0.startOver()
            $0.blocked = nil
        }
    }

    func end() {
        let tickets = state.withLock { state in
            state.startOver()
            defer { state.waiting = [] }
            return state.waiting
        }
        for ticket in tickets { ticket.finish(.unknown("the transport was closed")) }
    }

    private func settle(_ tag: UInt64, _ isMultiple: Bool, _ outcome: PublishOutcome) {
        let ended = state.withLock { state in
            let ended = state.ledger.settle(tag, isMultiple: isMultiple)
            for (ticket, _) in ended { state.bytes -= ticket.weight }
            state.closures = 0
            return ended
        }
        for (ticket, isReturned) in ended {
            ticket.finish(isReturned && outcome == .confirmed ? .returned : outcome)
        }
    }

    /// The broker closed the channel: for an exchange that is not there or not allowed, which it names, or for another reason, which may be
    /// any message. What is not there is looked for a second time, after it was brought back.
    private func closed(_ fault: BrokerFault) {
        let exchange = fault.name(after: "exchange")
        let (meant, outcome) = state.withLock { state -> ([PublishTicket], PublishOutcome) in
            let inFlight = state.ledger.takeAll()
            state.closures += 1
            var meant = inFlight.filter { exchange != nil && $0.message.exchange == exchange }
            var outcome = fault.code == 404 ? PublishOutcome.returned : .nacked("\(fault)")
            if fault.code == 404, state.closures == 1 { meant = [] }
            if state.closures >= Self.mostClosures {
                if meant.isEmpty { (meant, outcome) = (inFlight, .unknown("\(fault)")) }
                state.closures = 0
            }
            state.waiting = inFlight + state.waiting[state.sent...]
            (state.sent, state.bytes) = (0, 0)
            return (meant, outcome)
        }
        for ticket in meant { ticket.finish(outcome) }
    }
}
