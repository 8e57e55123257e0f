// SPDX-License-Identifier: Apache-2.0

/// A diagram as a digraph in Graphviz's language.
enum DotText {
    static func of(_ diagram: Diagram) -> String {
        var lines = [
            "digraph weir {", "  label=\(quoted(diagram.title));", "  labelloc=t;", "  rankdir=LR;", "  compound=true;",
            "  fontname=\"Helvetica\";", "  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=11];",
            "  edge [fontname=\"Helvetica\", fontsize=9];",
        ]
        let members = Dictionary(grouping: diagram.nodes) { $0.cluster ?? "" }
        for (number, cluster) in diagram.clusters.enumerated() {
            let color = quoted(Palette.accent(cluster.kind).light)
            lines.append("  subgraph cluster_\(number + 1) {")
            lines.append("    label=\(label(cluster.label, cluster.detail));")
            lines.append("    color=\(color);")
            lines.append("    tooltip=\(quoted(cluster.facts.joined(separator: "\n")));")
            // An edge to a frame needs a point inside of it.
            lines.append("    \(quoted(cluster.id)) [shape=point, style=invis, width=0];")
            lines += (members[cluster.id] ?? []).map { "    \(node($0))" }
            lines.append("  }")
        }
        lines += (members[""] ?? []).map { "  \(node($0))" }
        let frames = Dictionary(
            diagram.clusters.enumerated().map { ($0.element.id, "cluster_\($0.offset + 1)") }
        ) { first, _ in first }
        lines += diagram.edges.map { edge($0, frames) }
        return lines.joined(separator: "\n") + "\n}\n"
    }

    private static func node(_ node: Diagram.Node) -> String {
        var attributes = [
            "label=\(label(node.label, node.detail))", "color=\(quoted(Palette.accent(node.kind).light))",
        ]
        switch node.kind {
        case .queue, .deadLetter: attributes.append("shape=cylinder, style=\"\"")
        case .exchange: attributes.append("shape=hexagon, style=\"\"")
        case .version, .api: attributes.append("shape=box3d, style=\"\"")
        default: break
        }
        if !node.facts.isEmpty { attributes.append("tooltip=\(quoted(node.facts.joined(separator: "\n")))") }
        return "\(quoted(node.id)) [\(attributes.joined(separator: ", "))];"
    }

    private static func edge(_ edge: Diagram.Edge, _ frames: [String: String]) -> String {
        var attributes: [String] = []
        if !edge.label.isEmpty { attributes.append("label=\(quoted(edge.label))") }
        switch edge.relation {
        case .unguarded: attributes.append("style=dashed, color=\"\(Palette.warning.light)\"")
        case .extends: attributes.append("arrowhead=empty")
        case .uses, .deadLetters, .undoes: attributes.append("style=dashed")
        case .succeeds: attributes.append("style=bold")
        default: break
        }
        if let frame = frames[edge.source] { attributes.append("ltail=\(frame)") }
        if let frame = frames[edge.target] { attributes.append("lhead=\(frame)") }
        if !edge.facts.isEmpty { attributes.append("tooltip=\(quoted(edge.facts.joined(separator: "\n")))") }
        let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
        guard edge.pointsBack else { return "  \(quoted(edge.source)) -> \(quoted(edge.target))\(list);" }
        let back = attributes.contains("arrowhead=empty") ? "dir=back, arrowtail=empty" : "dir=back"
        return "  \(quoted(edge.target)) -> \(quoted(edge.source)) [\((attributes + [back]).joined(separator: ", "))];"
    }

    private static func label(_ label: String, _ detail: String) -> String {
        quoted(detail.isEmpty ? label : "\(label)\n\(detail)")
    }

    private static func quoted(_ text: String) -> String {
        let escapes: [Character: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r\n": "\\n"]
        return "\"" + text.map { escapes[$0] ?? String($0) }.joined() + "\""
    }
}
