// SPDX-License-Identifier: Apache-2.0

/// A message on its way: an event, or what could not be read as one, and what it has been through. Immutable, so copies share it.
public final class EventMessage: Sendable {
    /// What it holds.
    public enum Content: Sendable {
        /// An event.
        case event(Event)
        /// Something that is no event, and why.
        case unreadable(WireMessage, EventFormatError)
    }

    /// The event; one without a type where it could not be read.
    let readable: Event
    /// What was known of its type when it was published in this process.
    let type: EventPlan.EventType?
    private let failure: (wire: WireMessage, error: EventFormatError)?
    /// What it has been through.
    public let trail: DeliveryTrail
    /// About how many bytes it takes.
    public let weight: Int

    /// A message with an event.
    public convenience init(_ event: Event, trail: DeliveryTrail = DeliveryTrail()) {
        self.init(event, trail: trail, of: nil)
    }

    init(_ event: Event, trail: DeliveryTrail = DeliveryTrail(), of type: EventPlan.EventType?) {
        readable = event
        self.type = type
        failure = nil
        self.trail = trail
        weight = event.weight
    }

    /// A message as it came over the wire.
    public init(_ wire: WireMessage, over protocol: WireProtocol = .amqp) {
        do throws(EventFormatError) {
            readable = try Event(wire, over: `protocol`)
            failure = nil
        } catch {
            readable = Event("")
            failure = (wire, error)
        }
        type = nil
        trail = DeliveryTrail(headers: wire.headers)
        weight = wire.body.count + wire.headers.reduce(64) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    }

    private init(_ other: EventMessage, trail: DeliveryTrail) {
        readable = other.readable
        failure = other.failure
        type = other.type
        self.trail = trail
        weight = other.weight
    }

    /// The same message with another trail.
    public func with(_ trail: DeliveryTrail) -> EventMessage { EventMessage(self, trail: trail) }

    /// What it holds.
    public var content: Content { failure.map { .unreadable($0.wire, $0.error) } ?? .event(readable) }

    /// The event, where it is one.
    public var event: Event? { failure == nil ? readable : nil }

    /// Why it is no event, where it is none.
    var unreadable: EventFormatError? { failure?.error }
}
