// SPDX-License-Identifier: Apache-2.0

/// Where the policies of a graph, their steps and their settings were written; kept beside the graph, not in it, so that
/// moving a line does not change what a graph is.
public struct SourceMap: Sendable, Hashable {
    /// The version of the format that ``canonicalJSON`` writes.
    public static let formatVersion = 1

    /// A policy's places.
    public struct PolicyPlaces: Sendable, Hashable {
        /// Where it is declared.
        public let place: SourcePlace?
        /// Its steps, outermost first.
        public let steps: [StepPlaces]
    }

    /// A step's places.
    public struct StepPlaces: Sendable, Hashable {
        /// Where it is written.
        public let place: SourcePlace?
        /// The layer and the place of each setting.
        public let origins: [SettingOrigin]
    }

    /// The places of each policy.
    public let policies: [QualifiedName: PolicyPlaces]

    /// The places that a graph knows.
    public init(_ graph: PolicyGraph) {
        policies = Dictionary(
            graph.policies.map { policy in
                let steps = policy.steps.map { StepPlaces(place: $0.place, origins: $0.origins) }
                return (policy.name, PolicyPlaces(place: policy.place, steps: steps))
            }
        ) { first, _ in first }
    }

    /// The map as canonical JSON.
    public var canonicalJSON: [UInt8] {
        var members: [String: JSON] = [:]
        for (name, places) in policies { members[name.description] = places.json }
        return JSON.object(["format": .integer(Int64(Self.formatVersion)), "policies": .object(members)]).canonicalBytes
    }

    /// Reads what ``canonicalJSON`` writes.
    /// - Throws: ``GraphReadError`` when the text is no such document.
    public init(canonicalJSON bytes: some Collection<UInt8>) throws(GraphReadError) {
        var document = try ObjectReader.document(bytes, formats: Self.formatVersion...Self.formatVersion)
        var list = try document.requiredObject("policies")
        try document.finish()
        var policies: [QualifiedName: PolicyPlaces] = [:]
        for (name, value) in list.takeAll() {
            policies[QualifiedName(full: name)] = try PolicyPlaces(value, path: "policies.\(name)")
        }
        self.policies = policies
    }
}
