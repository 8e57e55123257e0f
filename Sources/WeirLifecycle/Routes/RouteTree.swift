// SPDX-License-Identifier: Apache-2.0

/// Templates of paths, found segment by segment; a written segment is tried before a parameter.
struct RouteTree<Value: Sendable>: Sendable {
    private struct Leaf: Sendable {
        let method: String
        let value: Value
        let names: [String]
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        var leaves: [Leaf] = []
    }

    /// What was found.
    struct Match {
        let value: Value
        let parameters: [String: String]
    }

    private var nodes = [Node()]

    /// Whether nothing can be found.
    var isEmpty: Bool { nodes.count == 1 && nodes[0].leaves.isEmpty }

    /// Adds a value for a method and a template such as `/orders/{id}`.
    mutating func insert(_ value: Value, method: String, template: String) {
        var names: [String] = []
        var current = 0
        for segment in RequestPath.segments(Substring(template)) {
            let next: Int
            if segment.first == "{", segment.last == "}" {
                names.append(String(segment.dropFirst().dropLast()))
                next = nodes[current].parameter ?? nodes.count
                nodes[current].parameter = next
            } else {
                next = nodes[current].literals[String(segment)] ?? nodes.count
                nodes[current].literals[String(segment)] = next
            }
            if next == nodes.count { nodes.append(Node()) }
            current = next
        }
        nodes[current].leaves.removeAll { $0.method == method }
        nodes[current].leaves.append(Leaf(method: method, value: value, names: names))
    }

    /// The value for a method; `HEAD` is answered by `GET`.
    func match(_ method: String, _ segments: ArraySlice<Substring>) -> Match? {
        var arguments: [Substring] = []
        var place = 0
        let node = visit(0, segments, &arguments) { node in
            place = nodes[node].leaves.firstIndex { $0.method == method } ?? -1
            if place < 0, method == "HEAD" { place = nodes[node].leaves.firstIndex { $0.method == "GET" } ?? -1 }
            return place >= 0
        }
        guard let node else { return nil }
        guard !arguments.isEmpty else { return Match(value: nodes[node].leaves[place].value, parameters: [:]) }
        let pairs = zip(nodes[node].leaves[place].names, arguments.map(String.init))
        return Match(value: nodes[node].leaves[place].value, parameters: Dictionary(pairs) { $1 })
    }

    /// The methods that a path answers to, in order; `HEAD` where there is `GET`.
    func methods(_ segments: ArraySlice<Substring>) -> [String] {
        var methods: Set<String> = []
        var arguments: [Substring] = []
        _ = visit(0, segments, &arguments) { node in
            for leaf in nodes[node].leaves {
                methods.formUnion(leaf.method == "GET" ? ["GET", "HEAD"] : [leaf.method])
            }
            return false
        }
        return methods.sorted()
    }

    /// Looks at every node that a path leads to until one is taken; each node of the tree at most once.
    private func visit(
        _ index: Int, _ segments: ArraySlice<Substring>, _ arguments: inout [Substring], _ take: (Int) -> Bool
    ) -> Int? {
        guard let segment = segments.first else { return take(index) ? index : nil }
        if !nodes[index].literals.isEmpty, let next = nodes[index].literals[String(segment)],
            let found = visit(next, segments.dropFirst(), &arguments, take)
        {
            return found
        }
        guard let next = nodes[index].parameter, !segment.isEmpty else { return nil }
        arguments.append(segment)
        if let found = visit(next, segments.dropFirst(), &arguments, take) { return found }
        arguments.removeLast()
        return nil
    }
}
