// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Resolves everything that is declared about events, for one environment, whose constants it reads.
struct EventStage {
    let names: NameResolver
    private let constants: ConstantResolver

    init(_ names: NameResolver, environment: String?) {
        self.names = names
        constants = ConstantResolver(names: names, environment: environment)
    }

    func run() -> EventTopology {
        guard names.workspace.packages.contains(where: { !$0.routing.isEmpty }) else { return .empty }
        let events = all(.event) { EventLowering($1).event($0, $2) }
        let exchanges = all(.exchange) { EventLowering($1).exchange($0, $2) }
        let queues = all(.queue) { EventLowering($1).queue($0, $2) }
        let known = KnownEvents(events: Self.table(events, \.name), exchanges: Self.table(exchanges, \.name))
        return EventTopology(
            bus: bus(), events: events, exchanges: exchanges, queues: queues,
            subscriptions: all(.subscription) { SubscriptionLowering($1, known).subscription($0, $2) },
            sagas: all(.saga) { SagaLowering($1, known).saga($0, $2) },
            audits: all(.audit) { SagaLowering($1, known).audit($0, $2) },
            chaosProfiles: all(.chaosProfile) { SagaLowering($1, known).chaosProfile($0, $2) })
    }

    /// All declarations of a kind, lowered one by one.
    private func all<Node>(
        _ kind: RoutingKind, _ lower: (QualifiedName, EventScope, Declared) -> Node?
    ) -> [Node] {
        names.workspace.packages.flatMap { package in
            (package.routing[kind] ?? [:]).compactMap { name, declared in
                lower(package.name(name), EventScope(names, constants, file: declared.file), declared)
            }
        }
    }

    /// The one bus of the workspace; further ones are reported.
    private func bus() -> BusNode? {
        let declared = names.workspace.packages.flatMap { package in
            (package.routing[.bus] ?? [:]).map { (name: package.name($0.key), declared: $0.value) }
        }.sorted { ($0.declared.file, $0.declared.nameRange.start) < ($1.declared.file, $1.declared.nameRange.start) }
        guard let first = declared.first else { return nil }
        for (_, other) in declared.dropFirst() {
            let files = names.workspace.files
            names.findings.report(
                Diagnostic(
                    .duplicateName, "a workspace has one bus",
                    at: files.label(other.nameRange, in: other.file, "this one comes second"),
                    secondary: [files.label(first.declared.nameRange, in: first.declared.file, "the first one")],
                    helps: [Diagnostic.Help("keep one of them")]))
        }
        let scope = EventScope(names, constants, file: first.declared.file)
        return EventLowering(scope).bus(first.name, first.declared)
    }

    private static func table<Node>(_ nodes: [Node], _ name: (Node) -> QualifiedName) -> [QualifiedName: Node] {
        Dictionary(nodes.map { (name($0), $0) }) { first, _ in first }
    }
}

/// The types of events and the exchanges, by name.
struct KnownEvents {
    let events: [QualifiedName: EventNode]
    let exchanges: [QualifiedName: ExchangeNode]
    /// For each exchange what it carries, with the words of its type.
    private let carried: [QualifiedName: [(event: EventNode, words: [[UInt8]])]]

    init(events: [QualifiedName: EventNode], exchanges: [QualifiedName: ExchangeNode]) {
        self.events = events
        self.exchanges = exchanges
        carried = exchanges.mapValues { exchange in
            exchange.carries.compactMap { events[$0] }.map { ($0, TopicPattern.words(of: $0.type)) }
        }
    }

    /// The types that reach a queue over some bindings; nil where an exchange does not say what it carries.
    func arriving(over sources: [SubscriptionNode.Source]) -> [EventNode]? {
        var found: [QualifiedName: EventNode] = [:]
        for source in sources {
            guard let exchange = exchanges[source.exchange], !exchange.carries.isEmpty else { return nil }
            // A pattern that is too long has been reported, and takes nothing.
            let patterns = exchange.kind == .topic ? source.patterns.compactMap { try? TopicPattern($0) } : []
            for (event, words) in carried[source.exchange] ?? [] {
                let isTaken =
                    switch exchange.kind {
                    case .topic: patterns.contains { $0.matches(words: words) }
                    case .direct: source.patterns.contains(event.type)
                    case .fanout, .headers: true
                    }
                if isTaken { found[event.name] = event }
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }
}
