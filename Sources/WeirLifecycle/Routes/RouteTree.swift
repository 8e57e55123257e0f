// SPDX-License-Identifier: Apache-2.0

/// Templates of paths, found segment by segment; a written segment is tried before a parameter.
struct RouteTree<Value: Sendable & Hashable>: Sendable, Hashable {
    private struct Node: Sendable, Hashable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        var values: [String: Value] = [:]
        var names: [String: [String]] = [:]
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
        nodes[current].values[method] = value
        nodes[current].names[method] = names
    }

    /// The value for a method; `HEAD` is answered by `GET`.
    func match(_ method: String, _ segments: ArraySlice<Substring>) -> Match? {
        var found: Match?
        _ = visit(0, segments, []) { node, arguments in
            guard let key = [method, method == "HEAD" ? "GET" : method].first(where: { node.values[$0] != nil }),
                let value = node.values[key]
            else { return false }
            let pairs = zip(node.names[key] ?? [], arguments.map(String.init))
            found = Match(value: value, parameters: Dictionary(pairs) { $1 })
            return true
        }
        return found
    }

    /// The methods that a path has, in order.
    func methods(_ segments: ArraySlice<Substring>) -> [String] {
        var methods: Set<String> = []
        _ = visit(0, segments, []) { node, _ in
            methods.formUnion(node.values.keys)
            return false
        }
        return methods.sorted()
    }

    /// Looks at every node that a path leads to until one is taken; each node of the tree at most once.
    private func visit(
        _ index: Int, _ segments: ArraySlice<Substring>, _ arguments: [Substring], _ take: (Node, [Substring]) -> Bool
    ) -> Bool {
        let node = nodes[index]
        guard let segment = segments.first else { return take(node, arguments) }
        if let next = node.literals[String(segment)], visit(next, segments.dropFirst(), arguments, take) { return true }
        guard let next = node.parameter, !segment.isEmpty else { return false }
        return visit(next, segments.dropFirst(), arguments + [segment], take)
    }
}
