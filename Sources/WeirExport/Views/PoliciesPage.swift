// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A page about a set of policies: pictures, and tables of services, operations and policies.
public enum PoliciesPage {
    /// The page as Markdown; the pictures are looked for in a folder `policies` beside it.
    public static func text(_ graph: PolicyGraph) -> String {
        """
        # The reference policies

        What `policies/` declares, made from it. The pictures are those of `weir graph`; each is there as Mermaid, Graphviz and
        JSON, too.

        ## Calls

        ![Services, their operations, and the policies of the calls between them](policies/calls.svg)

        ## Events

        ![Publishers, exchanges, queues, subscriptions and handlers](policies/events.svg)

        ## APIs

        ![The versions of the API, their dates and routes](policies/api.svg)

        ## What policies build on

        ![Policies, what they extend, and the steps they share](policies/extends.svg)

        ## Services

        | service | run by | tier | operations |
        |---|---|---|---|
        \(rows(graph.services) { service($0, graph) })

        ## Operations

        | operation | route | load | answers within | calls |
        |---|---|---|---|---|
        \(rows(graph.operations, operation))

        ## Policies

        | policy | steps, the first is the outermost | used by |
        |---|---|---|
        \(rows(graph.policies) { policy($0, graph) })

        """
    }

    private static func rows<Part>(_ parts: [Part], _ cells: (Part) -> [String]) -> String {
        parts.map { "| " + cells($0).map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }

    private static func service(_ service: ServiceNode, _ graph: PolicyGraph) -> [String] {
        let operations = graph.operations.count { Words.service(of: $0.name) == service.name }
        let owner = service.owner ?? (service.isExternal ? "somebody else" : "–")
        return ["`\(service.name)`", owner, service.tier ?? "–", "\(operations)"]
    }

    private static func operation(_ operation: OperationNode) -> [String] {
        let route = [operation.method, operation.route].compactMap(\.self).joined(separator: " ")
        return [
            "`\(operation.name)`", route.isEmpty ? "–" : "`\(route)`", operation.load?.description ?? "–",
            operation.answersWithin?.weirText ?? "–", "\(operation.calls.count)",
        ]
    }

    private static func policy(_ policy: ResolvedPolicy, _ graph: PolicyGraph) -> [String] {
        let uses = graph.operations.reduce(0) { $0 + $1.calls.count { $0.policy == policy.name } }
        return [
            "`\(policy.name)`", policy.steps.map(Words.head).joined(separator: " → "), Words.count(uses, "call"),
        ]
    }
}
