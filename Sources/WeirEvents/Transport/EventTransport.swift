// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What carries events between publishers and subscriptions: the memory of the process, or a broker.
///
/// A transport promises three things, and one table of tests holds all of them to it. What it confirmed is in every queue that it was
/// routed to, and stays there until it is acknowledged. What it handed out and nobody acknowledged is handed out again. No method waits longer
/// than its deadline, and none blocks a thread.
public protocol EventTransport: AnyObject, Sendable {
    /// Brings the declared exchanges, queues and bindings about, and changes those that were declared before.
    /// - Throws: ``TopologyError`` when something exists that cannot be changed into what is declared; then nothing changes.
    func declare(_ topology: EventTopology) async throws

    /// Publishes a message and waits until it is known what became of it, but no longer than until `deadline` (the clock's
    /// nanoseconds); then it is ``PublishOutcome/unknown(_:)``.
    func publish(_ message: EventMessage, to destination: EventDestination, until deadline: UInt64) async
        -> PublishOutcome

    /// Starts to consume a queue. Where a subscription of it is in order, one consumer gets messages at a time, and the next when
    /// that one is closed.
    ///
    /// - Parameters:
    ///   - prefetch: how many messages may be handed out and not acknowledged.
    ///   - onSignal: called when there may be something to do; it never waits.
    func consume(
        _ queue: QualifiedName, prefetch: Int, onSignal: @escaping @Sendable (ConsumerSignal) -> Void
    ) async throws -> any EventConsumer

    /// How many messages wait in a queue; nil where nobody knows.
    func depth(of queue: QualifiedName) async -> Int?
}

/// Where a message is published to.
public enum EventDestination: Sendable, Hashable {
    /// An exchange, to be routed by a key; returned when no queue gets it.
    case exchange(QualifiedName, key: String)
    /// A queue, after so many nanoseconds.
    case later(QualifiedName, after: UInt64)
    /// A queue.
    case queue(QualifiedName)
}

/// What became of a message that was published.
public enum PublishOutcome: Sendable, Hashable {
    /// Every queue that it was routed to has it.
    case confirmed
    /// At least one queue refused it; others may have it.
    case nacked(String)
    /// No queue has it, because none is bound for it.
    case returned
    /// Nobody can tell: the connection broke, or the time was over.
    case unknown(String)
}

/// What a consumer is told.
public enum ConsumerSignal: Sendable, Hashable {
    /// There may be something for ``EventConsumer/next()``.
    case ready
    /// The connection was lost: everything handed out goes to somebody, perhaps again to this consumer, under new tags.
    case lost
}

/// A consumer of one queue.
public protocol EventConsumer: AnyObject, Sendable {
    /// The next message, if one is there and the prefetch has room.
    func next() -> EventDelivery?
    /// Lets go of a message whose outcome is durable. Of a message that has been handed out anew meanwhile, nothing happens.
    func acknowledge(_ tag: UInt64)
    /// Gives a message back: to its place in the queue, which counts as a delivery, or to the queue's dead letters.
    func reject(_ tag: UInt64, requeue: Bool)
    /// Changes how many messages may be handed out.
    func setPrefetch(_ count: Int)
    /// Takes no more messages; those that are handed out can still be acknowledged.
    func stop() async
    /// Ends the consumer; what is handed out and not acknowledged goes back.
    func close() async
}

/// A message that was handed out.
public struct EventDelivery: Sendable {
    /// Names the delivery at its consumer; a later delivery of the message has another.
    public let tag: UInt64
    /// The message.
    public let message: EventMessage
    /// Whether it may have been handed out before.
    public let isRedelivered: Bool

    /// A delivery.
    public init(tag: UInt64, message: EventMessage, isRedelivered: Bool) {
        self.tag = tag
        self.message = message
        self.isRedelivered = isRedelivered
    }
}
