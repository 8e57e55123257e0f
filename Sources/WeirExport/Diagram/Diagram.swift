// SPDX-License-Identifier: Apache-2.0

/// A picture of policies before anybody draws it: things, what holds them together, and what leads from one to another.
///
/// Ends of edges name a node or a cluster. Equal diagrams are rendered to equal bytes.
public struct Diagram: Sendable, Hashable {
    /// What a thing is; says how it looks.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case service, external, operation, policy
        case sharedStep = "shared-step"
        case event, exchange, queue, subscription
        case deadLetter = "dead-letter"
        case saga
        case api, version, route
    }

    /// A frame around nodes that belong together, such as a service around its operations.
    public struct Cluster: Sendable, Hashable {
        /// Unique among clusters and nodes.
        public let id: String
        /// What it is.
        public let kind: Kind
        /// Its name for people.
        public let label: String
        /// A few words beside the label.
        public let detail: String
        /// What is known of it, a line each.
        public let facts: [String]
    }

    /// A thing.
    public struct Node: Sendable, Hashable {
        /// Unique among clusters and nodes.
        public let id: String
        /// What it is.
        public let kind: Kind
        /// Its name for people.
        public let label: String
        /// A few words beside the label.
        public let detail: String
        /// What is known of it, a line each.
        public let facts: [String]
        /// The frame it stands in; nil: it stands alone.
        public let cluster: String?
    }

    /// What an edge says.
    public enum Relation: String, Sendable, Hashable, CaseIterable {
        /// A call through a policy.
        case call
        /// A call without a policy.
        case unguarded
        case extends, uses, publishes, routes, delivers, handles
        case deadLetters = "dead-letters"
        case serves, succeeds
        /// A route that is elsewhere in a later version.
        case moves
        /// What takes a step of a saga back.
        case undoes
    }

    /// What leads from one thing to another.
    public struct Edge: Sendable, Hashable {
        /// The node or the cluster where it begins.
        public let source: String
        /// The node or the cluster where it ends.
        public let target: String
        /// What it says.
        public let relation: Relation
        /// A few words on it; empty: none.
        public let label: String
        /// What is known of it, a line each.
        public let facts: [String]
        /// Whether pictures put the target first: what others build on stands on their left.
        public let pointsBack: Bool
    }

    /// What the picture shows, as a heading.
    public let title: String
    /// One sentence for readers who cannot see it.
    public let summary: String
    /// The frames, in the order in which they were added.
    public private(set) var clusters: [Cluster] = []
    /// The things, in the order in which they were added.
    public private(set) var nodes: [Node] = []
    /// What leads from one to another, in the order in which it was added.
    public private(set) var edges: [Edge] = []

    /// A picture with nothing on it yet.
    public init(title: String, summary: String) {
        self.title = title
        self.summary = summary
    }
}

extension Diagram {
    /// Adds a frame.
    public mutating func addCluster(
        _ id: String, _ kind: Kind, _ label: String, detail: String = "", facts: [String] = []
    ) {
        clusters.append(Cluster(id: id, kind: kind, label: label, detail: detail, facts: facts))
    }

    /// Adds a thing, in a frame or alone.
    public mutating func addNode(
        _ id: String, _ kind: Kind, _ label: String, detail: String = "", facts: [String] = [],
        in cluster: String? = nil
    ) {
        nodes.append(Node(id: id, kind: kind, label: label, detail: detail, facts: facts, cluster: cluster))
    }

    /// Adds an edge; both ends must have been added, before or after.
    public mutating func addEdge(
        _ source: String, _ target: String, _ relation: Relation, label: String = "", facts: [String] = [],
        pointsBack: Bool = false
    ) {
        edges.append(
            Edge(
                source: source, target: target, relation: relation, label: label, facts: facts, pointsBack: pointsBack))
    }
}
