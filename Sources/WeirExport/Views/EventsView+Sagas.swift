// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Sagas among the way of events: a frame a saga, a row a step. What a saga publishes begins on the left, as for services.
extension EventsView {
    /// The operations that sagas call, to go on or to undo.
    var sagaOperations: [QualifiedName] {
        topology.sagas.flatMap(\.steps).flatMap { [$0.action, $0.compensation] }.compactMap { action in
            if case .call(let operation, _)? = action { operation } else { nil }
        }
    }

    mutating func addSagas() {
        for saga in topology.sagas {
            let id = "saga:\(saga.name)"
            diagram.addCluster(
                id, .saga, saga.name.name, detail: saga.name.package,
                facts: ["by \(saga.key)", "within \(saga.within.weirText)"])
            for step in saga.steps {
                diagram.addNode(
                    "\(id):\(step.name)", .saga, step.name, detail: step.within.map { "within \($0.weirText)" } ?? "",
                    facts: Self.facts(step), in: id)
            }
            for event in saga.start { addArrival(of: event, at: id, fact: "\(event) starts \(saga.name)") }
            for step in saga.steps { add(step, of: saga, in: id) }
        }
    }

    private mutating func add(_ step: SagaNode.Step, of saga: SagaNode, in id: String) {
        let row = "\(id):\(step.name)"
        for event in step.awaits { addArrival(of: event, at: row, fact: "\(event) ends \(step.name) well") }
        for event in step.failsWhen {
            addArrival(of: event, at: row, fact: "\(event) ends \(step.name) badly", relation: .deadLetters)
        }
        add(step.action, from: row, of: step, in: saga, .handles)
        add(step.compensation, from: row, of: step, in: saga, .undoes)
    }

    /// An edge from each exchange that carries an event.
    private mutating func addArrival(
        of event: QualifiedName, at target: String, fact: String, relation: Diagram.Relation = .routes
    ) {
        for exchange in topology.exchanges where exchange.carries.contains(event) {
            diagram.addEdge("exchange:\(exchange.name)", target, relation, label: event.name, facts: [fact])
        }
    }

    private mutating func add(
        _ action: SagaNode.Action?, from row: String, of step: SagaNode.Step, in saga: SagaNode,
        _ relation: Diagram.Relation
    ) {
        let word = relation == .undoes ? "undo" : ""
        switch action {
        case nil: break
        case .call(let operation, let policy):
            let through = policy.map { "through \($0)" } ?? "without a policy"
            let label = [word.isEmpty ? nil : word, policy?.name].compactMap(\.self).joined(separator: " · ")
            let does = word.isEmpty ? "" : "undone by "
            diagram.addEdge(
                row, "handler:\(operation)", relation, label: label,
                facts: ["\(saga.name), step \(step.name): \(does)\(operation) \(through)"])
        case .publish(let event, let exchange):
            let frame = "saga-publisher:\(saga.name)"
            if !diagram.clusters.contains(where: { $0.id == frame }) {
                diagram.addCluster(frame, .saga, saga.name.name, detail: saga.name.package)
            }
            let publisher = "\(frame):\(step.name):\(word)"
            diagram.addNode(publisher, .saga, step.name, detail: word, in: frame)
            diagram.addEdge(
                publisher, "exchange:\(exchange)", .publishes, label: event.name,
                facts: ["\(saga.name), step \(step.name), publishes \(event) to \(exchange)"])
        }
    }

    private static func facts(_ step: SagaNode.Step) -> [String] {
        step.awaits.map { "ends well with \($0)" } + step.failsWhen.map { "ends badly with \($0)" }
            + (step.compensation == nil ? [] : ["is undone when a later step fails"])
    }
}
