// SPDX-License-Identifier: Apache-2.0

/// A version of an API: when it lives, and its routes with those of the versions it extends.
public struct ApiVersionNode: Sendable, Hashable {
    /// How settled a version is.
    public enum Stability: String, Sendable, Hashable {
        /// It may change, and is never chosen by default.
        case preview
        /// It keeps its promises.
        case stable
    }

    /// A stretch of time in which a version is switched off, so that who still uses it notices.
    public struct Brownout: Sendable, Hashable {
        /// When it begins.
        public let start: Instant
        /// How long it lasts.
        public let duration: Duration
        /// The answer meanwhile.
        public let status: Int

        /// A brownout.
        public init(start: Instant, duration: Duration, status: Int) {
            self.start = start
            self.duration = duration
            self.status = status
        }
    }

    /// A consumer that is served beyond the sunset.
    public struct Grace: Sendable, Hashable {
        /// The consumer.
        public let consumer: String
        /// Until when.
        public let until: Instant

        /// A grace.
        public init(consumer: String, until: Instant) {
            self.consumer = consumer
            self.until = until
        }
    }

    /// The status of requests to a version that is gone, and during a brownout, where a policy names none: Gone.
    public static let defaultGoneStatus = 410

    /// The dates of a version; nil: not yet, and not planned.
    public struct Dates: Sendable, Hashable {
        /// From when on it is served.
        public var released: Instant?
        /// When its deprecation was announced.
        public var announced: Instant?
        /// From when on it is deprecated.
        public var deprecated: Instant?
        /// From when on it is not served any more.
        public var sunset: Instant?
        /// From when on requests are told that there is no such version.
        public var removed: Instant?

        /// No date at all.
        public init() {}
    }

    /// The version.
    public let version: ApiVersion
    /// The version whose routes it starts from.
    public let extends: ApiVersion?
    /// When it lives.
    public let dates: Dates
    /// How settled it is.
    public let stability: Stability
    /// The version that takes its place.
    public let successor: ApiVersion?
    /// A page that helps to move away.
    public let guide: String?
    /// Why it ends.
    public let reason: String?
    /// The brownouts in order of time.
    public let brownouts: [Brownout]
    /// The consumers that are served longer, by name.
    public let grace: [Grace]
    /// The status of requests after the sunset.
    public let afterSunset: Int
    /// Why a promise of published dates is broken; nil: it is kept.
    public let emergency: String?
    /// Its routes by path and method.
    public let routes: [ApiRouteNode]

    /// A version; brownouts, graces and routes are put in order.
    public init(
        version: ApiVersion, extends: ApiVersion? = nil, dates: Dates = Dates(), stability: Stability = .stable,
        successor: ApiVersion? = nil, guide: String? = nil, reason: String? = nil, brownouts: [Brownout] = [],
        grace: [Grace] = [], afterSunset: Int = ApiVersionNode.defaultGoneStatus, emergency: String? = nil,
        routes: [ApiRouteNode] = []
    ) {
        self.version = version
        self.extends = extends
        self.dates = dates
        self.stability = stability
        self.successor = successor
        self.guide = guide
        self.reason = reason
        self.brownouts = brownouts.sorted { $0.start < $1.start }
        self.grace = grace.sorted { $0.consumer < $1.consumer }
        self.afterSunset = afterSunset
        self.emergency = emergency
        self.routes = routes.sorted { ($0.path, $0.method) < ($1.path, $1.method) }
    }
}
