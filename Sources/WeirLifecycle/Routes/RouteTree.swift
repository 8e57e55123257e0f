// SPDX-License-Identifier: Apache-2.0

/// Templates of paths, found segment by segment; a written segment is tried before a parameter.
///
/// All nodes lie side by side, so that a look-up touches little memory, however many there are.
struct RouteTree<Value: Sendable>: Sendable {
    private struct Leaf: Sendable {
        let method: String
        let value: Value
        let names: [String]
        /// The next leaf of the same node; -1: none.
        let next: Int32
    }

    private struct Node: Sendable {
        var parameter: Int32 = -1
        var leaf: Int32 = -1
        var hasLiterals = false
    }

    /// What was found.
    struct Match {
        let value: Value
        /// The names of the parameters, and where their values stand.
        let names: [String]
        let arguments: [RequestPath.Segment]

        /// The values of the parameters as they were sent, by their names.
        func parameters(_ bytes: Span<UInt8>) -> [String: String] {
            guard !names.isEmpty else { return [:] }
            var parameters: [String: String] = [:]
            for place in 0..<min(names.count, arguments.count) {
                parameters[names[place]] = bytes.text(arguments[place].range)
            }
            return parameters
        }
    }

    private var nodes = [Node()]
    private var leaves: [Leaf] = []
    private var literals = LiteralTable()

    /// Whether nothing can be found.
    var isEmpty: Bool { leaves.isEmpty }

    /// Adds a value for a method and a template such as `/orders/{id}`; a later one takes the place of an earlier one.
    mutating func insert(_ value: Value, method: String, template: String) {
        var names: [String] = []
        var current = 0
        for segment in RequestPath.segments(of: template) {
            var next: Int32
            if segment.first == "{", segment.last == "}" {
                names.append(String(segment.dropFirst().dropLast()))
                next = nodes[current].parameter
                if next < 0 { next = Int32(nodes.count) }
                nodes[current].parameter = next
            } else {
                next = literals.insert(Array(segment.utf8), below: Int32(current), as: Int32(nodes.count))
                nodes[current].hasLiterals = true
            }
            if next == nodes.count { nodes.append(Node()) }
            current = Int(next)
        }
        leaves.append(Leaf(method: method, value: value, names: names, next: nodes[current].leaf))
        nodes[current].leaf = Int32(leaves.count - 1)
    }

    /// The value for a method; `HEAD` is answered by `GET`.
    func match(_ method: String, _ bytes: Span<UInt8>, _ segments: [RequestPath.Segment], from start: Int) -> Match? {
        var arguments: [RequestPath.Segment] = []
        var found: Int32 = -1
        let isFound = visit(0, bytes, segments, start, &arguments) { node in
            found = leaf(of: node, method)
            if found < 0, method == "HEAD" { found = leaf(of: node, "GET") }
            return found >= 0
        }
        guard isFound else { return nil }
        return Match(value: leaves[Int(found)].value, names: leaves[Int(found)].names, arguments: arguments)
    }

    /// Whether there is a value for a method.
    func has(_ method: String, _ bytes: Span<UInt8>, _ segments: [RequestPath.Segment], from start: Int) -> Bool {
        var arguments: [RequestPath.Segment] = []
        return visit(0, bytes, segments, start, &arguments) { node in
            leaf(of: node, method) >= 0 || (method == "HEAD" && leaf(of: node, "GET") >= 0)
        }
    }

    private func leaf(of node: Int, _ method: String) -> Int32 {
        var place = nodes[node].leaf
        while place >= 0, leaves[Int(place)].method != method { place = leaves[Int(place)].next }
        return place
    }

    /// The methods that a path answers to, in order; `HEAD` where there is `GET`.
    func methods(_ bytes: Span<UInt8>, _ segments: [RequestPath.Segment], from start: Int) -> [String] {
        var methods: Set<String> = []
        var arguments: [RequestPath.Segment] = []
        _ = visit(0, bytes, segments, start, &arguments) { node in
            var place = nodes[node].leaf
            while place >= 0 {
                let method = leaves[Int(place)].method
                methods.formUnion(method == "GET" ? ["GET", "HEAD"] : [method])
                place = leaves[Int(place)].next
            }
            return false
        }
        return methods.sorted()
    }

    /// Looks at every node that a path leads to until one is taken; each node of the tree at most once.
    private func visit(
        _ node: Int, _ bytes: Span<UInt8>, _ segments: [RequestPath.Segment], _ place: Int,
        _ arguments: inout [RequestPath.Segment], _ take: (Int) -> Bool
    ) -> Bool {
        guard place < segments.count else { return take(node) }
        let segment = segments[place]
        if nodes[node].hasLiterals {
            let next = literals.find(bytes, segment.range, below: Int32(node))
            if next >= 0, visit(Int(next), bytes, segments, place + 1, &arguments, take) { return true }
        }
        guard nodes[node].parameter >= 0, segment.count > 0 else { return false }
        arguments.append(segment)
        if visit(Int(nodes[node].parameter), bytes, segments, place + 1, &arguments, take) { return true }
        arguments.removeLast()
        return false
    }
}
