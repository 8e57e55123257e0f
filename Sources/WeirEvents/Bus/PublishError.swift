// SPDX-License-Identifier: Apache-2.0

/// An event was not published, or nobody can tell whether it was.
public struct PublishError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why; the set may grow.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The name, such as `returned`.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No event of this type is declared.
        public static let unknownType = Code(rawValue: "unknown-type")
        /// No exchange carries the type, or several do and none was named, or the named one does not.
        public static let exchange = Code(rawValue: "exchange")
        /// It lacks what every event has, or its payload is not what its type declares.
        public static let invalid = Code(rawValue: "invalid")
        /// Its type has come to its end.
        public static let sunset = Code(rawValue: "sunset")
        /// No queue is bound for it, so nobody would have got it.
        public static let returned = Code(rawValue: "returned")
        /// A queue that should have got it refused it; others may have it.
        public static let nacked = Code(rawValue: "nacked")
        /// The time was over before anybody could say; it may have been published.
        public static let unknown = Code(rawValue: "unknown")
        /// The time was over before there was room to publish it; it was not published.
        public static let windowFull = Code(rawValue: "window-full")
        /// The bus has no store with an outbox, or that refused the event.
        public static let outbox = Code(rawValue: "outbox")
    }

    /// Why.
    public let code: Code
    /// The event's type.
    public let type: String
    /// The event's id, with which it may be published again where nobody can tell; empty where it had none yet.
    public let id: String
    /// What is wrong, as one clause.
    public let message: String

    init(_ code: Code, _ event: Event, _ message: String) {
        self.code = code
        type = event.type
        id = event.id
        self.message = message
    }

    /// The type, the message and the code.
    public var description: String { "`\(type)` was not published: \(message) [\(code.rawValue)]" }
}
