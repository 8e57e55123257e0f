// SPDX-License-Identifier: Apache-2.0

/// Where everything of a diagram stands, in pixels; equal diagrams are laid out equally.
struct DiagramLayout {
    /// A rectangle.
    struct Rectangle {
        var x: Double
        var y: Double
        var width: Double
        var height: Double
    }

    /// A box in its place; `rows` are the middles of its rows.
    struct PlacedBox {
        let box: Box
        let frame: Rectangle
        let rows: [Double]
    }

    /// A bundle: its lines, the label on it, and where its arrow ends.
    struct PlacedBundle {
        let edges: [Diagram.Edge]
        var lines: [Line] = []
        var chip: Rectangle?
        var tip: (x: Double, y: Double)
        /// Whether the arrow points to the right.
        let pointsRight: Bool
    }

    /// A smooth line from left to right, level at both ends.
    struct Line {
        let from: (x: Double, y: Double)
        let to: (x: Double, y: Double)
    }

    static let arrow = 7.0
    private static let shelfGap = 22.0

    private(set) var boxes: [PlacedBox] = []
    private(set) var bundles: [PlacedBundle] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    init(_ diagram: Diagram) {
        let builder = LayoutBuilder(diagram)
        let graph = Ordering.ordered(builder.graph)
        let placement = Placement(graph)
        let columns = Self.columns(graph, placement.tops)
        let bottoms = graph.layers.joined().map { placement.tops[$0] + graph.items[$0].height }
        height = bottoms.max() ?? 0
        width = columns.last.map { $0.x + $0.width } ?? 0
        for item in graph.layers.joined() where graph.items[item].role == .box {
            let column = columns[graph.items[item].layer]
            place(builder.boxes[item], graph.items[item].rows, column, top: placement.tops[item])
        }
        bundles = Self.bundles(graph, builder.edges, placement.tops, columns)
        shelve(builder.boxes.indices.filter { !Set(graph.layers.joined()).contains($0) }.map { builder.boxes[$0] })
    }

    private mutating func place(_ box: Box, _ rows: [Double], _ column: (x: Double, width: Double), top: Double) {
        boxes.append(
            PlacedBox(
                box: box,
                frame: Rectangle(x: column.x, y: top.rounded(), width: column.width, height: box.height),
                rows: rows.map { $0 + top.rounded() }))
    }

    /// The layers' places: as wide as their widest item, and further apart where lines have far to climb.
    private static func columns(_ graph: LayoutGraph, _ tops: [Double]) -> [(x: Double, width: Double)] {
        var climbs = [Double](repeating: 0, count: graph.layers.count)
        for segment in graph.segments {
            let from = tops[segment.left.item] + graph.offset(segment.left)
            let to = tops[segment.right.item] + graph.offset(segment.right)
            let layer = graph.items[segment.left.item].layer
            climbs[layer] = max(climbs[layer], abs(to - from))
        }
        var columns: [(x: Double, width: Double)] = []
        var x = 0.0
        for (layer, items) in graph.layers.enumerated() {
            let width = items.map { graph.items[$0].width }.max() ?? 0
            columns.append((x, width))
            x += width + min(max(30 + climbs[layer] * 0.09, 36), 110).rounded()
        }
        return columns
    }

    private static func bundles(
        _ graph: LayoutGraph, _ edges: [Diagram.Edge], _ tops: [Double], _ columns: [(x: Double, width: Double)]
    ) -> [PlacedBundle] {
        func y(_ port: LayoutGraph.Port) -> Double {
            let isBox = graph.items[port.item].role == .box
            return (isBox ? tops[port.item].rounded() : tops[port.item]) + graph.offset(port)
        }
        var placed = graph.bundles.map { bundle in
            let column = columns[graph.items[bundle.target.item].layer]
            let x = bundle.side < 0 ? column.x : column.x + column.width
            return PlacedBundle(
                edges: bundle.edges.map { edges[$0] }, tip: (x, y(bundle.target)), pointsRight: bundle.side < 0)
        }
        for segment in graph.segments {
            let left = columns[graph.items[segment.left.item].layer]
            let right = columns[graph.items[segment.right.item].layer]
            var from = left.x + left.width
            var to = right.x
            let target = graph.bundles[segment.bundle].target
            if segment.right == target { to -= arrow }
            if segment.left == target { from += arrow }
            placed[segment.bundle].lines.append(Line(from: (from, y(segment.left)), to: (to, y(segment.right))))
        }
        for (number, bundle) in graph.bundles.enumerated() {
            for station in bundle.stations {
                let item = graph.items[station]
                let column = columns[item.layer]
                let middle = y(LayoutGraph.Port(item: station, row: nil))
                let inset = (column.width - item.width) / 2
                guard item.role == .chip else {
                    placed[number].lines.append(Line(from: (column.x, middle), to: (column.x + column.width, middle)))
                    continue
                }
                placed[number].chip = Rectangle(
                    x: column.x + inset, y: middle - item.height / 2, width: item.width, height: item.height)
                placed[number].lines.append(Line(from: (column.x, middle), to: (column.x + column.width, middle)))
            }
        }
        return placed
    }

    /// What nothing is joined with stands below, in rows as wide as the picture.
    private mutating func shelve(_ alone: [Box]) {
        guard !alone.isEmpty else { return }
        let limit = max(width, 900)
        var x = 0.0
        var top = height + (height > 0 ? 1.5 * Self.shelfGap : 0)
        var tallest = 0.0
        for box in alone {
            if x > 0, x + box.width > limit {
                x = 0
                top += tallest + Self.shelfGap
                tallest = 0
            }
            place(box, box.rowMiddles, (x, box.width), top: top)
            width = max(width, x + box.width)
            x += box.width + Self.shelfGap
            tallest = max(tallest, box.height)
        }
        height = top + tallest
    }
}
