// SPDX-License-Identifier: Apache-2.0

/// A diagram as a picture that stands for itself: no script, no font and no style from elsewhere.
enum SVGText {
    private static let margin = 24.0
    private static let headRoom = 58.0

    static func of(_ diagram: Diagram) -> String {
        let layout = DiagramLayout(diagram)
        let title = TextMetrics.width(diagram.title, size: 17, isBold: true)
        let summary = TextMetrics.width(diagram.summary, size: 12)
        // Whole pixels, or a viewer leaves a seam of its own colour along the edges.
        let width = (max(layout.width, title, summary) + 2 * margin).rounded(.up)
        let height = (layout.height + headRoom + 1.5 * margin).rounded(.up)
        var svg = SVGWriter()
        svg.openPicture(
            width: width, height: height, title: diagram.title, description: diagram.summary,
            style: SVGStyle.text(kinds: Set(diagram.clusters.map(\.kind) + diagram.nodes.map(\.kind))))
        svg.text(diagram.title, x: margin, y: 34, size: 17, isBold: true, style: "ink", limit: width)
        svg.text(diagram.summary, x: margin, y: 53, size: 12, style: "faint", limit: width)
        svg.open("g", [("transform", "translate(\(point(margin, headRoom + margin / 2)))")])
        for bundle in layout.bundles { draw(bundle, &svg) }
        for box in layout.boxes { draw(box, &svg) }
        svg.close("g")
        svg.close("svg")
        return svg.output
    }

    private static func draw(_ bundle: DiagramLayout.PlacedBundle, _ svg: inout SVGWriter) {
        guard let edge = bundle.edges.first else { return }
        svg.open("g", [("class", "edge \(edge.relation.rawValue)")])
        svg.element("title", [], bundle.edges.flatMap(\.facts).joined(separator: "\n"))
        svg.element("path", [("class", "line"), ("d", bundle.lines.map(path).joined())])
        let (x, y) = bundle.tip
        let back = bundle.pointsRight ? -DiagramLayout.arrow : DiagramLayout.arrow
        svg.element(
            "path",
            [
                ("class", "tip"),
                ("d", "M\(point(x, y))L\(point(x + back, y - 4))L\(point(x + back, y + 4))Z"),
            ])
        if let chip = bundle.chip {
            svg.element(
                "rect",
                [("class", "chip")] + SVGWriter.frame(chip) + [("rx", SVGWriter.number(chip.height / 2))])
            svg.text(
                edge.label, x: chip.x + LayoutBuilder.chipPadding, y: chip.y + chip.height / 2 + 4,
                size: LayoutBuilder.chipTextSize, style: "label")
        }
        svg.close("g")
    }

    private static func path(_ line: DiagramLayout.Line) -> String {
        let (from, to) = (line.from, line.to)
        let start = "M\(point(from.x, from.y))"
        guard abs(from.y - to.y) > 0.5 else { return start + "L\(point(to.x, to.y))" }
        let middle = (from.x + to.x) / 2
        return start + "C\(point(middle, from.y)) \(point(middle, to.y)) \(point(to.x, to.y))"
    }

    private static func point(_ x: Double, _ y: Double) -> String {
        "\(SVGWriter.number(x)) \(SVGWriter.number(y))"
    }

    private static func draw(_ placed: DiagramLayout.PlacedBox, _ svg: inout SVGWriter) {
        let (box, frame) = (placed.box, placed.frame)
        svg.open("g", [("class", "box \(box.head.kind.rawValue)")])
        svg.element("title", [], ([box.head.label] + box.head.facts).joined(separator: "\n"))
        svg.element("rect", [("class", "body")] + SVGWriter.frame(frame) + [("rx", "8")])
        let right = frame.x + frame.width - Box.Measure.padding
        let left = frame.x + Box.Measure.padding
        if box.isFrame, !box.rows.isEmpty {
            let (x, bottom) = (frame.x, frame.y + Box.Measure.headHeight)
            let (side, top) = (SVGWriter.number(Box.Measure.headHeight - 8), SVGWriter.number(frame.width - 16))
            let outline = "M\(point(x, bottom))v-\(side)a8 8 0 0 1 8-8h\(top)a8 8 0 0 1 8 8v\(side)Z"
            svg.element("path", [("class", "head"), ("d", outline)])
        }
        let baseline = frame.y + (box.hasSecondLine ? 19 : box.headMiddle + 4.5)
        svg.text(box.head.label, x: left, y: baseline, size: Box.Measure.titleSize, isBold: true, style: "name")
        if box.hasSecondLine {
            svg.text(box.head.detail, x: left, y: frame.y + 34, size: Box.Measure.smallSize, style: "faint")
        } else if !box.head.detail.isEmpty {
            svg.text(box.head.detail, x: right, y: baseline, size: Box.Measure.smallSize, style: "faint", isAtEnd: true)
        }
        for (row, middle) in zip(box.rows, placed.rows) {
            svg.open("g", [("class", "row \(row.kind.rawValue)")])
            svg.element("title", [], ([row.label] + row.facts).joined(separator: "\n"))
            svg.text(row.label, x: left, y: middle + 4, size: Box.Measure.rowSize, style: "ink")
            if !row.detail.isEmpty {
                svg.text(
                    row.detail, x: right, y: middle + 4, size: Box.Measure.smallSize, style: "faint", isAtEnd: true)
            }
            svg.close("g")
        }
        svg.close("g")
    }
}
