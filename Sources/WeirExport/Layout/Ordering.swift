// SPDX-License-Identifier: Apache-2.0

/// Puts the items of each layer into an order with few crossings, by barycentres, and keeps the best order that was seen.
struct Ordering {
    /// How often the layers are gone through, there and back.
    static let sweeps = 12
    /// The room between two items when places are guessed.
    private static let gap = 14.0

    private(set) var graph: LayoutGraph
    private let toLeft: [[Int]]
    private let toRight: [[Int]]
    private var tops: [Double]

    init(_ graph: LayoutGraph) {
        self.graph = graph
        var toLeft = [[Int]](repeating: [], count: graph.items.count)
        var toRight = toLeft
        for (number, segment) in graph.segments.enumerated() {
            toRight[segment.left.item].append(number)
            toLeft[segment.right.item].append(number)
        }
        self.toLeft = toLeft
        self.toRight = toRight
        tops = [Double](repeating: 0, count: graph.items.count)
    }

    /// The graph with its layers in order.
    static func ordered(_ graph: LayoutGraph) -> LayoutGraph {
        var ordering = Ordering(graph)
        ordering.run()
        return ordering.graph
    }

    private mutating func run() {
        for layer in graph.layers.indices { stack(layer) }
        var best = graph
        var fewest = crossings()
        for sweep in 0..<Self.sweeps where fewest > 0 {
            let isForward = sweep.isMultiple(of: 2)
            for layer in isForward ? Array(graph.layers.indices) : graph.layers.indices.reversed() {
                arrange(layer, by: isForward ? toLeft : toRight, isForward)
            }
            let count = crossings()
            guard count < fewest else { continue }
            fewest = count
            best = graph
        }
        graph = best
    }

    /// Orders a layer by where the other ends of its segments are, and the rows of its boxes likewise.
    private mutating func arrange(_ layer: Int, by segments: [[Int]], _ isForward: Bool) {
        var wishes: [Int: Double] = [:]
        for item in graph.layers[layer] {
            arrangeRows(of: item)
            let ends = segments[item].map { number -> Double in
                let segment = graph.segments[number]
                let (here, there) = isForward ? (segment.right, segment.left) : (segment.left, segment.right)
                return middle(there) - graph.offset(here)
            }
            wishes[item] = ends.isEmpty ? tops[item] : ends.reduce(0, +) / Double(ends.count)
        }
        let places = Dictionary(uniqueKeysWithValues: graph.layers[layer].enumerated().map { ($0.element, $0.offset) })
        graph.layers[layer].sort {
            let (left, right) = (wishes[$0] ?? 0, wishes[$1] ?? 0)
            return left == right ? (places[$0] ?? 0) < (places[$1] ?? 0) : left < right
        }
        stack(layer)
    }

    private mutating func arrangeRows(of item: Int) {
        let rows = graph.items[item].rows
        guard rows.count > 1, !graph.items[item].keepsRows else { return }
        var sums = [(total: Double, count: Double)](repeating: (0, 0), count: rows.count)
        for number in toLeft[item] + toRight[item] {
            let segment = graph.segments[number]
            let (here, there) =
                segment.left.item == item ? (segment.left, segment.right) : (segment.right, segment.left)
            guard let row = here.row else { continue }
            sums[row] = (sums[row].total + middle(there), sums[row].count + 1)
        }
        let wishes = rows.indices.map { sums[$0].count > 0 ? sums[$0].total / sums[$0].count : tops[item] + rows[$0] }
        let order = rows.indices.sorted { (wishes[$0], rows[$0]) < (wishes[$1], rows[$1]) }
        let places = rows.sorted()
        for (place, row) in zip(places, order) { graph.items[item].rows[row] = place }
    }

    private mutating func stack(_ layer: Int) {
        var top = 0.0
        for item in graph.layers[layer] {
            tops[item] = top
            top += graph.items[item].height + Self.gap
        }
        // Layers are compared from their middles, so that a short one stands beside the middle of a tall one.
        for item in graph.layers[layer] { tops[item] -= top / 2 }
    }

    private func middle(_ port: LayoutGraph.Port) -> Double { tops[port.item] + graph.offset(port) }

    /// How many pairs of segments cross, counted by inversions.
    private func crossings() -> Int {
        var byLayer = [[Int]](repeating: [], count: graph.layers.count)
        for (number, segment) in graph.segments.enumerated() {
            byLayer[graph.items[segment.left.item].layer].append(number)
        }
        return byLayer.reduce(0) { total, numbers in
            let ends = numbers.map { (middle(graph.segments[$0].left), middle(graph.segments[$0].right)) }
            return total + Self.inversions(ends.sorted { $0 < $1 }.map(\.1))
        }
    }

    private static func inversions(_ values: [Double]) -> Int {
        guard values.count > 1 else { return 0 }
        let ranks = Dictionary(
            Set(values).sorted().enumerated().map { ($0.element, $0.offset + 1) }
        ) { first, _ in first }
        var tree = [Int](repeating: 0, count: ranks.count + 1)
        var total = 0
        for (seen, value) in values.enumerated() {
            let rank = ranks[value] ?? 1
            var notAbove = 0
            var index = rank
            while index > 0 {
                notAbove += tree[index]
                index -= index & -index
            }
            total += seen - notAbove
            index = rank
            while index < tree.count {
                tree[index] += 1
                index += index & -index
            }
        }
        return total
    }
}
