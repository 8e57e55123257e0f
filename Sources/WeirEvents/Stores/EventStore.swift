// SPDX-License-Identifier: Apache-2.0

/// Where a service remembers which events it has handled, what it still has to publish, and who holds which lock.
///
/// Times come with each call. Every method is one transaction: after it returned, its effect survives a crash of the process (as
/// far as the store survives one at all); when it throws, it has none, or the store says that it cannot tell.
public protocol EventStore: Sendable {
    /// Asks for an event's turn at a subscription. Who gets it has to ``commit(_:at:)`` or ``giveBack(_:)`` it, or lets the lease run out.
    func begin(_ key: InboxKey, until lease: Timestamp, at now: Timestamp) async throws -> LeaseRecords<InboxKey>.Claim

    /// Takes everything of a commit over at once, or nothing.
    /// - Throws: ``StoreError`` `fenceLost` when its inbox turn belongs to somebody else by now.
    func commit(_ commit: StoreCommit, at now: Timestamp) async throws

    /// Gives a turn back undone; nothing when it belongs to somebody else by now.
    func giveBack(_ turn: InboxTurn) async throws

    /// Takes events of the outbox that nobody else is sending, oldest first, for as long as the lease.
    func takeOutbox(most: Int, until lease: Timestamp, at now: Timestamp) async throws -> [OutboxEvent]

    /// Takes events out of the outbox that have been published.
    func sent(_ numbers: [Int64]) async throws

    /// Keeps events of the outbox for a human, because they cannot be published; they are not taken again.
    func failed(_ number: Int64, because reason: String) async throws

    /// Events of the outbox that wait, and those that could not be published.
    func outboxCounts() async throws -> (waiting: Int, failed: Int)

    /// Takes a lock, with a fence larger than all that were given out before.
    func lock(_ name: String, until lease: Timestamp, at now: Timestamp) async throws -> LeaseRecords<String>.Claim

    /// Gives a lock back; nothing when it belongs to somebody else by now.
    func unlock(_ name: String, fence: UInt64) async throws

    /// Forgets what was to be remembered until now.
    func forget(at now: Timestamp) async throws
}

/// Which event at which subscription.
public struct InboxKey: Sendable, Hashable {
    /// The subscription's full name.
    public let subscription: String
    /// The event's source and id, or the value of the field that tells events apart.
    public let event: String

    /// A key.
    public init(subscription: String, event: String) {
        self.subscription = subscription
        self.event = event
    }
}

/// An event's turn at a subscription.
public struct InboxTurn: Sendable, Hashable {
    /// Which event at which subscription.
    public let key: InboxKey
    /// Tells this turn from later ones.
    public let fence: UInt64

    /// A turn.
    public init(key: InboxKey, fence: UInt64) {
        self.key = key
        self.fence = fence
    }
}

/// What a handled event changes, all at once.
public struct StoreCommit: Sendable {
    /// The turn that ends here, and how long it is remembered.
    public var turn: InboxTurn?
    /// Until when the event is remembered as handled.
    public var keep: Timestamp?
    /// What is to be published because of it, in order.
    public var outbox: [Event]
    /// What else is written in the same transaction; a store knows its own kind only.
    public var changes: [any StagedChange]

    /// A commit.
    public init(
        turn: InboxTurn? = nil, keep: Timestamp? = nil, outbox: [Event] = [], changes: [any StagedChange] = []
    ) {
        self.turn = turn
        self.keep = keep
        self.outbox = outbox
        self.changes = changes
    }

    /// Whether it changes nothing.
    public var isEmpty: Bool { turn == nil && outbox.isEmpty && changes.isEmpty }
}

/// A change that a handler wants to be written together with the note that its event is handled; each store defines its own.
public protocol StagedChange: Sendable {}

/// An event that waits to be published.
public struct OutboxEvent: Sendable, Hashable {
    /// Its place in the order; unique in its store.
    public let number: Int64
    /// The event, with its id.
    public let event: Event

    /// An event that waits.
    public init(number: Int64, event: Event) {
        self.number = number
        self.event = event
    }
}

/// Why a store did not do what it was asked.
public struct StoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why; the set may grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name, such as `fence-lost`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The lease ran out and somebody else has taken over.
        public static let fenceLost = Code(rawValue: "fence-lost")
        /// Somebody else has changed it in between.
        public static let conflict = Code(rawValue: "conflict")
        /// The store does not know this kind of change.
        public static let unknownChange = Code(rawValue: "unknown-change")
        /// It cannot take more.
        public static let full = Code(rawValue: "full")
        /// It cannot be reached.
        public static let unavailable = Code(rawValue: "unavailable")
        /// It was lost in the middle of a commit, and nobody can tell whether that is written; asking again tells.
        public static let uncertain = Code(rawValue: "uncertain")
        /// What it holds cannot be read.
        public static let damaged = Code(rawValue: "damaged")
    }

    /// Why.
    public let code: Code
    /// What is wrong, as one clause.
    public let message: String

    /// An error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(message) [\(code.rawValue)]" }
}
