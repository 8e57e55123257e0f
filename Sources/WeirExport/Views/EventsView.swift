// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension Diagram {
    /// The way of events: who publishes them, the exchanges and queues they go through, who handles them with which policy,
    /// and where those end that nobody could handle.
    public static func events(_ graph: PolicyGraph) -> Diagram { EventsView(graph).diagram }
}

/// Draws the way of events. A service that both publishes and handles is drawn twice, so that the way leads one way.
struct EventsView {
    private let graph: PolicyGraph
    var topology: EventTopology { graph.topology }
    var diagram: Diagram

    init(_ graph: PolicyGraph) {
        self.graph = graph
        let topology = graph.topology
        diagram = Diagram(
            title: "Events" + (graph.environment.map { " in \($0)" } ?? ""),
            summary: [
                Words.count(topology.events.count, "type of event", "types of events"),
                Words.count(topology.exchanges.count, "exchange"), Words.count(topology.queues.count, "queue"),
                Words.count(topology.subscriptions.count, "subscription"),
                topology.sagas.isEmpty ? nil : Words.count(topology.sagas.count, "saga"),
                "dashed lines lead where events end that nobody could handle",
            ].compactMap(\.self).joined(separator: " · "))
        addPublishers()
        addExchanges()
        addQueues()
        addSubscriptions()
        addSagas()
        addAudits()
    }

    private mutating func addPublishers() {
        addOperations("publisher", graph.operations.filter { !$0.publishes.isEmpty })
        for operation in graph.operations {
            for publication in operation.publishes {
                diagram.addEdge(
                    "publisher:\(operation.name)", "exchange:\(publication.exchange)", .publishes,
                    label: publication.event.name,
                    facts: ["\(operation.name) publishes \(publication.event) to \(publication.exchange)"])
            }
        }
    }

    /// A frame a service, for its part as a publisher or as a handler.
    private mutating func addOperations(_ part: String, _ operations: [OperationNode]) {
        let services = Set(operations.map { Words.service(of: $0.name) }).sorted()
        for name in services {
            let facts = graph.services.first { $0.name == name }.map(Words.facts) ?? []
            diagram.addCluster("\(part)s:\(name)", .service, name.name, detail: name.package, facts: facts)
        }
        for operation in operations {
            diagram.addNode(
                "\(part):\(operation.name)", .operation, Words.ownName(of: operation.name),
                facts: Words.facts(operation), in: "\(part)s:\(Words.service(of: operation.name))")
        }
    }

    private mutating func addExchanges() {
        for exchange in topology.exchanges {
            diagram.addNode(
                "exchange:\(exchange.name)", .exchange, exchange.name.description,
                detail: "\(exchange.kind.rawValue) · carries \(exchange.carries.count)",
                facts: exchange.carries.map { "carries \($0.name)" })
            guard case .queue(let queue) = exchange.unrouted else { continue }
            diagram.addEdge(
                "exchange:\(exchange.name)", "queue:\(queue)", .deadLetters, label: "unrouted",
                facts: ["what no queue is bound for goes to \(queue)"])
        }
    }

    private mutating func addQueues() {
        let read = Set(topology.subscriptions.map(\.queue))
        for queue in topology.queues {
            let facts = [
                queue.mostMessages.map { "up to \($0) messages" }, queue.mostBytes.map { "up to \($0) bytes" },
                queue.expireAfter.map { "expire after \($0.weirText)" },
                queue.deliveries.map { "delivered up to \($0) times" },
            ].compactMap(\.self)
            let detail = ([queue.kind.rawValue] + facts.prefix(1)).joined(separator: " · ")
            diagram.addNode(
                "queue:\(queue.name)", read.contains(queue.name) ? .queue : .deadLetter, queue.name.description,
                detail: detail, facts: facts)
            guard let target = queue.deadLetter else { continue }
            diagram.addEdge(
                "queue:\(queue.name)", "queue:\(target)", .deadLetters,
                facts: ["what \(queue.name) rejects or lets expire goes to \(target)"])
        }
    }

    private mutating func addSubscriptions() {
        let handlers = Set(topology.subscriptions.flatMap { $0.deliveries.map(\.operation) }).union(sagaOperations)
        addOperations("handler", graph.operations.filter { handlers.contains($0.name) })
        for subscription in topology.subscriptions {
            let id = "subscription:\(subscription.name)"
            diagram.addNode(
                id, .subscription, subscription.name.description, detail: Self.detail(subscription),
                facts: Self.facts(subscription))
            for source in subscription.sources {
                diagram.addEdge(
                    "exchange:\(source.exchange)", "queue:\(subscription.queue)", .routes,
                    label: Self.label(source), facts: ["\(source.exchange) → \(subscription.queue)"] + source.patterns)
            }
            diagram.addEdge(
                "queue:\(subscription.queue)", id, .delivers,
                facts: ["\(subscription.queue) waits for \(subscription.name)"])
            for delivery in subscription.deliveries {
                diagram.addEdge(
                    id, "handler:\(delivery.operation)", .handles, label: subscription.policy?.name ?? "",
                    facts: [
                        "\(subscription.name) → \(delivery.operation) "
                            + (subscription.policy.map { "through \($0)" } ?? "without a policy")
                    ])
            }
            let queue = topology.queue(subscription.queue)
            if let target = subscription.deadLetter, target != queue?.deadLetter {
                diagram.addEdge(
                    id, "queue:\(target)", .deadLetters, facts: ["what \(subscription.name) gives up goes to \(target)"]
                )
            }
        }
    }

    private mutating func addAudits() {
        for audit in topology.audits {
            diagram.addNode(
                "audit:\(audit.name)", .queue, audit.name.description,
                detail: "audit" + (audit.keep.map { " · keeps \($0.weirText)" } ?? ""))
            for source in audit.sources {
                diagram.addEdge(
                    "exchange:\(source.exchange)", "audit:\(audit.name)", .routes, label: Self.label(source),
                    facts: ["\(source.exchange) → \(audit.name)"])
            }
        }
    }

    /// One pattern as it is, several as their number.
    private static func label(_ source: SubscriptionNode.Source) -> String {
        source.patterns.count > 1 ? Words.count(source.patterns.count, "pattern") : source.patterns.first ?? ""
    }

    private static func detail(_ subscription: SubscriptionNode) -> String {
        let order: String? =
            switch subscription.order {
            case .none: nil
            case .byKey(let field, _): "in order by \(field)"
            case .strict: "in order"
            }
        let attempts = subscription.redelivery?.retry.attempts.map { "\($0) attempts" }
        let parts = [subscription.once.map { _ in "once" }, order, attempts].compactMap(\.self)
        return parts.isEmpty ? "subscription" : parts.joined(separator: " · ")
    }

    private static func facts(_ subscription: SubscriptionNode) -> [String] {
        [
            subscription.filter.map { _ in "takes what its filter lets through" }, "prefetch \(subscription.prefetch)",
            subscription.once.map { "once per \($0.field ?? "event") within \($0.within.weirText)" },
            subscription.lock.map { "locks by \($0.field) for \($0.lease.weirText)" },
            subscription.mostHops.map { "stops after \($0) hops" },
        ].compactMap(\.self)
    }
}
