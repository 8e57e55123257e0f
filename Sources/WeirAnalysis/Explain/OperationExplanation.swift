// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// An operation: what is declared of it, whom it calls, and who calls it through which policy.
public struct OperationExplanation: Sendable {
    /// The operation.
    public let name: QualifiedName
    /// The declared facts, one a line.
    public let facts: [String]
    /// The calls it makes, with their policies.
    public let calls: [String]
    /// The calls that reach it, with their policies.
    public let callers: [String]

    /// Explains an operation of a graph.
    public init(_ operation: OperationNode, in graph: PolicyGraph) {
        name = operation.name
        facts = Self.facts(operation)
        calls = operation.calls.map { "\($0.callee)" + Self.through($0) }
        callers = graph.operations.flatMap { caller in
            caller.calls.filter { $0.callee == operation.name }.map { "\(caller.name)" + Self.through($0) }
        }
    }

    private static func through(_ call: OperationNode.Call) -> String {
        (call.times > 1 ? " \(call.times) times" : "") + (call.policy.map { " through \($0)" } ?? " without a policy")
    }

    private static func facts(_ operation: OperationNode) -> [String] {
        var facts: [String] = []
        if let method = operation.method, let route = operation.route { facts.append("\(method) \(route)") }
        facts.append(operation.isUnsafeToRepeat ? "not safe to repeat" : "safe to repeat")
        if let load = operation.load { facts.append("load \(load)") }
        if let typical = operation.typicalLatency, let p99 = operation.p99Latency {
            facts.append("latency \(typical.weirText) typical, \(p99.weirText) p99")
        }
        if let within = operation.answersWithin { facts.append("answers within \(within.weirText)") }
        facts += operation.publishes.map { "publishes \($0.event) to \($0.exchange)" }
        return facts
    }
}
