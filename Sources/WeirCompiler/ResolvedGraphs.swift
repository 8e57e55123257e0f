// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The graphs of the base and of all environments; an environment keeps only what differs from the base.
struct ResolvedGraphs: Sendable {
    struct Difference: Sendable {
        var policies: [QualifiedName: ResolvedPolicy] = [:]
        var operations: [QualifiedName: OperationNode] = [:]
        /// What is declared about events, where constants of the environment may be in it.
        var topology: EventTopology?
    }

    let services: [ServiceNode]
    let operations: [OperationNode]
    let policies: [ResolvedPolicy]
    let topology: EventTopology
    let apis: [ApiNode]
    let renames: [Rename]
    let inheritance: [QualifiedName: QualifiedName]
    let environments: [String: Difference]

    /// The graph of an environment; nil when no file declares it.
    func graph(environment: String?) -> PolicyGraph? {
        guard let environment else {
            return PolicyGraph(
                environment: nil, services: services, operations: operations, policies: policies, apis: apis,
                topology: topology,
                renames: renames)
        }
        guard let difference = environments[environment] else { return nil }
        return PolicyGraph(
            environment: environment, services: services,
            operations: operations.map { difference.operations[$0.name] ?? $0 },
            policies: policies.map { difference.policies[$0.name] ?? $0 },
            apis: apis, topology: difference.topology ?? topology, renames: renames)
    }
}
