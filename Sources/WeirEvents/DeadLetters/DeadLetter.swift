// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A message that was given up, as it lies in its queue.
public struct DeadLetter: Sendable {
    /// The message.
    public let message: EventMessage
    /// The queue that it came from; nil where nobody can tell.
    public let origin: QualifiedName?

    /// Its event; nil where it cannot be read.
    public var event: Event? { message.event }
    /// What it has been through: attempts, reason, error.
    public var trail: DeliveryTrail { message.trail }
    /// Why it is no event; nil where it is one.
    public var unreadable: String? {
        if case .unreadable(_, let error) = message.content { "\(error)" } else { nil }
    }

    /// Which messages are meant; everything that is nil or empty means all.
    public struct Selection: Sendable, Hashable {
        /// The ids of their events.
        public var ids: Set<String>
        /// The type of their events.
        public var type: String?
        /// Why they were given up, such as `exhausted`.
        public var reason: String?

        /// A selection.
        public init(ids: Set<String> = [], type: String? = nil, reason: String? = nil) {
            self.ids = ids
            self.type = type
            self.reason = reason
        }

        /// Whether a message is meant.
        public func takes(_ letter: DeadLetter) -> Bool {
            (ids.isEmpty || letter.event.map { ids.contains($0.id) } ?? false)
                && (type == nil || letter.event?.type == type)
                && (reason == nil || letter.trail.reason?.rawValue == reason)
        }
    }
}
