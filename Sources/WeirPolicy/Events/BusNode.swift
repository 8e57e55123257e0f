// SPDX-License-Identifier: Apache-2.0

/// What holds for all events of a workspace: their envelope, the broker they travel over, how they are published.
public struct BusNode: Sendable, Hashable {
    /// How an event is wrapped.
    public enum Envelope: String, Sendable, Hashable, CaseIterable {
        /// CloudEvents 1.0, attributes as headers.
        case binary
        /// CloudEvents 1.0, attributes and data in one JSON document.
        case structured
        /// The fields `event_id`, `event_type`, `timestamp`, `source_service`, `data`, `correlation_id` and `metadata`.
        case legacy
    }

    /// What events travel over.
    public enum Target: Sendable, Hashable {
        /// The memory of the process.
        case memory
        /// RabbitMQ of at least this version.
        case rabbitMQ(major: Int, minor: Int)
    }

    /// The delay queues when nothing is declared.
    public static let defaultDelays: [Duration] = [1, 5, 30, 120, 600, 3600].map { .seconds($0) }
    /// How long a consumer may hold an event when nothing is declared: what RabbitMQ allows.
    public static let defaultAcknowledgeWithin: Duration = .seconds(1800)

    /// Its full name.
    public let name: QualifiedName
    /// The source that events name when their publisher names none, such as `/shop`.
    public let source: String?
    /// How an event is wrapped.
    public let envelope: Envelope
    /// What events travel over.
    public let target: Target
    /// The waits that have a delay queue, shortest first.
    public let delays: [Duration]
    /// How long a consumer may hold an event unacknowledged.
    public let acknowledgeWithin: Duration
    /// How events are published.
    public let publish: PublishSettings?

    /// A bus.
    public init(
        name: QualifiedName, source: String? = nil, envelope: Envelope = .binary, target: Target = .memory,
        delays: [Duration] = Self.defaultDelays, acknowledgeWithin: Duration = Self.defaultAcknowledgeWithin,
        publish: PublishSettings? = nil
    ) {
        self.name = name
        self.source = source
        self.envelope = envelope
        self.target = target
        self.delays = Set(delays).sorted()
        self.acknowledgeWithin = acknowledgeWithin
        self.publish = publish
    }
}
