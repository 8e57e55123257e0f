// SPDX-License-Identifier: Apache-2.0

/// A declared API: its versions, how a request chooses one, and what is promised of their dates.
public struct ApiNode: Sendable, Hashable {
    /// What happens to a request that names two versions.
    public enum Disagreement: String, Sendable, Hashable {
        /// It is refused.
        case refused
        /// The first reader that finds one wins.
        case ranked
    }

    /// The version of a request that names none.
    public enum Unversioned: Sendable, Hashable {
        /// None: it is refused.
        case none
        /// This one.
        case version(ApiVersion)
        /// The newest stable one that is alive.
        case latestStable
        /// The oldest one that is alive.
        case oldest
        /// The one that its consumer is pinned to.
        case pinned
    }

    /// What is promised of dates; nil: nothing.
    public struct Promises: Sendable, Hashable {
        /// From deprecation to sunset at least.
        public var afterDeprecation: Period?
        /// From the successor's release to the sunset at least.
        public var afterSuccessor: Period?
        /// From announcement to deprecation at least.
        public var announceAhead: Period?
        /// The file that remembers published dates, none of which may move earlier.
        public var registry: String?

        /// No promise.
        public init() {}
    }

    /// How a request can miss its version, by the key of the status that answers it.
    public enum Fault: String, Sendable, Hashable, CaseIterable {
        /// It names a version that does not exist.
        case unknown = "unknown-version-replies"
        /// What stands where a version is due is none.
        case malformed = "malformed-version-replies"
        /// It names two versions.
        case ambiguous = "ambiguous-version-replies"
        /// It names none, and there is no default.
        case unspecified = "unspecified-version-replies"
        /// `Accept` takes none that is served.
        case unacceptable = "unacceptable-version-replies"
        /// Its body is of a version that does not exist.
        case unknownBody = "unknown-body-version-replies"

        /// The fault as the language names it, such as `malformed version`.
        public var words: String { rawValue.split(separator: "-").dropLast().joined(separator: " ") }
    }

    /// How a request chooses its version.
    public struct Negotiation: Sendable, Hashable {
        /// Where it may name one, in order.
        public var readers: [VersionReader] = []
        /// What happens when it names two.
        public var disagreement = Disagreement.refused
        /// What it gets when it names none.
        public var unversioned = Unversioned.none
        /// The versions of consumers that name none.
        public var pins: [String: ApiVersion] = [:]
        /// The statuses that take the place of the usual ones.
        public var statuses: [Fault: Int] = [:]
        /// Whether a day that is no version means the newest version before it.
        public var takesNearestEarlier = false

        /// No place that names a version.
        public init() {}
    }

    /// How usage is counted; nil: not at all.
    public struct Usage: Sendable, Hashable {
        /// Where a request names its consumer, in order.
        public let consumers: [ConsumerSource]
        /// How long before a sunset calls of the version raise an alert; nil: never.
        public let alertWithin: Period?

        /// A way of counting.
        public init(consumers: [ConsumerSource], alertWithin: Period?) {
            self.consumers = consumers
            self.alertWithin = alertWithin
        }
    }

    /// Its full name.
    public let name: QualifiedName
    /// The service that answers.
    public let service: QualifiedName?
    /// The path before every route.
    public let base: String?
    /// What is promised of dates.
    public let promises: Promises
    /// How a request chooses its version.
    public let negotiation: Negotiation
    /// Paths that have no version.
    public let neutral: [String]
    /// Paths that outlive their version's sunset.
    public let alwaysAvailable: [String]
    /// How usage is counted.
    public let usage: Usage?
    /// The versions, the oldest first.
    public let versions: [ApiVersionNode]

    /// An API; its versions are put in order.
    public init(
        name: QualifiedName, service: QualifiedName? = nil, base: String? = nil, promises: Promises = Promises(),
        negotiation: Negotiation = Negotiation(), neutral: [String] = [], alwaysAvailable: [String] = [],
        usage: Usage? = nil, versions: [ApiVersionNode] = []
    ) {
        self.name = name
        self.service = service
        self.base = base
        self.promises = promises
        self.negotiation = negotiation
        self.neutral = neutral
        self.alwaysAvailable = alwaysAvailable
        self.usage = usage
        self.versions = versions.sorted { $0.version < $1.version }
    }

    /// The version of this name.
    public func version(_ version: ApiVersion) -> ApiVersionNode? { versions.first { $0.version == version } }
}
