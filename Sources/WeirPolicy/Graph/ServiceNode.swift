// SPDX-License-Identifier: Apache-2.0

/// A declared service.
public struct ServiceNode: Sendable, Hashable {
    /// Its full name.
    public let name: QualifiedName
    /// Whether somebody else runs it.
    public let isExternal: Bool
    /// Who answers for it.
    public let owner: String?
    /// How much hangs on it.
    public let tier: String?

    /// A service and what is declared of it.
    public init(name: QualifiedName, isExternal: Bool, owner: String?, tier: String?) {
        self.name = name
        self.isExternal = isExternal
        self.owner = owner
        self.tier = tier
    }
}

/// A declared operation: the facts that analyses use, and the calls it makes.
public struct OperationNode: Sendable, Hashable {
    /// Whether a repeated call does harm.
    public enum Idempotency: Sendable, Hashable {
        /// Nothing is declared; the method decides (GET, HEAD, PUT and DELETE are safe to repeat).
        case undeclared
        /// It does none.
        case idempotent
        /// It does none because the callee knows repeated calls by this key.
        case by(ScopeKey.Source)
        /// It does.
        case notIdempotent
    }

    /// A call to another operation.
    public struct Call: Sendable, Hashable {
        /// The operation that is called.
        public let callee: QualifiedName
        /// How often for one call of the caller.
        public let times: Int
        /// The policy that the call runs through.
        public let policy: QualifiedName?

        /// A call.
        public init(callee: QualifiedName, times: Int, policy: QualifiedName?) {
            self.callee = callee
            self.times = times
            self.policy = policy
        }
    }

    /// An event that the operation publishes.
    public struct Publication: Sendable, Hashable {
        /// The type of event.
        public let event: QualifiedName
        /// The exchange.
        public let exchange: QualifiedName

        /// A publication.
        public init(event: QualifiedName, exchange: QualifiedName) {
            self.event = event
            self.exchange = exchange
        }
    }

    /// Its full name; the name part is `service.operation`.
    public let name: QualifiedName
    /// The HTTP method, such as `POST`.
    public let method: String?
    /// The HTTP path, with parameters in braces.
    public let route: String?
    /// Whether a repeated call does harm.
    public let idempotency: Idempotency
    /// The traffic to expect.
    public let load: Rate?
    /// How long half of the calls take at most.
    public let typicalLatency: Duration?
    /// How long 99 of 100 calls take at most.
    public let p99Latency: Duration?
    /// The longest a caller waits.
    public let answersWithin: Duration?
    /// The calls it makes, in order.
    public let calls: [Call]
    /// The events it publishes, in order.
    public let publishes: [Publication]
    /// What the team wants of it, in order.
    public let objectives: [ServiceObjective]

    /// An operation and what is declared of it.
    public init(
        name: QualifiedName, method: String? = nil, route: String? = nil, idempotency: Idempotency = .undeclared,
        load: Rate? = nil, typicalLatency: Duration? = nil, p99Latency: Duration? = nil,
        answersWithin: Duration? = nil, calls: [Call] = [], publishes: [Publication] = [],
        objectives: [ServiceObjective] = []
    ) {
        self.name = name
        self.method = method
        self.route = route
        self.idempotency = idempotency
        self.load = load
        self.typicalLatency = typicalLatency
        self.p99Latency = p99Latency
        self.answersWithin = answersWithin
        self.calls = calls
        self.publishes = publishes
        self.objectives = objectives
    }

    /// Whether a repeated call does harm as far as is declared: by `not idempotent`, or POST and PATCH without a word.
    public var isUnsafeToRepeat: Bool {
        switch idempotency {
        case .idempotent, .by: false
        case .notIdempotent: true
        case .undeclared: method == "POST" || method == "PATCH"
        }
    }
}
