// SPDX-License-Identifier: Apache-2.0

/// A declared queue.
public struct QueueNode: Sendable, Hashable {
    /// How it is kept.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// On several machines, by agreement.
        case quorum
        /// On one machine.
        case classic
        /// As a log that is read again and again.
        case stream
    }

    /// How it is kept when nothing is declared.
    public static let defaultKind = Kind.quorum
    /// How often a quorum queue delivers a message when nothing is declared.
    public static let defaultDeliveries = 20

    /// Its full name.
    public let name: QualifiedName
    /// How it is kept.
    public let kind: Kind
    /// How many messages it holds at most; beyond that publishers are refused. Nil: no limit.
    public let mostMessages: Int?
    /// How many bytes it holds at most; nil: no limit.
    public let mostBytes: Int?
    /// How long a message waits in it at most; nil: for ever.
    public let expireAfter: Duration?
    /// How often the broker delivers a message at most; nil: without a limit, which only classic queues and streams have.
    public let deliveries: Int?
    /// Where rejected and expired messages go; nil: nowhere, they are gone.
    public let deadLetter: QualifiedName?

    /// A queue; bounds are those of the language's statements.
    public init(
        name: QualifiedName, kind: Kind = Self.defaultKind, mostMessages: Int? = nil, mostBytes: Int? = nil,
        expireAfter: Duration? = nil, deliveries: Int? = nil, deadLetter: QualifiedName? = nil
    ) {
        self.name = name
        self.kind = kind
        self.mostMessages = mostMessages
        self.mostBytes = mostBytes
        self.expireAfter = expireAfter
        self.deliveries = deliveries ?? (kind == .quorum ? Self.defaultDeliveries : nil)
        self.deadLetter = deadLetter
    }
}
