// SPDX-License-Identifier: Apache-2.0

/// A declared subscription: which events reach a queue, and which operations handle them under which rules.
public struct SubscriptionNode: Sendable, Hashable {
    /// An exchange that events come from.
    public struct Source: Sendable, Hashable {
        /// The exchange.
        public let exchange: QualifiedName
        /// The patterns of the events' types, each at most ``TopicPattern/mostBytes`` long; none for a fanout or headers exchange.
        public let patterns: [String]

        /// A source.
        public init(exchange: QualifiedName, patterns: [String]) {
            self.exchange = exchange
            self.patterns = patterns
        }
    }

    /// An operation that handles events.
    public struct Delivery: Sendable, Hashable {
        /// The operation.
        public let operation: QualifiedName
        /// Which events it handles; nil: all that no delivery before it took.
        public let filter: Filter?

        /// A delivery.
        public init(operation: QualifiedName, filter: Filter? = nil) {
            self.operation = operation
            self.filter = filter
        }
    }

    /// How long a handled event is remembered, so that a second copy of it does nothing.
    public struct Once: Sendable, Hashable {
        /// The field that tells events apart; nil: their source and id.
        public let field: String?
        /// How long it is remembered.
        public let within: Duration

        /// A memory.
        public init(field: String?, within: Duration) {
            self.field = field
            self.within = within
        }
    }

    /// In which order events are handled.
    public enum Order: Sendable, Hashable {
        /// In none in particular.
        case none
        /// Those with the same value of a field one after the other, over so many lanes.
        case byKey(field: String, lanes: Int)
        /// All one after the other: one consumer, one event at a time.
        case strict
    }

    /// A lock that is held while an event is handled.
    public struct Lock: Sendable, Hashable {
        /// The field whose value is locked.
        public let field: String
        /// How long the lease lasts.
        public let lease: Duration

        /// A lock.
        public init(field: String, lease: Duration) {
            self.field = field
            self.lease = lease
        }
    }

    /// How many events are handed out unacknowledged when nothing is declared.
    public static let defaultPrefetch = 20
    /// The lanes of an order by key when nothing is declared.
    public static let defaultLanes = 8

    /// Its full name.
    public let name: QualifiedName
    /// Where events come from.
    public let sources: [Source]
    /// Which of them are taken; nil: all.
    public let filter: Filter?
    /// The queue they wait in.
    public let queue: QualifiedName
    /// Which operation handles which event; the first whose filter holds.
    public let deliveries: [Delivery]
    /// The policy that handlers run through.
    public let policy: QualifiedName?
    /// How many events are handed out unacknowledged, 1 to 65,535.
    public let prefetch: Int
    /// How long a handled event is remembered; nil: not at all.
    public let once: Once?
    /// In which order events are handled.
    public let order: Order
    /// The lock that is held while an event is handled.
    public let lock: Lock?
    /// What happens when a handler fails; nil: the event is dead-lettered at once.
    public let redelivery: RedeliveryPolicy?
    /// Where events go that are given up; nil: where the queue says.
    public let deadLetter: QualifiedName?
    /// How many events in a row one may cause before the chain is parked; nil: no limit.
    public let mostHops: Int?

    /// A subscription; bounds are those of the language's statements.
    public init(
        name: QualifiedName, sources: [Source], filter: Filter? = nil, queue: QualifiedName, deliveries: [Delivery],
        policy: QualifiedName? = nil, prefetch: Int = Self.defaultPrefetch, once: Once? = nil, order: Order = .none,
        lock: Lock? = nil, redelivery: RedeliveryPolicy? = nil, deadLetter: QualifiedName? = nil,
        mostHops: Int? = nil
    ) {
        self.name = name
        self.sources = sources
        self.filter = filter
        self.queue = queue
        self.deliveries = deliveries
        self.policy = policy
        self.prefetch = prefetch
        self.once = once
        self.order = order
        self.lock = lock
        self.redelivery = redelivery
        self.deadLetter = deadLetter
        self.mostHops = mostHops
    }
}

/// What happens to an event whose handler failed: tried again at once, then after waits in delay queues, then dead-lettered.
public struct RedeliveryPolicy: Sendable, Hashable {
    /// The wait before the second attempt when nothing is declared.
    public static let defaultBackoff = Backoff.exponential(initial: .seconds(5), factor: .times(3))
    /// The longest wait when nothing is declared.
    public static let defaultCap: Duration = .seconds(600)
    /// What is tried again when nothing is declared.
    public static let defaultWhen: [OutcomeMatcher] = [.anyFailure]

    /// Attempts, waits and outcomes; the first delivery counts as an attempt.
    public let retry: RetryPolicy
    /// How many attempts in a row follow the first without a wait; 0 to 10.
    public let atOnce: Int
    /// Whether waits are spent with the delivery in hand, so that nothing overtakes it.
    public let waitsInPlace: Bool
    /// The failures after which the event is parked without a further attempt.
    public let park: [OutcomeMatcher]

    /// A redelivery.
    public init(_ retry: RetryPolicy, atOnce: Int = 0, waitsInPlace: Bool = false, park: [OutcomeMatcher] = []) {
        self.retry = retry
        self.atOnce = atOnce
        self.waitsInPlace = waitsInPlace
        self.park = park
    }
}
