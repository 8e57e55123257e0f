// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What a handle's name means in one graph.
struct HandleBinding: Sendable, Hashable {
    /// The operation that is called; nil when the handle names a policy.
    let operation: QualifiedName?
    /// The operation that calls, where the handle names it.
    let caller: QualifiedName?
    /// The policy that the calls run through.
    let policy: ResolvedPolicy
    /// Whose live state the calls use.
    let owner: QualifiedName
    /// Whether the operation may be repeated without harm.
    let isRepeatable: Bool

    /// Finds what a handle means.
    /// - Throws: ``HandleError`` when it means nothing, or more than one thing.
    init(_ request: HandleRequest, in graph: PolicyGraph) throws(HandleError) {
        var operations = graph.operations.filter { $0.name.answers(to: request.name) }
        if operations.isEmpty {
            operations = graph.presentNames(of: request.name, [.operation]).compactMap { graph.operation($0) }
        }
        if operations.count > 1 {
            throw HandleError(
                .ambiguousName, request, "it is the end of several names", operations.map { "\($0.name)" })
        }
        if let operation = operations.first {
            self = try HandleBinding(request, operation, in: graph)
            return
        }
        var policies = graph.policies.filter { $0.name.answers(to: request.name) }
        if policies.isEmpty {
            policies = graph.presentNames(of: request.name, [.policy]).compactMap { graph.policy($0) }
        }
        guard let policy = policies.first else {
            let known = graph.operations.map(\.name) + graph.policies.map(\.name)
            throw HandleError(
                .unknownName, request, "no operation and no policy has this name",
                NameSuggestions.near(request.name, among: known), noun: "did you mean")
        }
        if policies.count > 1 {
            throw HandleError(.ambiguousName, request, "it is the end of several names", policies.map { "\($0.name)" })
        }
        operation = nil
        caller = nil
        self.policy = policy
        owner = policy.name
        isRepeatable = true
    }

    private init(
        _ request: HandleRequest, _ operation: OperationNode, in graph: PolicyGraph
    ) throws(HandleError) {
        let edges = try Self.edges(to: operation, request, in: graph)
        let names = Set(edges.compactMap(\.policy))
        guard let name = names.first else {
            throw HandleError(
                .noPolicy, request, edges.isEmpty ? "no operation calls it" : "the call to it names no policy",
                place: nil, help: "write `calls \(operation.name.name) using …` in the operation that calls it")
        }
        if names.count > 1 || edges.contains(where: { $0.policy == nil }) {
            throw HandleError(
                .ambiguousCaller, request, "its callers use different policies; say which one calls with `from:`",
                edges.map { "\($0.caller) uses \($0.policy.map { "\($0)" } ?? "none")" }.sorted())
        }
        guard let policy = graph.policy(name) else {
            throw HandleError(.noPolicy, request, "the graph has no policy \(name)")
        }
        self.operation = operation.name
        caller = request.caller == nil ? nil : edges.first?.caller
        self.policy = policy
        isRepeatable = !operation.isUnsafeToRepeat
        // One instance for the target. Policies that differ keep their state apart under names that differ.
        let others = Set(Self.calls(to: operation, in: graph).compactMap(\.policy))
        owner =
            others.count < 2
            ? operation.name
            : Self.owner(of: operation.name, using: policy.name)
    }

    /// Who owns the live state of an operation that is called through several policies.
    static func owner(of operation: QualifiedName, using policy: QualifiedName) -> QualifiedName {
        QualifiedName(package: operation.package, name: "\(operation.name) using \(policy)")
    }

    private typealias Edge = (caller: QualifiedName, policy: QualifiedName?)

    private static func calls(to operation: OperationNode, in graph: PolicyGraph) -> [Edge] {
        graph.operations.flatMap { caller in
            caller.calls.filter { $0.callee == operation.name }.map { (caller.name, $0.policy) }
        }
    }

    private static func edges(
        to operation: OperationNode, _ request: HandleRequest, in graph: PolicyGraph
    ) throws(HandleError) -> [Edge] {
        let all = calls(to: operation, in: graph)
        guard let wanted = request.caller else { return all }
        let found = all.filter { $0.caller.answers(to: wanted) }
        let callers = Set(found.map(\.caller))
        if callers.count > 1 {
            throw HandleError(
                .ambiguousName, request, "`\(wanted)` is the end of several names", callers.sorted().map { "\($0)" })
        }
        guard found.isEmpty else { return found }
        let candidates = Set(all.map(\.caller)).sorted().map { "\($0)" }
        throw HandleError(.unknownName, request, "`\(wanted)` does not call it", candidates, noun: "its callers")
    }
}
