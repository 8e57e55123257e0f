// SPDX-License-Identifier: Apache-2.0

/// A frame with its rows, or a node that stands alone, and the room that its texts take.
struct Box {
    /// A text with the most room it gets; longer ones end with an ellipsis and are whole in the tooltip.
    enum Measure {
        static let titleSize = 13.0
        static let rowSize = 12.0
        static let smallSize = 10.5
        static let mostText = 300.0
        static let headHeight = 30.0
        static let rowHeight = 23.0
        static let padding = 12.0
        static let between = 14.0
        static let leastWidth = 96.0
    }

    /// A line of a box.
    struct Line {
        let id: String
        let kind: Diagram.Kind
        let label: String
        let detail: String
        let facts: [String]
    }

    let head: Line
    let rows: [Line]
    let isFrame: Bool

    /// A frame and what stands in it.
    init(_ cluster: Diagram.Cluster, _ nodes: [Diagram.Node]) {
        head = Line(
            id: cluster.id, kind: cluster.kind, label: cluster.label, detail: cluster.detail, facts: cluster.facts)
        rows = nodes.map {
            Line(id: $0.id, kind: $0.kind, label: $0.label, detail: $0.detail, facts: $0.facts)
        }
        isFrame = true
    }

    /// A node that stands alone.
    init(_ node: Diagram.Node) {
        head = Line(id: node.id, kind: node.kind, label: node.label, detail: node.detail, facts: node.facts)
        rows = []
        isFrame = false
    }

    /// Whether the order of the rows means something: steps of a saga, dates and routes of a version.
    var keepsRows: Bool { head.kind == .saga || head.kind == .version }

    /// The details of nodes that stand alone are a line of their own.
    var hasSecondLine: Bool { !isFrame && !head.detail.isEmpty }

    var height: Double {
        guard isFrame else { return hasSecondLine ? 44 : 30 }
        return Measure.headHeight + Double(rows.count) * Measure.rowHeight + (rows.isEmpty ? 0 : 8)
    }

    var width: Double {
        let title = Self.text(head.label, Measure.titleSize, isBold: true)
        let detail = Self.text(head.detail, Measure.smallSize)
        let first = hasSecondLine ? max(title, detail) : title + (detail > 0 ? detail + Measure.between : 0)
        let widths = rows.map { row in
            let detail = Self.text(row.detail, Measure.smallSize)
            return Self.text(row.label, Measure.rowSize) + (detail > 0 ? detail + Measure.between : 0)
        }
        return max((([first] + widths).max() ?? 0) + 2 * Measure.padding, Measure.leastWidth).rounded(.up)
    }

    /// How far below the top the middle of the head and of each row is.
    var headMiddle: Double { isFrame ? Measure.headHeight / 2 : height / 2 }
    var rowMiddles: [Double] {
        rows.indices.map { Measure.headHeight + 4 + (Double($0) + 0.5) * Measure.rowHeight }
    }

    private static func text(_ text: String, _ size: Double, isBold: Bool = false) -> Double {
        min(TextMetrics.width(text, size: size, isBold: isBold), Measure.mostText)
    }
}
