// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension Diagram {
    /// Which policy extends which, and which shared steps they use; what others build on stands on their left.
    /// - Parameter inheritance: the policy that each policy extends, as the compilation knows it.
    public static func extends(_ graph: PolicyGraph, inheritance: [QualifiedName: QualifiedName]) -> Diagram {
        let shared = Set(graph.policies.flatMap { policy in policy.steps.compactMap { SharedUse($0) } })
        var diagram = Diagram(
            title: "Policies and what they build on" + (graph.environment.map { " in \($0)" } ?? ""),
            summary: [
                Words.count(graph.policies.count, "policy", "policies"),
                Words.count(inheritance.count, "extends another", "extend another"),
                Words.count(shared.count, "shared step"), "the first step is the outermost",
            ].joined(separator: " · "))
        var uses: [QualifiedName: Int] = [:]
        for call in graph.operations.flatMap(\.calls) { if let policy = call.policy { uses[policy, default: 0] += 1 } }
        for policy in graph.policies {
            diagram.addNode(
                "policy:\(policy.name)", .policy, policy.name.description, detail: Words.steps(policy),
                facts: policy.steps.map(Words.head) + ["used by \(Words.count(uses[policy.name] ?? 0, "call"))"])
        }
        for use in shared.sorted(by: { $0.id < $1.id }) {
            diagram.addNode(
                use.id, .sharedStep, use.name.description, detail: "shared \(use.kind.rawValue)",
                facts: ["one state for every policy that uses it"])
        }
        for (policy, parent) in inheritance.sorted(by: { $0.key < $1.key }) {
            diagram.addEdge(
                "policy:\(policy)", "policy:\(parent)", .extends, facts: ["\(policy) extends \(parent)"],
                pointsBack: true)
        }
        for policy in graph.policies {
            for use in Set(policy.steps.compactMap { SharedUse($0) }).sorted(by: { $0.id < $1.id }) {
                diagram.addEdge(
                    "policy:\(policy.name)", use.id, .uses,
                    facts: ["\(policy.name) uses the shared \(use.kind.rawValue) \(use.name)"])
            }
        }
        return diagram
    }

    /// A shared step that a policy refers to.
    private struct SharedUse: Hashable {
        let kind: StepKind
        let name: QualifiedName
        var id: String { "shared:\(kind.rawValue):\(name)" }

        init?(_ step: PipelineStep) {
            guard let shared = step.shared else { return nil }
            kind = step.policy.kind
            name = shared
        }
    }
}
