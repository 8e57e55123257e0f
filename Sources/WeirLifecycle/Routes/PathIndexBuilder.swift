// SPDX-License-Identifier: Apache-2.0

/// Puts templates into the tables of an index, one after the other.
struct PathIndexBuilder {
    private(set) var nodes = [PathIndex.Node()]
    private(set) var leaves: [PathIndex.Leaf] = []
    private(set) var literals: [PathIndex.Literal] = []
    private(set) var bytes: [UInt8] = []
    private(set) var names: [PathIndex.Method: String] = [:]
    private var known: [Key: Int32] = [:]
    private var count: Int32 = 0

    private struct Key: Hashable {
        let below: Int32
        let text: String
    }

    /// Adds the next value for a method and a template such as `/orders/{id}`; it takes the place of an earlier one.
    ///
    /// - Returns: the names of the parameters in order.
    mutating func insert(_ method: String, _ template: String) -> [String] {
        var (parameters, current): ([String], Int32) = ([], 0)
        for segment in RequestPath.segments(of: template) {
            if segment.first == "{", segment.last == "}" {
                parameters.append(String(segment.dropFirst().dropLast()))
                if nodes[Int(current)].parameter < 0 { nodes[Int(current)].parameter = addNode() }
                current = nodes[Int(current)].parameter
            } else {
                current = child(segment, below: current)
            }
        }
        let key = PathIndex.Method(method)
        names[key] = method
        // The newest leaf stands first, so it is found before an older one of the same method.
        leaves.append(PathIndex.Leaf(method: key, value: count, next: nodes[Int(current)].leaf))
        nodes[Int(current)].leaf = Int32(leaves.count - 1)
        count += 1
        return parameters
    }

    private mutating func addNode() -> Int32 {
        nodes.append(PathIndex.Node())
        return Int32(nodes.count - 1)
    }

    private mutating func child(_ segment: String, below: Int32) -> Int32 {
        let key = Key(below: below, text: segment)
        if let node = known[key] { return node }
        let (node, text) = (addNode(), Array(segment.utf8))
        known[key] = node
        literals.append(
            PathIndex.Literal(
                hash: PathIndex.hash(text.span, 0..<text.count, below), below: below, node: node,
                start: Int32(bytes.count), count: Int32(text.count)))
        bytes += text
        nodes[Int(below)].hasLiterals = true
        return node
    }

    /// What has been put in.
    var index: PathIndex { PathIndex(self) }

    /// The places of literals plus one, by hash; 0 is free.
    var slots: [Int32] {
        var size = 8
        while size < literals.count * 2 { size *= 2 }
        var slots = [Int32](repeating: 0, count: size)
        for (place, literal) in literals.enumerated() {
            var slot = Int(truncatingIfNeeded: literal.hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(place + 1)
        }
        return slots
    }
}
