// SPDX-License-Identifier: Apache-2.0

/// Where paths lead to, as flat tables of plain numbers: a look-up counts no references and touches little memory.
///
/// What is in it comes from a policy, so nobody can crowd it from outside: a look-up compares only what has the same hash.
struct PathIndex: Sendable {
    /// A method as a number that is quick to compare; names of more than 15 bytes by their hash.
    struct Method: Sendable, Hashable {
        static let get = Method("GET")
        static let head = Method("HEAD")
        private let bits: UInt128

        init(_ name: String) {
            let bytes = name.utf8Span.span
            var bits = UInt128(UInt64(truncatingIfNeeded: bytes.count))
            if bytes.count > 15 { bits |= UInt128(PathIndex.hash(bytes, 0..<bytes.count, -1)) << 64 }
            for place in 0..<min(bytes.count, 15) { bits ^= UInt128(bytes[place]) << UInt128(8 * place + 8) }
            self.bits = bits
        }
    }

    struct Node: Sendable {
        var parameter: Int32 = -1
        var leaf: Int32 = -1
        var hasLiterals = false
    }

    struct Leaf: Sendable {
        let method: Method
        let value: Int32
        /// The next leaf of the same node; -1: none.
        let next: Int32
    }

    /// A written segment below a node.
    struct Literal: Sendable {
        let hash: UInt64
        let below: Int32
        let node: Int32
        /// Where its bytes begin, and how many there are.
        let start: Int32
        let count: Int32
    }

    let nodes: [Node]
    let leaves: [Leaf]
    let literals: [Literal]
    let bytes: [UInt8]
    /// The places of literals plus one, by hash; 0 is free. Its size is a power of two, at least twice what is in it.
    let slots: [Int32]
    /// The methods of leaves, by name.
    let names: [Method: String]

    init(_ builder: PathIndexBuilder) {
        nodes = builder.nodes
        leaves = builder.leaves
        literals = builder.literals
        bytes = builder.bytes
        slots = builder.slots
        names = builder.names
    }

    /// The place of the value for a method; -1: there is none. `HEAD` is answered by `GET`.
    func find(
        _ method: Method, _ text: Span<UInt8>, _ path: RequestPath, from start: Int,
        _ arguments: inout [RequestPath.Segment]
    ) -> Int {
        var found: Int32 = -1
        _ = walk(text, path, from: start, &arguments) { leaf, leaves in
            found = Self.value(method, leaf, leaves)
            if found < 0, method == .head { found = Self.value(.get, leaf, leaves) }
            return found >= 0
        }
        return Int(found)
    }

    private static func value(_ method: Method, _ first: Int32, _ leaves: Span<Leaf>) -> Int32 {
        var place = first
        while place >= 0 {
            let leaf = leaves[Int(place)]
            if leaf.method == method { return leaf.value }
            place = leaf.next
        }
        return -1
    }

    /// The methods that a path answers to, in order; `HEAD` where there is `GET`.
    func methods(_ text: Span<UInt8>, _ path: RequestPath, from start: Int) -> [String] {
        var (methods, arguments): (Set<String>, [RequestPath.Segment]) = ([], [])
        _ = walk(text, path, from: start, &arguments) { first, leaves in
            var place = first
            while place >= 0 {
                let leaf = leaves[Int(place)]
                if let name = names[leaf.method] { methods.insert(name) }
                if leaf.method == .get { methods.insert("HEAD") }
                place = leaf.next
            }
            return false
        }
        return methods.sorted()
    }

    /// Looks at the leaves of every node that a path leads to until one is taken; each node at most once.
    private func walk(
        _ text: Span<UInt8>, _ path: RequestPath, from start: Int,
        _ arguments: inout [RequestPath.Segment], _ take: (Int32, Span<Leaf>) -> Bool
    ) -> Bool {
        let nodes = nodes.span
        let literals = literals.span
        let bytes = bytes.span
        let slots = slots.span
        var (node, place) = (0 as Int32, start)
        // Where a parameter may be tried once the written segment has led nowhere.
        var forks: [Fork] = []
        while true {
            while node >= 0, place < path.count {
                let (segment, here) = (path[place], nodes[Int(node)])
                place += 1
                let next =
                    here.hasLiterals
                    ? Self.literal(text, segment.range, below: node, slots, literals, bytes) : -1
                let parameter = segment.count > 0 ? here.parameter : -1
                if next >= 0, parameter >= 0 {
                    forks.append(Fork(node: parameter, place: place, segment: segment, depth: arguments.count))
                } else if parameter >= 0 {
                    arguments.append(segment)
                }
                node = next >= 0 ? next : parameter
            }
            if node >= 0, nodes[Int(node)].leaf >= 0, take(nodes[Int(node)].leaf, leaves.span) { return true }
            guard let fork = forks.popLast() else { return false }
            arguments.removeLast(arguments.count - fork.depth)
            arguments.append(fork.segment)
            (node, place) = (fork.node, fork.place)
        }
    }

    private struct Fork {
        let node: Int32
        let place: Int
        let segment: RequestPath.Segment
        let depth: Int
    }

    /// The node of a written segment below a node; -1: there is none.
    private static func literal(
        _ text: Span<UInt8>, _ range: Range<Int>, below: Int32, _ slots: Span<Int32>, _ literals: Span<Literal>,
        _ bytes: Span<UInt8>
    ) -> Int32 {
        let hash = hash(text, range, below)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let literal = literals[Int(slots[slot]) - 1]
            if literal.hash == hash, literal.below == below, Int(literal.count) == range.count {
                var (same, start) = (0, Int(literal.start))
                while same < range.count, bytes[start] == text[range.lowerBound + same] {
                    (same, start) = (same + 1, start + 1)
                }
                if same == range.count { return literal.node }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return -1
    }

    /// FNV-1a, mixed once more so that its low bits depend on all bytes.
    static func hash(_ text: Span<UInt8>, _ range: Range<Int>, _ below: Int32) -> UInt64 {
        var hash = 0xcbf2_9ce4_8422_2325 ^ UInt64(UInt32(bitPattern: below))
        for place in range { hash = (hash ^ UInt64(text[place])) &* 0x0000_0100_0000_01b3 }
        return hash ^ hash >> 32
    }
}
