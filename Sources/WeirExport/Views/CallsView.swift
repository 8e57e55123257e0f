// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension Diagram {
    /// Who calls whom through which policy: a frame a service, a row an operation, the policies on the edges.
    public static func calls(_ graph: PolicyGraph) -> Diagram {
        let calls = graph.operations.reduce(0) { $0 + $1.calls.count }
        var diagram = Diagram(
            title: "Calls" + (graph.environment.map { " in \($0)" } ?? ""),
            summary: [
                Words.count(graph.services.count, "service"), Words.count(graph.operations.count, "operation"),
                Words.count(calls, "call"), "a label names the policy that a call runs through",
            ].joined(separator: " · "))
        for service in graph.services {
            diagram.addCluster(
                "service:\(service.name)", service.isExternal ? .external : .service, service.name.name,
                detail: service.name.package, facts: Words.facts(service))
        }
        for operation in graph.operations {
            let service = Words.service(of: operation.name)
            diagram.addNode(
                "operation:\(operation.name)", .operation, Words.ownName(of: operation.name),
                detail: operation.load.map(\.description) ?? "", facts: Words.facts(operation),
                in: "service:\(service)")
        }
        for operation in graph.operations {
            for call in operation.calls where graph.operation(call.callee) != nil {
                let policy = call.policy
                let times = call.times > 1 ? "\(call.times) × " : ""
                let through = policy.map { "through \($0)" } ?? "without a policy"
                diagram.addEdge(
                    "operation:\(operation.name)", "operation:\(call.callee)", policy == nil ? .unguarded : .call,
                    label: times + (policy?.name ?? "no policy"),
                    facts: ["\(operation.name) → \(times)\(call.callee) \(through)"]
                        + (policy.flatMap { graph.policy($0) }.map { [Words.steps($0)] } ?? []))
            }
        }
        return diagram
    }
}
