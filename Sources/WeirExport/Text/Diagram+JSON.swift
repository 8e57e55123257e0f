// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension Diagram {
    /// The version of what ``text(_:)`` writes as JSON.
    public static let jsonVersion = 1

    var json: String {
        JSONText.document(
            version: Self.jsonVersion,
            [
                .value("title", .string(title)), .value("summary", .string(summary)),
                .list("clusters", clusters.map(\.json)), .list("nodes", nodes.map(\.json)),
                .list("edges", edges.map(\.json)),
            ])
    }
}

extension Diagram.Cluster {
    var json: JSON {
        .object([
            "id": .string(id), "kind": .string(kind.rawValue), "label": .string(label), "detail": .string(detail),
            "facts": .strings(facts),
        ])
    }
}

extension Diagram.Node {
    var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "kind": .string(kind.rawValue), "label": .string(label), "detail": .string(detail),
            "facts": .strings(facts),
        ]
        if let cluster { members["cluster"] = .string(cluster) }
        return .object(members)
    }
}

extension Diagram.Edge {
    var json: JSON {
        .object([
            "from": .string(source), "to": .string(target), "relation": .string(relation.rawValue),
            "label": .string(label), "facts": .strings(facts),
        ])
    }
}
