// SPDX-License-Identifier: Apache-2.0

/// A diagram as a Mermaid flowchart, for pages that draw it themselves.
enum MermaidText {
    static func of(_ diagram: Diagram) -> String {
        let names = names(diagram)
        var lines = ["---", "title: \(quoted(diagram.title))", "---", "flowchart LR"]
        for cluster in diagram.clusters {
            let members = diagram.nodes.filter { $0.cluster == cluster.id }
            let name = names[cluster.id] ?? ""
            guard !members.isEmpty else {
                lines.append("  \(name)[\(label(cluster.label, cluster.detail))]:::\(style(cluster.kind))")
                continue
            }
            lines.append("  subgraph \(name) [\(label(cluster.label, cluster.detail))]")
            lines += members.map { "    \(node($0, names))" }
            lines.append("  end")
            lines.append("  class \(name) \(style(cluster.kind))")
        }
        lines += diagram.nodes.filter { $0.cluster == nil }.map { "  \(node($0, names))" }
        lines += diagram.edges.map { edge($0, names) }
        lines += styles(diagram)
        return lines.joined(separator: "\n") + "\n"
    }

    /// Short names that no word of Mermaid's language can be mistaken for.
    private static func names(_ diagram: Diagram) -> [String: String] {
        let ids = diagram.clusters.enumerated().map { ($0.element.id, "c\($0.offset + 1)") }
        return Dictionary(ids + diagram.nodes.enumerated().map { ($0.element.id, "n\($0.offset + 1)") }) { first, _ in
            first
        }
    }

    private static func node(_ node: Diagram.Node, _ names: [String: String]) -> String {
        let (left, right) =
            switch node.kind {
            case .queue, .deadLetter: ("[(", ")]")
            case .exchange: ("{{", "}}")
            case .event, .policy, .sharedStep: ("(", ")")
            case .version, .api: ("[[", "]]")
            default: ("[", "]")
            }
        return "\(names[node.id] ?? "")\(left)\(label(node.label, node.detail))\(right):::\(style(node.kind))"
    }

    private static func edge(_ edge: Diagram.Edge, _ names: [String: String]) -> String {
        let arrow =
            switch edge.relation {
            case .extends, .uses, .deadLetters, .unguarded, .undoes: "-.->"
            case .succeeds: "==>"
            default: "-->"
            }
        let label = edge.label.isEmpty ? "" : "|\(quoted(edge.label))|"
        return "  \(names[edge.source] ?? "") \(arrow)\(label) \(names[edge.target] ?? "")"
    }

    private static func styles(_ diagram: Diagram) -> [String] {
        let used = Set(diagram.clusters.map(\.kind) + diagram.nodes.map(\.kind))
        return Diagram.Kind.allCases.filter(used.contains).map { kind in
            let accent = Palette.accent(kind)
            return "  classDef \(style(kind)) stroke:\(accent.light)"
        }
    }

    private static func style(_ kind: Diagram.Kind) -> String { kind.rawValue.replacing("-", with: "") + "Kind" }

    private static func label(_ label: String, _ detail: String) -> String {
        quoted(detail.isEmpty ? label : "\(label) · \(detail)")
    }

    private static func quoted(_ text: String) -> String {
        let escapes: [Character: String] = ["\"": "#quot;", "<": "#lt;", ">": "#gt;", "\n": " ", "#": "#35;"]
        return "\"" + text.map { escapes[$0] ?? String($0) }.joined() + "\""
    }
}
