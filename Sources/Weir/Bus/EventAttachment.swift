// SPDX-License-Identifier: Apache-2.0

public import WeirEvents

/// Routes the events of the policies: what carries them, and how the service uses the bus.
///
/// Attach it by ``WeirConfiguration/events``: events that nothing routes are refused.
public struct EventAttachment: Sendable {
    /// What carries events; nil: the memory of the process.
    public var transport: (any EventTransport)?
    /// How the service uses the bus. Clock and chance are those of ``WeirConfiguration``.
    public var bus: EventBusConfiguration

    /// Routes over a transport.
    public init(over transport: (any EventTransport)? = nil, _ bus: EventBusConfiguration = EventBusConfiguration()) {
        self.transport = transport
        self.bus = bus
    }

    /// Routes in the memory of the process, whatever the policies target; what waits there is gone with the process.
    public static func memory(_ bus: EventBusConfiguration = EventBusConfiguration()) -> EventAttachment {
        EventAttachment(over: nil, bus)
    }
}
