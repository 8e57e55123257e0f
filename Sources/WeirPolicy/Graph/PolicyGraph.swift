// SPDX-License-Identifier: Apache-2.0

/// What a set of policy files means, for one environment: immutable, resolved, ready to enforce.
///
/// Equality and ``contentHash`` cover what is enforced, not where it was written.
public struct PolicyGraph: Sendable {
    /// The environment whose overlays are in it; nil: the base.
    public let environment: String?
    /// The services by name.
    public let services: [ServiceNode]
    /// The operations by name.
    public let operations: [OperationNode]
    /// The policies by name.
    public let policies: [ResolvedPolicy]
    /// The APIs by name.
    public let apis: [ApiNode]
    /// What had another name before, by kind and name.
    public let renames: [Rename]
    /// What is published, routed and subscribed.
    public let topology: EventTopology

    private let operationIndex: [QualifiedName: Int]
    private let policyIndex: [QualifiedName: Int]
    private let hash = ContentHash()

    /// A graph of these parts; each list is put in the order of its names.
    public init(
        environment: String?, services: [ServiceNode], operations: [OperationNode], policies: [ResolvedPolicy],
        apis: [ApiNode] = [], topology: EventTopology = .empty, renames: [Rename] = []
    ) {
        self.environment = environment
        self.services = services.sorted { $0.name < $1.name }
        self.operations = operations.sorted { $0.name < $1.name }
        self.policies = policies.sorted { $0.name < $1.name }
        self.apis = apis.sorted { $0.name < $1.name }
        self.renames = renames.sorted()
        self.topology = topology
        operationIndex = Dictionary(
            zip(self.operations.map(\.name), self.operations.indices)
        ) { first, _ in first }
        policyIndex = Dictionary(zip(self.policies.map(\.name), self.policies.indices)) { first, _ in first }
    }

    /// SHA-256 of ``canonicalJSON`` as 64 hexadecimal digits; computed once, when it is first asked for.
    public var contentHash: String { hash.value { canonicalJSON } }

    /// The operation of a full name.
    public func operation(_ name: QualifiedName) -> OperationNode? {
        operationIndex[name].map { operations[$0] }
    }

    /// The policy of a full name.
    public func policy(_ name: QualifiedName) -> ResolvedPolicy? {
        policyIndex[name].map { policies[$0] }
    }
}

extension PolicyGraph: Equatable {
    /// Whether both enforce the same.
    public static func == (left: PolicyGraph, right: PolicyGraph) -> Bool {
        left.environment == right.environment && left.services == right.services
            && left.operations == right.operations && left.policies == right.policies && left.apis == right.apis
            && left.topology == right.topology && left.renames == right.renames
    }
}
