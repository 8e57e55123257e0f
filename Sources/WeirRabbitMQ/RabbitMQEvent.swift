// SPDX-License-Identifier: Apache-2.0

/// Something that happened between a service and its broker, for logs and metrics.
public struct RabbitMQEvent: Sendable, Hashable, CustomStringConvertible {
    /// Hears of events, on the threads of connections: it must return at once.
    public typealias Listener = @Sendable (RabbitMQEvent) -> Void

    /// What happened; more may come.
    public struct Name: RawRepresentable, Sendable, Hashable {
        /// The name in logs.
        public let rawValue: String

        /// A name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A connection was made.
        public static let connected = Name(rawValue: "connected")
        /// A connection was lost, or could not be made; it is tried again.
        public static let disconnected = Name(rawValue: "disconnected")
        /// The broker takes no messages for now.
        public static let blocked = Name(rawValue: "blocked")
        /// The broker takes messages again.
        public static let unblocked = Name(rawValue: "unblocked")
        /// The broker ended a consumer, as when its queue is deleted; it is started again.
        public static let consumerEnded = Name(rawValue: "consumer-ended")
        /// What is declared could not be brought back.
        public static let topologyRefused = Name(rawValue: "topology-refused")
    }

    /// What happened.
    public let name: Name
    /// What the connection is for; nil where it concerns none alone.
    public let connection: String?
    /// The queue of the consumer, as the broker names it.
    public let queue: String?
    /// Why, in words of the broker or the library.
    public let reason: String?

    init(_ name: Name, connection: String?, queue: String? = nil, reason: String? = nil) {
        self.name = name
        self.connection = connection
        self.queue = queue
        self.reason = reason
    }

    /// The event as one line.
    public var description: String {
        let place = [connection.map { "of `\($0)`" }, queue.map { "queue `\($0)`" }].compactMap { $0 }
        return ([name.rawValue] + place).joined(separator: " ") + (reason.map { ": \($0)" } ?? "")
    }
}
