// SPDX-License-Identifier: Apache-2.0

/// Everything about events in a graph: what is published where, how it is routed, and who handles it.
public struct EventTopology: Sendable, Hashable {
    /// A graph without events.
    public static let empty = EventTopology()

    /// What holds for all events.
    public let bus: BusNode?
    /// The types of events by name.
    public let events: [EventNode]
    /// The exchanges by name.
    public let exchanges: [ExchangeNode]
    /// The queues by name.
    public let queues: [QueueNode]
    /// The subscriptions by name.
    public let subscriptions: [SubscriptionNode]
    /// The sagas by name.
    public let sagas: [SagaNode]
    /// The audits by name.
    public let audits: [AuditNode]
    /// The chaos profiles by name.
    public let chaosProfiles: [ChaosProfileNode]

    /// A topology of these parts; each list is put in the order of its names.
    public init(
        bus: BusNode? = nil, events: [EventNode] = [], exchanges: [ExchangeNode] = [], queues: [QueueNode] = [],
        subscriptions: [SubscriptionNode] = [], sagas: [SagaNode] = [], audits: [AuditNode] = [],
        chaosProfiles: [ChaosProfileNode] = []
    ) {
        self.bus = bus
        self.events = events.sorted { $0.name < $1.name }
        self.exchanges = exchanges.sorted { $0.name < $1.name }
        self.queues = queues.sorted { $0.name < $1.name }
        self.subscriptions = subscriptions.sorted { $0.name < $1.name }
        self.sagas = sagas.sorted { $0.name < $1.name }
        self.audits = audits.sorted { $0.name < $1.name }
        self.chaosProfiles = chaosProfiles.sorted { $0.name < $1.name }
    }

    /// Whether nothing about events is declared.
    public var isEmpty: Bool { self == .empty }

    /// The type of a full name.
    public func event(_ name: QualifiedName) -> EventNode? { Self.find(name, in: events, by: \.name) }
    /// The exchange of a full name.
    public func exchange(_ name: QualifiedName) -> ExchangeNode? { Self.find(name, in: exchanges, by: \.name) }
    /// The queue of a full name.
    public func queue(_ name: QualifiedName) -> QueueNode? { Self.find(name, in: queues, by: \.name) }
    /// The subscription of a full name.
    public func subscription(_ name: QualifiedName) -> SubscriptionNode? {
        Self.find(name, in: subscriptions, by: \.name)
    }

    /// The part of a name in a list that is in the order of names.
    private static func find<Part>(
        _ name: QualifiedName, in parts: [Part], by key: (Part) -> QualifiedName
    ) -> Part? {
        var (low, high) = (0, parts.count)
        while low < high {
            let middle = (low + high) / 2
            if key(parts[middle]) < name { low = middle + 1 } else { high = middle }
        }
        return low < parts.count && key(parts[low]) == name ? parts[low] : nil
    }
}
