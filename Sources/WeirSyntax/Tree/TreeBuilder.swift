// SPDX-License-Identifier: Apache-2.0

/// Collects tokens, nodes and findings while a file is read; both readers build their trees with it.
struct TreeBuilder {
    let source: SourceFile
    var text: [UInt8]
    var tokens: [Token] = []
    var places: [SourceRange] = []
    private(set) var nodes: [SyntaxTree.Node] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether findings are dropped, because they follow from one that has been reported.
    var isSilent = false

    /// A builder for a file; `text` is what the tokens will point into.
    init(_ source: SourceFile, text: [UInt8]) {
        self.source = source
        self.text = text
    }

    /// Makes room for as many nodes as a file is likely to have.
    mutating func reserve(_ count: Int) { nodes.reserveCapacity(count) }

    /// Whether no further finding is kept, so that there is no use in looking for one.
    var isFull: Bool { diagnostics.count >= Limits.diagnosticsPerFile }

    /// Opens a statement at its keyword; values and the statements of its block follow until ``close(_:)``.
    mutating func open(_ form: Form, firstToken: Int) -> Int {
        nodes.append(
            SyntaxTree.Node(
                kind: .statement, isDamaged: false, hasBlock: false, ordinal: form.rawValue,
                firstToken: UInt32(firstToken), endToken: UInt32(firstToken + 1), subtreeEnd: UInt32(nodes.count + 1)))
        return nodes.count - 1
    }

    /// Adds a value to the statement that was opened last and is not closed.
    mutating func add(_ slot: Slot, tokens range: Range<Int>, isDamaged: Bool = false) {
        nodes.append(
            SyntaxTree.Node(
                kind: .value, isDamaged: isDamaged, hasBlock: false, ordinal: slot.rawValue,
                firstToken: UInt32(range.lowerBound), endToken: UInt32(range.upperBound),
                subtreeEnd: UInt32(nodes.count + 1)))
    }

    /// Says where a statement's head ends: the token after its last.
    mutating func endHead(_ index: Int, endToken: Int) { nodes[index].endToken = UInt32(endToken) }

    /// Says that a statement has a block.
    mutating func markBlock(_ index: Int) { nodes[index].hasBlock = true }

    /// Says that a fault in a statement has been reported.
    mutating func markDamaged(_ index: Int) { nodes[index].isDamaged = true }

    /// Closes a statement with all that was added since it was opened.
    mutating func close(_ index: Int) { nodes[index].subtreeEnd = UInt32(nodes.count) }

    /// Drops all nodes from an index on, to try another reading of the same tokens.
    mutating func rewind(to count: Int) { nodes.removeLast(nodes.count - count) }

    /// Keeps a finding, up to ``Limits/diagnosticsPerFile``.
    mutating func report(_ diagnostic: Diagnostic) {
        guard !isSilent, diagnostics.count < Limits.diagnosticsPerFile else { return }
        diagnostics.append(diagnostic)
    }

    /// The finished tree.
    consuming func finish() -> SyntaxTree {
        let sorted = diagnostics.sorted {
            ($0.primary.range.start, $0.id.code) < ($1.primary.range.start, $1.id.code)
        }
        // Copied, because the tree lives long, and the lists were made with room for more.
        return SyntaxTree(
            source: source, text: text, tokens: tokens.map(\.self), places: places, nodes: nodes.map(\.self),
            diagnostics: sorted)
    }
}
