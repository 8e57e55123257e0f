// SPDX-License-Identifier: Apache-2.0

/// One statement of a file: a row of the language table, the values in its slots and the statements in its block.
public struct Statement: Sendable {
    /// The tree it belongs to.
    public let tree: SyntaxTree
    let index: Int

    var node: SyntaxTree.Node { tree.nodes[index] }

    /// Which statement of the language it is.
    public var form: Form { Form.all[Int(node.ordinal)] }
    /// Whether a fault in it has been reported already.
    public var isDamaged: Bool { node.isDamaged }
    /// Whether it has a block, even an empty one.
    public var hasBlock: Bool { node.hasBlock }
    /// The place of its keyword: the first token, or the YAML key.
    public var keywordRange: SourceRange { tree.range(ofToken: Int(node.firstToken)) }
    /// The place of its head: keyword and values, not its block.
    public var headRange: SourceRange {
        keywordRange.through(tree.range(ofToken: max(Int(node.endToken) - 1, Int(node.firstToken))))
    }

    /// The values of a slot in order; several where the slot takes a list.
    public func values(_ slot: Slot) -> [Value] { allValues.filter { $0.slot == slot } }

    /// The first value of a slot.
    public func value(_ slot: Slot) -> Value? {
        var child = index + 1
        let end = Int(node.subtreeEnd)
        while child < end {
            let candidate = tree.nodes[child]
            if candidate.kind == .value, candidate.ordinal == slot.rawValue { return Value(tree: tree, index: child) }
            child = Int(candidate.subtreeEnd)
        }
        return nil
    }

    /// All values in order.
    public var allValues: [Value] {
        var found: [Value] = []
        var child = index + 1
        let end = Int(node.subtreeEnd)
        while child < end {
            if tree.nodes[child].kind == .value { found.append(Value(tree: tree, index: child)) }
            child = Int(tree.nodes[child].subtreeEnd)
        }
        return found
    }

    /// The statements in its block, in order.
    public var statements: Statements { Statements(tree: tree, from: index + 1, to: Int(node.subtreeEnd)) }
}

/// The statements of a block or a file, in order.
public struct Statements: Sendable, Sequence {
    let tree: SyntaxTree
    let from: Int
    let to: Int

    /// Walks the statements, passing over values and subtrees.
    public struct Iterator: IteratorProtocol {
        let tree: SyntaxTree
        var position: Int
        let end: Int

        /// The next statement, nil at the end.
        public mutating func next() -> Statement? {
            while position < end {
                let index = position
                position = Int(tree.nodes[index].subtreeEnd)
                if tree.nodes[index].kind == .statement { return Statement(tree: tree, index: index) }
            }
            return nil
        }
    }

    /// An iterator at the first statement.
    public func makeIterator() -> Iterator { Iterator(tree: tree, position: from, end: to) }
}
