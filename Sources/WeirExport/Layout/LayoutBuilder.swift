// SPDX-License-Identifier: Apache-2.0

/// Makes the layers of a diagram: boxes, bundles, and what stands on their way.
struct LayoutBuilder {
    static let chipHeight = 19.0
    static let chipPadding = 8.0
    static let chipTextSize = 11.0

    let boxes: [Box]
    let edges: [Diagram.Edge]
    private(set) var graph: LayoutGraph
    private let ports: [String: LayoutGraph.Port]
    /// Labels take the layers between those of the boxes.
    private let stride: Int

    init(_ diagram: Diagram) {
        let members = Dictionary(grouping: diagram.nodes) { $0.cluster ?? "" }
        boxes =
            diagram.clusters.map { Box($0, members[$0.id] ?? []) } + (members[""] ?? []).map { Box($0) }
        edges = diagram.edges
        var ports: [String: LayoutGraph.Port] = [:]
        for (item, box) in boxes.enumerated() {
            ports[box.head.id] = LayoutGraph.Port(item: item, row: nil)
            for (row, line) in box.rows.enumerated() { ports[line.id] = LayoutGraph.Port(item: item, row: row) }
        }
        self.ports = ports
        stride = edges.contains { !$0.label.isEmpty } ? 2 : 1
        let layers = Layering(
            count: boxes.count,
            edges: edges.compactMap { edge in
                guard let source = ports[edge.source], let target = ports[edge.target] else { return nil }
                return edge.pointsBack ? (target.item, source.item) : (source.item, target.item)
            }
        ).layers
        let stride = stride
        graph = LayoutGraph(
            items: zip(boxes, layers).map { box, layer in
                LayoutGraph.Item(
                    role: .box, layer: layer * stride, width: box.width, height: box.height, rows: box.rowMiddles,
                    keepsRows: box.keepsRows, anchor: box.headMiddle)
            })
        for bundle in bundled() { add(bundle) }
        fillLayers()
    }

    /// What edges have in common that run together.
    private struct Key: Hashable {
        let target: LayoutGraph.Port
        let label: String
        let relation: Diagram.Relation
        let side: Int
    }

    private func bundled() -> [LayoutGraph.Bundle] {
        var places: [Key: Int] = [:]
        var bundles: [LayoutGraph.Bundle] = []
        for (number, edge) in edges.enumerated() {
            guard let source = ports[edge.source], let target = ports[edge.target] else { continue }
            let leadsRight = graph.items[source.item].layer < graph.items[target.item].layer
            let key = Key(target: target, label: edge.label, relation: edge.relation, side: leadsRight ? -1 : 1)
            if let place = places[key] {
                bundles[place].edges.append(number)
            } else {
                places[key] = bundles.count
                bundles.append(LayoutGraph.Bundle(target: target, edges: [number], side: key.side))
            }
        }
        return bundles
    }

    private mutating func add(_ bundle: LayoutGraph.Bundle) {
        var bundle = bundle
        let number = graph.bundles.count
        let start = graph.items[bundle.target.item].layer
        let label = bundle.edges.first.map { edges[$0].label } ?? ""
        let sources = bundle.edges.compactMap { ports[edges[$0].source] }
        let distances = sources.map { abs(graph.items[$0.item].layer - start) }
        let farthest = max((distances.max() ?? 0) - 1, distances.contains(0) || !label.isEmpty ? 1 : 0)
        for step in 0..<farthest {
            bundle.stations.append(graph.items.count)
            graph.items.append(station(layer: start + bundle.side * (step + 1), label: step == 0 ? label : ""))
        }
        let way = [bundle.target] + bundle.stations.map { LayoutGraph.Port(item: $0, row: nil) }
        for (near, far) in zip(way, way.dropFirst()) { join(near, far, number) }
        // Several edges of a bundle may begin at one port; they are one line.
        var seen: Set<LayoutGraph.Port> = []
        for (source, distance) in zip(sources, distances) where seen.insert(source).inserted {
            join(source, way[distance == 0 ? 1 : distance - 1], number)
        }
        graph.bundles.append(bundle)
    }

    private func station(layer: Int, label: String) -> LayoutGraph.Item {
        guard !label.isEmpty else {
            return LayoutGraph.Item(role: .pass, layer: layer, width: 0, height: 2, anchor: 1)
        }
        let text = min(TextMetrics.width(label, size: Self.chipTextSize), Box.Measure.mostText)
        return LayoutGraph.Item(
            role: .chip, layer: layer, width: (text + 2 * Self.chipPadding).rounded(.up), height: Self.chipHeight,
            anchor: Self.chipHeight / 2)
    }

    private mutating func join(_ first: LayoutGraph.Port, _ second: LayoutGraph.Port, _ bundle: Int) {
        let isInOrder = graph.items[first.item].layer < graph.items[second.item].layer
        graph.segments.append(
            LayoutGraph.Segment(
                left: isInOrder ? first : second, right: isInOrder ? second : first, bundle: bundle))
    }

    private mutating func fillLayers() {
        let joined = Set(graph.segments.flatMap { [$0.left.item, $0.right.item] })
        let last = joined.map { graph.items[$0].layer }.max() ?? -1
        graph.layers = [[Int]](repeating: [], count: last + 1)
        for item in graph.items.indices where joined.contains(item) {
            graph.layers[graph.items[item].layer].append(item)
        }
    }
}
