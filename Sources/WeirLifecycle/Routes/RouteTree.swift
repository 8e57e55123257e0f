// SPDX-License-Identifier: Apache-2.0

/// Templates of paths, found segment by segment; a written segment is tried before a parameter.
struct RouteTree<Value: Sendable & Hashable>: Sendable, Hashable {
    private struct Leaf: Sendable, Hashable {
        let method: String
        let value: Value
        let names: [String]
    }

    private struct Node: Sendable, Hashable {
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
        var found: Match?
        _ = visit(0, segments, []) { node, arguments in
            let own = node.leaves.first { $0.method == method }
            guard let leaf = own ?? (method == "HEAD" ? node.leaves.first { $0.method == "GET" } : nil) else {
                return false
            }
            let pairs = zip(leaf.names, arguments.map(String.init))
            found = Match(value: leaf.value, parameters: leaf.names.isEmpty ? [:] : Dictionary(pairs) { $1 })
            return true
        }
        return found
    }

    /// The methods that a path answers to, in order; `HEAD` where there is `GET`.
    func methods(_ segments: ArraySlice<Substring>) -> [String] {
        var methods: Set<String> = []
        _ = visit(0, segments, []) { node, _ in
            for leaf in node.leaves { methods.formUnion(leaf.method == "GET" ? ["GET", "HEAD"] : [leaf.method]) }
            return false
        }
        return methods.sorted()
    }

    /// Looks at every node that a path leads to until one is taken; each node of the tree at most once.
    private func visit(
        _ index: Int, _ segments: ArraySlice<Substring>, _ arguments: [Substring], _ take: (Node, [Substring]) -> Bool
    ) -> Bool {
        guard let segment = segments.first else { return take(nodes[index], arguments) }
        if !nodes[index].literals.isEmpty, let next = nodes[index].literals[String(segment)],
            visit(next, segments.dropFirst(), arguments, take)
        {
            return true
        }
        guard let next = nodes[index].parameter, !segment.isEmpty else { return false }
        return visit(next, segments.dropFirst(), arguments + [segment], take)
    }
}
