// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// The declared topology compiled for routing: which queues get a copy of an event, and which operation handles it.
///
/// Pure and immutable. A queue gets one copy of an event, however many of its bindings match. Audits are told beside it; what
/// only an audit takes counts as unrouted.
public struct EventRouter: Sendable {
    /// Where an event goes.
    public struct Route: Sendable, Hashable {
        /// The queues that get a copy each, in the order of their names.
        public let queues: [QualifiedName]
        /// The audits that record it, in the order of their names.
        public let audits: [QualifiedName]
        /// The queue that gets it because no other does; nil where one does, or the exchange names none.
        public let unrouted: QualifiedName?

        /// Whether no queue gets it, so that its publisher is told.
        public var isReturned: Bool { queues.isEmpty && unrouted == nil }
    }

    /// What a subscription does with an event from its queue.
    public enum Dispatch: Sendable, Hashable {
        /// This operation handles it.
        case operation(QualifiedName)
        /// Its `where` does not hold, so the event is done.
        case filteredOut
        /// No `deliver` takes it, so the event is dead-lettered.
        case unhandled
    }

    private struct Exchange: Sendable {
        let index: TopicIndex
        /// The targets that get everything.
        let everyone: [Int]
        let unrouted: QualifiedName?
    }

    /// What a subscription does with events, compiled.
    final class Subscriber: Sendable {
        private let filter: CompiledFilter?
        private let deliveries: [(operation: QualifiedName, filter: CompiledFilter?)]

        init(_ node: SubscriptionNode) {
            filter = node.filter.map { CompiledFilter($0) }
            deliveries = node.deliveries.map { ($0.operation, $0.filter.map { CompiledFilter($0) }) }
        }

        /// Whether it takes an event.
        func takes(_ event: some FilterableEvent) -> Bool { filter?.matches(event) ?? true }

        /// Which of its deliveries takes an event; nil where none does.
        func delivery(of event: some FilterableEvent) -> Int? {
            deliveries.firstIndex { $0.filter?.matches(event) ?? true }
        }

        func dispatch(_ event: some FilterableEvent) -> Dispatch {
            guard takes(event) else { return .filteredOut }
            return delivery(of: event).map { .operation(deliveries[$0].operation) } ?? .unhandled
        }
    }

    private let exchanges: [QualifiedName: Exchange]
    private let subscriptions: [QualifiedName: Subscriber]
    private let byQueue: [QualifiedName: [QualifiedName]]
    /// The names of targets: queues first, then audits.
    private let targets: [QualifiedName]
    private let queueCount: Int

    /// Compiles a topology.
    public init(_ topology: EventTopology) {
        let queues = Set(topology.subscriptions.map(\.queue)).sorted()
        targets = queues + topology.audits.map(\.name)
        queueCount = queues.count
        let numbers = Dictionary(zip(queues, queues.indices)) { first, _ in first }
        var bindings: [QualifiedName: [(patterns: [String], target: Int)]] = [:]
        for subscription in topology.subscriptions {
            for source in subscription.sources {
                guard let target = numbers[subscription.queue] else { continue }
                bindings[source.exchange, default: []].append((source.patterns, target))
            }
        }
        for (offset, audit) in topology.audits.enumerated() {
            for source in audit.sources {
                bindings[source.exchange, default: []].append((source.patterns, queues.count + offset))
            }
        }
        exchanges = Dictionary(
            topology.exchanges.map { ($0.name, Self.exchange($0, bindings[$0.name] ?? [])) }
        ) { first, _ in first }
        subscriptions = Dictionary(topology.subscriptions.map { ($0.name, Subscriber($0)) }) { first, _ in first }
        byQueue = Dictionary(grouping: topology.subscriptions.map { ($0.queue, $0.name) }, by: \.0)
            .mapValues { $0.map(\.1) }
    }

    private static func exchange(_ node: ExchangeNode, _ bindings: [(patterns: [String], target: Int)]) -> Exchange {
        var unrouted: QualifiedName?
        if case .queue(let queue) = node.unrouted { unrouted = queue }
        switch node.kind {
        case .fanout, .headers:
            return Exchange(index: TopicIndex([]), everyone: Set(bindings.map(\.target)).sorted(), unrouted: unrouted)
        case .topic, .direct:
            let compiled = bindings.flatMap { patterns, target in
                patterns.map { (pattern: Self.words($0, node.kind), target: target) }
            }
            return Exchange(index: TopicIndex(compiled), everyone: [], unrouted: unrouted)
        }
    }

    /// The words of a pattern; a direct exchange knows no wildcards.
    private static func words(_ text: String, _ kind: ExchangeNode.Kind) -> [TopicPattern.Word] {
        // A pattern that is too long matches no key; the graph refuses it before.
        if kind == .topic, let pattern = try? TopicPattern(text) { return pattern.words }
        return TopicPattern.words(of: text).map { .literal($0) }
    }

    /// Where an event of a routing key goes; nil where there is no such exchange.
    ///
    /// The time depends on the key and on how many queues get a copy, not on how many are bound.
    public func route(_ key: String, through exchange: QualifiedName) -> Route? {
        guard let exchange = exchanges[exchange] else { return nil }
        let found = exchange.everyone.isEmpty ? exchange.index.targets(of: key) : exchange.everyone
        let queues = found.prefix { $0 < queueCount }.map { targets[$0] }
        return Route(
            queues: queues, audits: found.dropFirst(queues.count).map { targets[$0] },
            unrouted: queues.isEmpty ? exchange.unrouted : nil)
    }

    /// The subscriptions that take events from a queue; of several each event reaches one.
    public func subscriptions(of queue: QualifiedName) -> [QualifiedName] { byQueue[queue] ?? [] }

    /// What a subscription does with an event; nil where there is no such subscription.
    public func dispatch(_ event: some FilterableEvent, to subscription: QualifiedName) -> Dispatch? {
        subscriptions[subscription]?.dispatch(event)
    }
}
