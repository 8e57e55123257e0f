// SPDX-License-Identifier: Apache-2.0

/// Gives each box a layer so that edges lead from left to right, as few as possible excepted.
struct Layering {
    /// The layer of each box.
    private(set) var layers: [Int]
    private let successors: [[Int]]
    private let predecessors: [[Int]]

    /// Layers for boxes, with edges from left to right; edges that close a circle may come to lead back.
    init(count: Int, edges: [(from: Int, to: Int)]) {
        var outgoing = [[Int]](repeating: [], count: count)
        var seen: Set<[Int]> = []
        for edge in edges where edge.from != edge.to && seen.insert([edge.from, edge.to]).inserted {
            outgoing[edge.from].append(edge.to)
        }
        let (order, kept) = Self.withoutCycles(outgoing)
        var incoming = [[Int]](repeating: [], count: count)
        for (from, targets) in kept.enumerated() { for target in targets { incoming[target].append(from) } }
        successors = kept
        predecessors = incoming
        layers = [Int](repeating: 0, count: count)
        for box in order { for next in kept[box] { layers[next] = max(layers[next], layers[box] + 1) } }
        pullRight(order)
    }

    /// An order in which every kept edge leads forward; edges that lead back to where a search came from are not kept.
    private static func withoutCycles(_ outgoing: [[Int]]) -> (order: [Int], kept: [[Int]]) {
        enum Mark { case new, open, done }
        var marks = [Mark](repeating: .new, count: outgoing.count)
        var kept = [[Int]](repeating: [], count: outgoing.count)
        var order: [Int] = []
        var entries = [Int](repeating: 0, count: outgoing.count)
        for targets in outgoing { for target in targets { entries[target] += 1 } }
        // Searches begin where nothing leads to, so that a circle is cut where one enters it.
        let starts = outgoing.indices.sorted { (entries[$0] == 0 ? 0 : 1, $0) < (entries[$1] == 0 ? 0 : 1, $1) }
        for start in starts where marks[start] == .new {
            var stack = [(box: start, next: 0)]
            marks[start] = .open
            while let top = stack.last {
                guard top.next < outgoing[top.box].count else {
                    marks[top.box] = .done
                    order.append(top.box)
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next += 1
                let target = outgoing[top.box][top.next]
                if marks[target] == .open { continue }
                kept[top.box].append(target)
                if marks[target] == .new {
                    marks[target] = .open
                    stack.append((target, 0))
                }
            }
        }
        return (order.reversed(), kept)
    }

    /// Moves what leads on more than it is led to next to what it leads to: shorter edges.
    private mutating func pullRight(_ order: [Int]) {
        for box in order.reversed() where successors[box].count > predecessors[box].count {
            guard let nearest = successors[box].map({ layers[$0] }).min() else { continue }
            layers[box] = max(layers[box], nearest - 1)
        }
    }
}
