// SPDX-License-Identifier: Apache-2.0

/// A declared saga: steps that one event sets off, each undone when a later one fails.
public struct SagaNode: Sendable, Hashable {
    /// What a step does.
    public enum Action: Sendable, Hashable {
        /// Calls an operation, through a policy where one is named.
        case call(QualifiedName, policy: QualifiedName?)
        /// Publishes an event.
        case publish(QualifiedName, to: QualifiedName)
    }

    /// A step.
    public struct Step: Sendable, Hashable {
        /// Its name in the saga.
        public let name: String
        /// What it does; nil: it only waits.
        public let action: Action?
        /// The events of which one ends it well; none: it ends with its action.
        public let awaits: [QualifiedName]
        /// The events of which one ends it badly.
        public let failsWhen: [QualifiedName]
        /// What undoes it.
        public let compensation: Action?
        /// How long it may take; nil: as long as the saga.
        public let within: Duration?

        /// A step.
        public init(
            name: String, action: Action? = nil, awaits: [QualifiedName] = [], failsWhen: [QualifiedName] = [],
            compensation: Action? = nil, within: Duration? = nil
        ) {
            self.name = name
            self.action = action
            self.awaits = awaits.sorted()
            self.failsWhen = failsWhen.sorted()
            self.compensation = compensation
            self.within = within
        }
    }

    /// How long a saga may take when nothing is declared.
    public static let defaultWithin: Duration = .seconds(86_400)

    /// Its full name.
    public let name: QualifiedName
    /// The events that set it off.
    public let start: [QualifiedName]
    /// The field by which events are told to belong to one run of it.
    public let key: String
    /// The steps in order.
    public let steps: [Step]
    /// How long a run may take.
    public let within: Duration

    /// A saga.
    public init(
        name: QualifiedName, start: [QualifiedName], key: String, steps: [Step], within: Duration = Self.defaultWithin
    ) {
        self.name = name
        self.start = start.sorted()
        self.key = key
        self.steps = steps
        self.within = within
    }
}

/// A declared record of everything that matched, to be read again.
public struct AuditNode: Sendable, Hashable {
    /// Its full name.
    public let name: QualifiedName
    /// Where events come from.
    public let sources: [SubscriptionNode.Source]
    /// How long they are kept; nil: for ever.
    public let keep: Duration?
    /// How many bytes are kept; nil: no limit.
    public let mostBytes: Int?

    /// An audit.
    public init(name: QualifiedName, sources: [SubscriptionNode.Source], keep: Duration?, mostBytes: Int?) {
        self.name = name
        self.sources = sources
        self.keep = keep
        self.mostBytes = mostBytes
    }
}

/// Faults that are put into deliveries on purpose, where a service is started with the profile's name.
public struct ChaosProfileNode: Sendable, Hashable {
    /// Its full name.
    public let name: QualifiedName
    /// The share of events delivered twice.
    public let duplicate: Ratio
    /// The share of events delivered late.
    public let delay: Ratio
    /// How late.
    public let delayBy: Duration
    /// The share of acknowledgements lost.
    public let dropAcks: Ratio
    /// The subscriptions it is for.
    public let subscriptions: [QualifiedName]

    /// A profile.
    public init(
        name: QualifiedName, duplicate: Ratio = .zero, delay: Ratio = .zero, delayBy: Duration = .zero,
        dropAcks: Ratio = .zero, subscriptions: [QualifiedName]
    ) {
        self.name = name
        self.duplicate = duplicate
        self.delay = delay
        self.delayBy = delayBy
        self.dropAcks = dropAcks
        self.subscriptions = subscriptions.sorted()
    }
}
