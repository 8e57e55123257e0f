// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// Something that happened on the bus, for logs, metrics and tests.
public struct BusEvent: Sendable, Hashable {
    /// What happened; the set may grow.
    public struct Name: RawRepresentable, Sendable, Hashable {
        /// The name, such as `handled`.
        public let rawValue: String
        /// A name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// An event was published and confirmed.
        public static let published = Name(rawValue: "published")
        /// An event was not published; ``BusEvent/reason`` is the code of the error.
        public static let publishFailed = Name(rawValue: "publish-failed")
        /// A handler is done with an event.
        public static let handled = Name(rawValue: "handled")
        /// A handler failed; the event is handled again.
        public static let failed = Name(rawValue: "failed")
        /// An event was given up and went to the dead letters.
        public static let deadLettered = Name(rawValue: "dead-lettered")
        /// An event was given up, and nothing takes what is given up.
        public static let lost = Name(rawValue: "lost")
        /// An event was handled before, so nothing was done.
        public static let remembered = Name(rawValue: "remembered")
        /// The `where` of the subscription does not hold.
        public static let filteredOut = Name(rawValue: "filtered-out")
        /// An event could not be handled now and comes again, without an attempt being counted.
        public static let postponed = Name(rawValue: "postponed")
        /// The store failed; the subscription rests.
        public static let storeFailed = Name(rawValue: "store-failed")
        /// The copy of an event for its next attempt, or for the dead letters, could not be published yet.
        public static let copyFailed = Name(rawValue: "copy-failed")
        /// A run of a saga has begun; for this and the next three, ``BusEvent/source`` is the saga, ``BusEvent/id`` the run and
        /// ``BusEvent/type`` the step.
        public static let sagaStarted = Name(rawValue: "saga-started")
        /// All steps of a run are done.
        public static let sagaCompleted = Name(rawValue: "saga-completed")
        /// A run has failed, and what was done is undone; ``BusEvent/reason`` says why.
        public static let sagaUndone = Name(rawValue: "saga-undone")
        /// A run cannot go on by itself; ``BusEvent/reason`` says why.
        public static let sagaStuck = Name(rawValue: "saga-stuck")
        /// A chaos profile made trouble; ``BusEvent/reason`` says which.
        public static let chaos = Name(rawValue: "chaos")
    }

    /// What happened.
    public let name: Name
    /// The event's type; empty where it could not be read.
    public let type: String
    /// The event's source.
    public let source: String
    /// The event's id.
    public let id: String
    /// The subscription, where one had it.
    public let subscription: QualifiedName?
    /// The operation, where one had it.
    public let operation: QualifiedName?
    /// The attempt, from 1; 0 where there was none.
    public let attempt: Int
    /// Why, in one word or the words of an error; nil where nothing had to be decided.
    public let reason: String?
    /// The type of the error that a handler failed with, or the word for its outcome; nil where none failed.
    public let error: String?
    /// How long the handler took, in nanoseconds; 0 where none ran.
    public let nanoseconds: UInt64
}

/// Hears what the bus does.
public protocol BusObserver: Sendable {
    /// Takes one event; called outside every lock, so it must be quick and must not wait.
    func record(_ event: BusEvent)
}
