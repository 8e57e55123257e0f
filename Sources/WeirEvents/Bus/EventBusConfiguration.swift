// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
public import WeirResilience

/// How a service uses the bus; what travels where stands in the policies.
public struct EventBusConfiguration: Sendable {
    /// How long running handlers have to end at a shutdown, by default.
    public static let defaultDrain: Duration = .seconds(30)
    /// How long a handler has an event to itself when its policy states no limit.
    public static let defaultLease: Duration = .seconds(300)
    /// How long a lock or a turn that somebody else has is left alone before it is asked for again, at most.
    static let longestPostponement: Duration = .seconds(5)

    /// The services whose operations this process runs, in full or the ends of their names; nil: all of them.
    ///
    /// A subscription that delivers to one of them must have a handler when the bus starts.
    public var services: [String]?
    /// The source of events that state none, where the policies name none either.
    public var source: String
    /// Where handled events, locks and the outbox are kept; nil: in memory, which is gone with the process.
    public var store: (any EventStore)?
    /// The chaos profile to apply to deliveries; nil: none.
    public var chaosProfile: String?
    /// How long running handlers have to end at a shutdown.
    public var drain: Duration
    /// Hears what happens on the bus; costs time with each event.
    public var observer: (any BusObserver)?
    /// Where time comes from.
    public var clock: EngineClock
    /// Where chance comes from.
    public var random: EngineRandom
    /// Where the time of day comes from.
    public var wallClock: @Sendable () -> Timestamp

    /// A configuration; every setting has the default that suits a service in production.
    public init(
        services: [String]? = nil, source: String = "/weir", store: (any EventStore)? = nil,
        chaosProfile: String? = nil,
        drain: Duration = EventBusConfiguration.defaultDrain, observer: (any BusObserver)? = nil,
        clock: EngineClock = .system, random: EngineRandom = EngineRandom(),
        wallClock: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.services = services
        self.source = source
        self.store = store
        self.chaosProfile = chaosProfile
        self.drain = drain
        self.observer = observer
        self.clock = clock
        self.random = random
        self.wallClock = wallClock
    }
}
