// SPDX-License-Identifier: Apache-2.0

/// Gives each item its place: layers from left to right, and in each layer as near as possible to what it is joined with.
struct Placement {
    /// How often places are adjusted, there and back.
    static let rounds = 24
    /// The most empty room from one thing to the next below.
    private static let widestGap = 34.0

    private let graph: LayoutGraph
    private let segments: [[(here: LayoutGraph.Port, there: LayoutGraph.Port)]]
    /// The top of each item.
    private(set) var tops: [Double]

    init(_ graph: LayoutGraph) {
        self.graph = graph
        var segments = [[(here: LayoutGraph.Port, there: LayoutGraph.Port)]](repeating: [], count: graph.items.count)
        for segment in graph.segments {
            segments[segment.left.item].append((segment.left, segment.right))
            segments[segment.right.item].append((segment.right, segment.left))
        }
        self.segments = segments
        tops = [Double](repeating: 0, count: graph.items.count)
        for layer in graph.layers { settle(layer) { _ in 0 } }
        for round in 0..<Self.rounds {
            let order = round.isMultiple(of: 2) ? graph.layers : graph.layers.reversed()
            for layer in order { settle(layer, wish) }
        }
        closeGaps()
    }

    /// Where an item would like to be: the middle of what it is joined with; long lines would rather be straight.
    private func wish(_ item: Int) -> Double {
        var (sum, weight) = (0.0, 0.0)
        for (here, there) in segments[item] {
            let pull = graph.items[item].role == .pass && graph.items[there.item].role == .pass ? 8.0 : 1
            sum += pull * (tops[there.item] + graph.offset(there) - graph.offset(here))
            weight += pull
        }
        return weight > 0 ? sum / weight : tops[item]
    }

    /// Moves everything up where nothing stands in any layer: parts that nothing joins need no room between them.
    private mutating func closeGaps() {
        let order = graph.layers.joined().sorted { (tops[$0], $0) < (tops[$1], $1) }
        var shift = order.first.map { tops[$0] } ?? 0
        var bottom = shift
        for item in order {
            shift += max(tops[item] - bottom - Self.widestGap, 0)
            bottom = max(bottom, tops[item] + graph.items[item].height)
            tops[item] -= shift
        }
    }

    /// Places a layer's items in their order, with the least sum of squared distances from their wishes that leaves the
    /// gaps free: items that would overlap are pooled and move as one.
    private mutating func settle(_ layer: [Int], _ wish: (Int) -> Double) {
        struct Pool {
            var sum: Double
            var weight: Double
            var count: Int
            var mean: Double { sum / weight }
        }
        var distances: [Double] = []
        var distance = 0.0
        for (index, item) in layer.enumerated() {
            if index > 0 { distance += graph.items[layer[index - 1]].height + gap(layer[index - 1], item) }
            distances.append(distance)
        }
        var pools: [Pool] = []
        for (item, distance) in zip(layer, distances) {
            let weight = Double(max(segments[item].count, 1)) * (graph.items[item].role == .pass ? 3 : 1)
            var pool = Pool(sum: (wish(item) - distance) * weight, weight: weight, count: 1)
            while let last = pools.last, last.mean >= pool.mean {
                pools.removeLast()
                pool = Pool(sum: last.sum + pool.sum, weight: last.weight + pool.weight, count: last.count + pool.count)
            }
            pools.append(pool)
        }
        var index = 0
        for pool in pools {
            for _ in 0..<pool.count {
                tops[layer[index]] = pool.mean + distances[index]
                index += 1
            }
        }
    }

    private func gap(_ upper: Int, _ lower: Int) -> Double {
        switch (graph.items[upper].role, graph.items[lower].role) {
        case (.box, .box): 22
        case (.chip, .chip): 8
        case (.pass, .pass): 7
        default: 14
        }
    }
}
