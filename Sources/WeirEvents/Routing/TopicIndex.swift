// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Bindings compiled for routing: a trie over the words of patterns, with the targets that end at each node.
///
/// A key is walked once. What a word leads to is one look in a hash table, so the time depends on the key's words and on how many
/// patterns match, not on how many there are.
struct TopicIndex: Sendable {
    private let words: WordTable
    private let edges: EdgeTable
    private let nodes: [Node]
    private let targets: [Int32]

    private struct Node {
        /// The node behind `*`, or -1.
        var one: Int32 = -1
        /// The node behind `#`, or -1.
        var many: Int32 = -1
        /// Whether it stands behind a `#`, so that any word leads back to it.
        var isMany = false
        var firstTarget: Int32 = 0
        var targetCount: Int32 = 0
    }

    /// Compiles bindings: patterns as their words, and the target of each, not negative. A target may be bound more than once.
    init(_ bindings: [(pattern: [TopicPattern.Word], target: Int)]) {
        var words = WordTable()
        var edges: [UInt64: Int32] = [:]
        var nodes = [Node()]
        var ends: [[Int32]] = [[]]
        func add(isMany: Bool) -> Int32 {
            nodes.append(Node(isMany: isMany))
            ends.append([])
            return Int32(nodes.count - 1)
        }
        for (pattern, target) in bindings {
            var node = 0
            for word in pattern {
                switch word {
                case .literal(let bytes):
                    let key = EdgeTable.key(Int32(node), words.insert(bytes))
                    if edges[key] == nil { edges[key] = add(isMany: false) }
                    node = Int(edges[key] ?? 0)
                case .one:
                    if nodes[node].one < 0 {
                        let added = add(isMany: false)
                        nodes[node].one = added
                    }
                    node = Int(nodes[node].one)
                case .many:
                    // `#.#` is `#`.
                    if nodes[node].isMany { continue }
                    if nodes[node].many < 0 {
                        let added = add(isMany: true)
                        nodes[node].many = added
                    }
                    node = Int(nodes[node].many)
                }
            }
            ends[node].append(Int32(target))
        }
        var targets: [Int32] = []
        for node in nodes.indices {
            let own = Set(ends[node]).sorted()
            nodes[node].firstTarget = Int32(targets.count)
            nodes[node].targetCount = Int32(own.count)
            targets += own
        }
        self.words = words
        self.edges = EdgeTable(edges)
        self.nodes = nodes
        self.targets = targets
    }

    /// Room for as many nodes as most keys reach at once.
    private static let usualNodes = 8

    /// The targets whose pattern matches a key, each once, in order.
    func targets(of key: String) -> [Int] {
        var key = key
        var active: [Int32] = []
        var next: [Int32] = []
        active.reserveCapacity(Self.usualNodes)
        next.reserveCapacity(Self.usualNodes)
        enter(0, &active)
        key.withUTF8 { bytes in
            guard !bytes.isEmpty else { return }
            var start = 0
            while start <= bytes.count, !active.isEmpty {
                var end = start
                while end < bytes.count, bytes[end] != UInt8(ascii: ".") { end += 1 }
                let word = words.number(of: UnsafeBufferPointer(rebasing: bytes[start..<end]))
                next.removeAll(keepingCapacity: true)
                for node in active { step(node, word, &next) }
                swap(&active, &next)
                start = end + 1
            }
        }
        return ends(of: active)
    }

    private func step(_ node: Int32, _ word: Int32, _ next: inout [Int32]) {
        if nodes[Int(node)].isMany { enter(node, &next) }
        if word >= 0 {
            let child = edges.child(of: node, word)
            if child >= 0 { enter(child, &next) }
        }
        let one = nodes[Int(node)].one
        if one >= 0 { enter(one, &next) }
    }

    /// Adds a node, and the one behind its `#`, which may be there already: from before, or from its parent.
    private func enter(_ node: Int32, _ active: inout [Int32]) {
        if nodes[Int(node)].isMany, active.contains(node) { return }
        active.append(node)
        let many = nodes[Int(node)].many
        if many >= 0 { enter(many, &active) }
    }

    private func ends(of active: [Int32]) -> [Int] {
        var found: [Int] = []
        for node in active {
            let first = Int(nodes[Int(node)].firstTarget)
            for place in first..<first + Int(nodes[Int(node)].targetCount) { found.append(Int(targets[place])) }
        }
        guard found.count > 1 else { return found }
        found.sort()
        var kept = 1
        for place in 1..<found.count where found[place] != found[kept - 1] {
            found[kept] = found[place]
            kept += 1
        }
        found.removeLast(found.count - kept)
        return found
    }
}

/// The literal words of all patterns by number, found by a hash of their bytes.
private struct WordTable: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int32] = [0]
    private var slots = [Int32](repeating: -1, count: 16)

    /// The number of a word, new where it has none.
    mutating func insert(_ word: [UInt8]) -> Int32 {
        let known = word.withUnsafeBufferPointer { number(of: $0) }
        if known >= 0 { return known }
        bytes += word
        ends.append(Int32(bytes.count))
        if ends.count * 2 > slots.count { grow() }
        place(Int32(ends.count - 2))
        return Int32(ends.count - 2)
    }

    /// The number of a word, or -1.
    func number(of word: UnsafeBufferPointer<UInt8>) -> Int32 {
        let mask = slots.count - 1
        var slot = Self.hash(word) & mask
        while slots[slot] >= 0 {
            if spells(slots[slot], word) { return slots[slot] }
            slot = (slot + 1) & mask
        }
        return -1
    }

    private func spells(_ number: Int32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(ends[Int(number)])
        guard Int(ends[Int(number) + 1]) - start == word.count else { return false }
        for place in 0..<word.count where bytes[start + place] != word[place] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for number in 0..<ends.count - 2 { place(Int32(number)) }
    }

    private mutating func place(_ number: Int32) {
        let range = Int(ends[Int(number)])..<Int(ends[Int(number) + 1])
        var slot = bytes[range].withUnsafeBufferPointer { Self.hash($0) } & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = number
    }

    /// FNV-1a. The table is made from declared patterns only, so keys from outside cannot fill it.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for byte in word { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        return Int(hash)
    }
}

/// Which node a word leads to from a node.
private struct EdgeTable: Sendable {
    private static let empty = UInt64.max
    private var keys: [UInt64]
    private var children: [Int32]

    init(_ edges: [UInt64: Int32]) {
        var size = 16
        while size < edges.count * 2 { size *= 2 }
        keys = [UInt64](repeating: Self.empty, count: size)
        children = [Int32](repeating: -1, count: size)
        for (key, child) in edges {
            var slot = Self.slot(key, size)
            while keys[slot] != Self.empty { slot = (slot + 1) & (size - 1) }
            keys[slot] = key
            children[slot] = child
        }
    }

    static func key(_ node: Int32, _ word: Int32) -> UInt64 { UInt64(UInt32(node)) << 32 | UInt64(UInt32(word)) }

    /// The node, or -1.
    func child(of node: Int32, _ word: Int32) -> Int32 {
        let key = Self.key(node, word)
        var slot = Self.slot(key, keys.count)
        while keys[slot] != Self.empty {
            if keys[slot] == key { return children[slot] }
            slot = (slot + 1) & (keys.count - 1)
        }
        return -1
    }

    private static func slot(_ key: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (size - 1)
    }
}
