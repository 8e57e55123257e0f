// SPDX-License-Identifier: Apache-2.0

/// A declared exchange: where events are published, and from where they are routed to queues.
public struct ExchangeNode: Sendable, Hashable {
    /// How it routes.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// By patterns over the words of the event's type.
        case topic
        /// By equality with the event's type.
        case direct
        /// Everything to everyone.
        case fanout
        /// Everything to everyone whose filter holds.
        case headers
    }

    /// What becomes of an event that no queue is bound for.
    public enum Unrouted: Sendable, Hashable {
        /// Nothing is declared; the publisher is told, as by `refused`.
        case undeclared
        /// The publisher gets an error.
        case refused
        /// It goes to this queue.
        case queue(QualifiedName)
    }

    /// How it routes when nothing is declared.
    public static let defaultKind = Kind.topic

    /// Its full name.
    public let name: QualifiedName
    /// How it routes.
    public let kind: Kind
    /// The types of events that are published to it, in the order of their names.
    public let carries: [QualifiedName]
    /// What becomes of an event that no queue is bound for.
    public let unrouted: Unrouted
    /// How events are published to it, where that differs from the bus.
    public let publish: PublishSettings?

    /// An exchange.
    public init(
        name: QualifiedName, kind: Kind = Self.defaultKind, carries: [QualifiedName] = [],
        unrouted: Unrouted = .undeclared, publish: PublishSettings? = nil
    ) {
        self.name = name
        self.kind = kind
        self.carries = carries.sorted()
        self.unrouted = unrouted
        self.publish = publish
    }
}

/// How events are published: how many may be unconfirmed, and how long that may take.
public struct PublishSettings: Sendable, Hashable {
    /// The messages in flight when nothing is declared.
    public static let defaultWindowMessages = 256
    /// The bytes in flight when nothing is declared: 4 MiB.
    public static let defaultWindowBytes = 4 << 20
    /// How long a publisher waits when nothing is declared.
    public static let defaultTimeout: Duration = .seconds(5)

    /// How many messages may be unconfirmed, 1 to 100,000; the publisher waits at the limit.
    public let windowMessages: Int
    /// How many bytes may be unconfirmed, 1 KiB to 1 GiB.
    public let windowBytes: Int
    /// How long a publisher waits for room and for the confirmation; longer than zero.
    public let timeout: Duration
    /// Whether events are first stored with the business change and then relayed.
    public let usesOutbox: Bool

    /// Settings.
    /// - Throws: ``InvalidValue`` when one is out of bounds.
    public init(
        windowMessages: Int = Self.defaultWindowMessages, windowBytes: Int = Self.defaultWindowBytes,
        timeout: Duration = Self.defaultTimeout, usesOutbox: Bool = false
    ) throws(InvalidValue) {
        try require(
            (1...100_000).contains(windowMessages), "window", "\(windowMessages) messages", "1 to 100,000 messages")
        try require((1 << 10...1 << 30).contains(windowBytes), "window", "\(windowBytes)B", "1KiB to 1GiB")
        try require(
            timeout > .zero && timeout <= .weirLongest, "timeout", timeout.weirText, "longer than 0s and at most 366d")
        self.windowMessages = windowMessages
        self.windowBytes = windowBytes
        self.timeout = timeout
        self.usesOutbox = usesOutbox
    }
}
