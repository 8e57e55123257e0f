// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirResilience

/// The consumers of one link, each with a channel of its own.
final class Consumers: LinkDriver {
    /// The most consumers of one link.
    static let most = 1000
    /// How long after a consumer was ended it is tried again, in nanoseconds.
    private static let pause: UInt64 = 1_000_000_000
    /// How long after the broker said nothing to a consumer that began it is tried again, in nanoseconds: to ask costs the connection, and with
    /// it the other consumers some seconds.
    private static let longPause: UInt64 = 30_000_000_000

    private struct Seat {
        let consumer: RabbitConsumer
        /// The name at the broker; never used twice, since brokers have confused those who did.
        var tag: String?
        /// The prefetch that the broker knows.
        var prefetch = 0
        /// Not to be started before.
        var notBefore: UInt64 = 0

        /// Whether the broker is to know another prefetch, and may be told now.
        var isOutdated: Bool {
            tag != nil && prefetch != consumer.prefetch && !consumer.isStopped
                && (!consumer.isSingle || consumer.held == 0)
        }
    }

    private struct State {
        var seats: [UInt16: Seat] = [:]
        var lastTag: UInt64 = 0
        var lastChannel: UInt16 = 0
        /// Whether there was a connection before.
        var wasOpen = false

        /// A channel for one more; not the one that became free last, which the broker may have sent something for.
        mutating func takeChannel() -> UInt16? {
            guard seats.count < Consumers.most else { return nil }
            repeat { lastChannel = lastChannel % UInt16(Consumers.most) + 1 } while seats[lastChannel] != nil
            return lastChannel
        }
    }

    private let prefix: String
    private let keeper: TopologyKeeper
    private let tell: RabbitMQEvent.Listener?
    private let state = Mutex(State())

    /// - Parameter prefix: begins the names of consumers; differs from process to process.
    init(prefix: String, _ keeper: TopologyKeeper, _ tell: RabbitMQEvent.Listener?) {
        self.prefix = prefix
        self.keeper = keeper
        self.tell = tell
    }

    // MARK: Jobs

    func add(_ consumer: RabbitConsumer, _ session: BrokerSession) throws(BrokerFault) {
        let channel = state.withLock { state -> UInt16? in
            guard let free = state.takeChannel() else { return nil }
            state.seats[free] = Seat(consumer: consumer)
            return free
        }
        guard let channel else {
            throw BrokerFault(scope: .request, text: "a connection has \(Self.most) consumers at most")
        }
        do throws(BrokerFault) {
            try start(channel, consumer, session)
        } catch {
            state.withLock { $0.seats[channel] = nil }
            throw error
        }
    }

    /// Takes no more from the broker; what is in order stays, since the next consumer would begin beside it.
    func stop(_ consumer: RabbitConsumer, _ session: BrokerSession) throws(BrokerFault) {
        guard !consumer.isSingle, let (channel, seat) = seat(of: consumer) else { return }
        if let tag = seat.tag {
            try session.cancel(tag, on: channel)
            state.withLock { $0.seats[channel]?.tag = nil }
        }
        consumer.giveBackUntaken()
        try say(consumer, channel, session)
    }

    func remove(_ consumer: RabbitConsumer, _ session: BrokerSession) throws(BrokerFault) {
        guard let (channel, seat) = seat(of: consumer) else { return }
        try say(consumer, channel, session)
        state.withLock { $0.seats[channel] = nil }
        if seat.notBefore == 0 { try session.closeChannel(channel) }
        consumer.beginChannel()
    }

    /// Forgets a consumer without a connection.
    func forget(_ consumer: RabbitConsumer) {
        if let (channel, _) = seat(of: consumer) { state.withLock { $0.seats[channel] = nil } }
    }

    /// Says what is to be said, and waits until the broker has heard it.
    func flush(_ consumer: RabbitConsumer, _ session: BrokerSession) throws(BrokerFault) {
        guard let (channel, seat) = seat(of: consumer) else { return }
        try say(consumer, channel, session)
        try session.setPrefetch(UInt16(max(seat.prefetch, 1)), on: channel)
    }

    private func seat(of consumer: RabbitConsumer) -> (UInt16, Seat)? {
        state.withLock { state in state.seats.first { $0.value.consumer === consumer }.map { ($0.key, $0.value) } }
    }

    // MARK: The link's thread

    func open(_ session: BrokerSession) throws(BrokerFault) {
        let wasOpen = state.withLock { state in
            defer { state.wasOpen = true }
            return state.wasOpen
        }
        if wasOpen { try keeper.restore(session, on: 1) }
        let now = EngineClock.system.now
        for (channel, seat) in state.withLock({ $0.seats }).sorted(by: { $0.key < $1.key }) where seat.notBefore <= now
        {
            try restart(channel, seat.consumer, session)
        }
    }

    private func start(_ channel: UInt16, _ consumer: RabbitConsumer, _ session: BrokerSession) throws(BrokerFault) {
        consumer.beginChannel()
        try session.openChannel(channel)
        try begin(channel, consumer, session)
    }

    private func begin(_ channel: UInt16, _ consumer: RabbitConsumer, _ session: BrokerSession) throws(BrokerFault) {
        let prefetch = consumer.prefetch
        let tag = state.withLock { state in
            state.lastTag += 1
            return "\(prefix)-\(state.lastTag)"
        }
        try session.setPrefetch(UInt16(prefetch), on: channel)
        try session.consume(consumer.queue, as: tag, on: channel)
        state.withLock { state in
            state.seats[channel]?.tag = tag
            state.seats[channel]?.prefetch = prefetch
            state.seats[channel]?.notBefore = 0
        }
    }

    /// Starts a consumer again, or later where its queue is not there and cannot be brought back.
    private func restart(_ channel: UInt16, _ consumer: RabbitConsumer, _ session: BrokerSession) throws(BrokerFault) {
        guard !consumer.isStopped else { return }
        do throws(BrokerFault) {
            try start(channel, consumer, session)
        } catch {
            guard error.scope == .channel else {
                // A queue whose broker has no leader for it answers nothing; the others go on without it.
                if error.isSilence { ended(channel, consumer, error, for: Self.longPause) }
                throw error
            }
            ended(channel, consumer, error)
            if error.code == 404 { try keeper.restore(session, on: channel) }
        }
    }

    /// The broker ended a consumer.
    private func ended(
        _ channel: UInt16, _ consumer: RabbitConsumer, _ fault: BrokerFault, for pause: UInt64 = Consumers.pause
    ) {
        rest(channel, for: pause)
        tell?(RabbitMQEvent(.consumerEnded, connection: nil, queue: consumer.queue, reason: "\(fault)"))
    }

    private func rest(_ channel: UInt16, for pause: UInt64) {
        let time = EngineClock.system.now + pause
        state.withLock { state in
            state.seats[channel]?.tag = nil
            state.seats[channel]?.notBefore = time
        }
    }

    func work(_ session: BrokerSession) throws(BrokerFault) -> Bool {
        let now = EngineClock.system.now
        for (channel, seat) in state.withLock({ $0.seats }) {
            if seat.notBefore > 0 {
                if seat.notBefore <= now { try restart(channel, seat.consumer, session) }
                continue
            }
            try say(seat.consumer, channel, session)
            try adjust(channel, seat, session)
        }
        return false
    }

    /// Gives the broker the prefetch that is wanted now: a consumer keeps the one it began with, so it begins anew. One that gets everything
    /// in order does so when it holds nothing.
    private func adjust(_ channel: UInt16, _ seat: Seat, _ session: BrokerSession) throws(BrokerFault) {
        let consumer = seat.consumer
        guard let tag = seat.tag, seat.isOutdated else { return }
        try session.cancel(tag, on: channel)
        try begin(channel, consumer, session)
    }

    private func say(_ consumer: RabbitConsumer, _ channel: UInt16, _ session: BrokerSession) throws(BrokerFault) {
        for settlement in consumer.takeDue() {
            switch settlement {
            case .acknowledge(let tag, let isMultiple):
                try session.acknowledge(tag, isMultiple: isMultiple, on: channel)
            case .reject(let tag, let requeue): try session.reject(tag, requeue: requeue, on: channel)
            }
        }
    }

    func hear(_ news: BrokerNews, on channel: UInt16, _ session: BrokerSession) throws(BrokerFault) {
        guard let seat = state.withLock({ $0.seats[channel] }) else {
            if case .channelClosed = news { try session.confirmClosed(channel) }
            return
        }
        let consumer = seat.consumer
        switch news {
        case .delivered(let tag, let isRedelivered, let content):
            // What the broker sent before it knew that the channel is closed means nothing any more.
            guard seat.notBefore == 0 else { return }
            try consumer.receive(tag, isRedelivered: isRedelivered, content)
        case .cancelled:
            guard seat.notBefore == 0 else { return }
            try session.closeChannel(channel)
            consumer.lose()
            ended(channel, consumer, BrokerFault(scope: .channel, text: "the broker cancelled it: its queue is gone"))
        case .channelClosed(let fault):
            try session.confirmClosed(channel)
            consumer.lose()
            ended(channel, consumer, fault)
        case .returned, .acknowledged, .refused, .connectionClosed, .blocked, .unblocked: break
        }
    }

    func settle() -> Bool {
        var isMore = false
        for seat in state.withLock({ $0.seats }).values {
            seat.consumer.tell()
            if seat.isOutdated { isMore = true }
        }
        return isMore
    }

    func lost(_ fault: BrokerFault) {
        let consumers = state.withLock { state in
            for channel in state.seats.keys { state.seats[channel]?.tag = nil }
            return state.seats.values.map(\.consumer)
        }
        for consumer in consumers { consumer.lose() }
    }

    func end() { state.withLock { $0.seats = [:] } }
}
