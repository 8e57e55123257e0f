// SPDX-License-Identifier: Apache-2.0

public import Logging
public import WeirResilience

/// How a service runs its policies; the policies themselves stand in files.
public struct WeirConfiguration: Sendable {
    /// How often counters are published by default.
    public static let defaultMetricsInterval: Duration = .seconds(10)

    /// Where reloads, refusals and troubles are logged.
    public var logger: Logger
    /// Whether ``Weir/run()`` watches the files.
    public var watchesFiles: Bool
    /// Whether ``Weir/run()`` reloads on SIGHUP.
    public var reloadsOnHangup: Bool
    /// How often ``Weir/run()`` publishes counters through swift-metrics, 1 s or longer; nil: never.
    public var metricsInterval: Duration?
    /// Whether what single calls do is among the events of ``Weir/events()``; costs time in each call.
    public var recordsCallEvents: Bool
    /// Hears what single calls do, on the caller's thread; costs time in each call.
    public var observer: (any ResilienceObserver)?
    /// A bundle to start from when the files are broken; nil: broken files refuse to start.
    public var lastGood: LastGoodBundle?
    /// What somebody else enforces, by the id with which loading refuses it, such as `api-lifecycle` where a gateway does.
    ///
    /// Nothing that is not named here is silently left out.
    public var enforcedElsewhere: Set<String>
    /// What serves APIs by their lifecycle, such as the routes of a web server.
    public var apis: [any ApiEnforcement]
    /// What routes events; nil: nothing, and policies with events are refused.
    public var events: EventAttachment?
    /// Where the engine's time comes from.
    public var clock: EngineClock
    /// Where the engine's chance comes from.
    public var random: EngineRandom
    /// What the periodic work of ``Weir/run()`` waits on.
    public var timer: any Clock<Duration>
    /// Seconds since 1970, for the age of the last good bundle.
    public var wallClock: @Sendable () -> Int64

    /// A configuration; every setting has the default that suits a service in production.
    public init(
        logger: Logger = Logger(label: "weir"), watchesFiles: Bool = true, reloadsOnHangup: Bool = true,
        metricsInterval: Duration? = WeirConfiguration.defaultMetricsInterval, recordsCallEvents: Bool = false,
        observer: (any ResilienceObserver)? = nil, lastGood: LastGoodBundle? = nil,
        enforcedElsewhere: Set<String> = [], apis: [any ApiEnforcement] = [],
        events: EventAttachment? = nil, clock: EngineClock = .system,
        random: EngineRandom = EngineRandom(), timer: any Clock<Duration> = ContinuousClock(),
        wallClock: @escaping @Sendable () -> Int64 = WallClock.now
    ) {
        self.logger = logger
        self.watchesFiles = watchesFiles
        self.reloadsOnHangup = reloadsOnHangup
        self.metricsInterval = metricsInterval.map { max($0, .seconds(1)) }
        self.recordsCallEvents = recordsCallEvents
        self.observer = observer
        self.lastGood = lastGood
        self.enforcedElsewhere = enforcedElsewhere
        self.apis = apis
        self.events = events
        self.clock = clock
        self.random = random
        self.timer = timer
        self.wallClock = wallClock
    }
}
