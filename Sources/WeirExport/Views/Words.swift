// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What pictures and pages say of the parts of a graph.
enum Words {
    /// `1 call`, `2 calls`.
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// The service that an operation belongs to.
    static func service(of operation: QualifiedName) -> QualifiedName {
        let name = operation.name.split(separator: ".").first.map(String.init) ?? ""
        return QualifiedName(package: operation.package, name: name)
    }

    /// An operation's name in its service.
    static func ownName(of operation: QualifiedName) -> String {
        operation.name.split(separator: ".").dropFirst().joined(separator: ".")
    }

    static func facts(_ service: ServiceNode) -> [String] {
        [
            service.isExternal ? "run by somebody else" : nil, service.owner.map { "owner \($0)" },
            service.tier.map { "tier \($0)" },
        ].compactMap(\.self)
    }

    static func facts(_ operation: OperationNode) -> [String] {
        let route = [operation.method, operation.route].compactMap(\.self).joined(separator: " ")
        let latency = [
            operation.typicalLatency.map { "\($0.weirText) typical" },
            operation.p99Latency.map { "\($0.weirText) p99" },
        ].compactMap(\.self)
        return [
            route.isEmpty ? nil : route, operation.isUnsafeToRepeat ? "not safe to repeat" : "safe to repeat",
            operation.load.map { "load \($0)" }, latency.isEmpty ? nil : "latency " + latency.joined(separator: ", "),
            operation.answersWithin.map { "answers within \($0.weirText)" },
        ].compactMap(\.self)
    }

    /// A policy's steps, outermost first: `deadline → retry → timeout`.
    static func steps(_ policy: ResolvedPolicy) -> String {
        policy.steps.map(\.policy.kind.rawValue).joined(separator: " → ")
    }

    /// The line of a step that says most about it.
    static func head(_ step: PipelineStep) -> String {
        switch step.policy {
        case .deadline(let deadline): "deadline \(deadline.total.weirText)"
        case .timeout(let timeout): "timeout \(timeout.limit.weirText)"
        case .retry(let retry): retry.attempts.map { "retry up to \($0) attempts" } ?? "retry without end"
        case .bulkhead(let bulkhead): "bulkhead \(count(bulkhead.calls, "call"))"
        default: step.policy.kind.rawValue
        }
    }
}
