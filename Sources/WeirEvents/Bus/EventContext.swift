// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What a handler knows of the event besides the event itself, and where it leaves what is to happen once it is done.
public struct EventContext: Sendable {
    /// The context of the handler that is running; nil outside of one.
    @TaskLocal static var current: EventContext?

    /// The subscription that got the event.
    public let subscription: QualifiedName
    /// The operation that handles it, by the subscription's `deliver`.
    public let operation: QualifiedName
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// Whether the event may have been handled before without anybody having noted it.
    public let isRedelivered: Bool
    /// Grows with each holder of the event's lock, or of the event itself where it has no lock; nil where nothing is held.
    ///
    /// Hand it to whatever is written, and let a smaller one be refused there: a handler that was held up beyond its lease then
    /// changes nothing any more.
    public let fence: UInt64?
    let message: EventMessage
    let scope: HandlingScope

    /// Publishes an event once the handler is done: with an outbox, in the transaction that notes it; else before the event
    /// that is handled is acknowledged.
    ///
    /// Its id follows from the id of the event that is handled, so that what is handled twice publishes the same. A handler that
    /// fails publishes nothing.
    /// - Throws: ``PublishError`` when it could never be published.
    public func publish(_ event: Event) throws(PublishError) { try scope.publish(event, self) }

    /// Writes a change in the transaction that notes the event as handled.
    public func stage(_ change: any StagedChange) { scope.left.withLock { $0.changes.append(change) } }
}

/// What a running handler leaves behind.
final class HandlingScope: Sendable {
    struct Left: Sendable {
        var events: [Event] = []
        var changes: [any StagedChange] = []
    }

    let left = Guarded(Left())
    // Safe: the bus lives as long as it serves, and so as long as a handler runs.
    private unowned(unsafe) let bus: EventBus

    init(_ bus: EventBus) { self.bus = bus }

    var isEmpty: Bool { left.withLock { $0.events.isEmpty && $0.changes.isEmpty } }

    func publish(_ event: Event, _ context: EventContext) throws(PublishError) {
        let number = left.withLock { $0.events.count + 1 }
        var event = event
        if event.id.isEmpty { event.id = "\(context.message.readable.id).\(context.subscription.name).\(number)" }
        let ready = try bus.complete(event, because: context.message.readable)
        left.withLock { $0.events.append(ready) }
    }
}
