// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// The events of a graph as AsyncAPI 3.0 describes them: a channel an exchange and a queue, an operation a publisher and a
/// subscription, a message a type. The same graph gives the same bytes.
public struct AsyncAPIDocument {
    let graph: PolicyGraph
    var topology: EventTopology { graph.topology }

    /// The description of a graph's events.
    public init(_ graph: PolicyGraph) { self.graph = graph }

    /// The document as JSON, which is YAML, too.
    /// - Parameters:
    ///   - title: what it is called.
    ///   - version: the version of what it describes; nil: the beginning of the graph's hash.
    public func text(title: String, version: String? = nil) -> String {
        JSON.object([
            "asyncapi": "3.0.0",
            "info": [
                "title": .string(title), "version": .string(version ?? String(graph.contentHash.prefix(12))),
                "description": .string(summary),
            ],
            "defaultContentType": .string(contentType),
            "channels": .object(channels),
            "operations": .object(operations),
            "components": ["messages": .object(messages)],
        ]).indentedText
    }

    private var summary: String {
        [
            Words.count(topology.events.count, "type of event", "types of events"),
            Words.count(topology.exchanges.count, "exchange"), Words.count(topology.queues.count, "queue"),
            Words.count(topology.subscriptions.count, "subscription"),
        ].joined(separator: ", ") + (graph.environment.map { ", in the environment \($0)" } ?? "") + "."
    }

    /// The types that an exchange is for; those that operations and sagas publish to it belong to it even if it names none.
    func types(at exchange: QualifiedName) -> [EventNode] {
        let declared = topology.exchange(exchange)?.carries ?? []
        let published = graph.operations.flatMap(\.publishes).filter { $0.exchange == exchange }.map(\.event)
        return Set(declared + published).sorted().compactMap(topology.event)
    }

    /// The types that reach a queue: through its subscriptions, because nobody could handle them elsewhere, or because no queue
    /// was bound for them.
    func types(in queue: QualifiedName) -> [EventNode] {
        var (queues, next): (Set<QualifiedName>, [QualifiedName]) = ([queue], [queue])
        while let last = next.popLast() {
            let dying = topology.queues.filter { $0.deadLetter == last }.map(\.name)
            let parking = topology.subscriptions.filter { $0.deadLetter == last }.map(\.queue)
            next += (dying + parking).filter { queues.insert($0).inserted }
        }
        let sources = topology.subscriptions.filter { queues.contains($0.queue) }.flatMap(\.sources)
        let strays = topology.exchanges.filter { exchange in
            if case .queue(let target) = exchange.unrouted { queues.contains(target) } else { false }
        }
        return Set(sources.flatMap(types) + strays.flatMap { types(at: $0.name) }).sorted { $0.name < $1.name }
    }

    private func types(from source: SubscriptionNode.Source) -> [EventNode] {
        let all = types(at: source.exchange)
        let patterns = source.patterns.compactMap { try? TopicPattern($0) }
        switch topology.exchange(source.exchange)?.kind ?? ExchangeNode.defaultKind {
        case .fanout, .headers: return all
        case .direct: return all.filter { source.patterns.contains($0.type) }
        case .topic: return all.filter { event in patterns.contains { $0.matches(event.type) } }
        }
    }
}
