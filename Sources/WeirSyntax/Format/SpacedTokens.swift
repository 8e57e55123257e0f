// SPDX-License-Identifier: Apache-2.0

/// A file's tokens that mean something, and the gaps before, between and after them.
struct SpacedTokens {
    let tree: SyntaxTree
    /// The indexes in the tree of all tokens but line ends.
    let indexes: [Int]
    /// One more than tokens: before the first, between, after the last.
    let gaps: [Gap]

    init(_ tree: SyntaxTree) {
        let indexes = tree.tokens.indices.filter { tree.tokens[$0].kind != .newline }
        var gaps: [Gap] = []
        var position = 0
        for index in indexes {
            gaps.append(Gap(tree.text[position..<max(Int(tree.tokens[index].start), position)]))
            position = tree.tokens[index].end
        }
        gaps.append(Gap(tree.text[min(position, tree.text.count)...]))
        self.tree = tree
        self.indexes = indexes
        self.gaps = gaps
    }

    var count: Int { indexes.count }

    func kind(_ index: Int) -> TokenKind { tree.tokens[indexes[index]].kind }

    /// A token's bytes; documentation without spaces at its end.
    func text(_ index: Int) -> ArraySlice<UInt8> {
        let token = tree.tokens[indexes[index]]
        let text = tree.text[Int(token.start)..<token.end]
        return token.kind == .documentation ? text.withoutTrailingSpaces : text
    }

    /// Whether a line end that counts stands before a token.
    func followsLineEnd(_ index: Int) -> Bool { index == 0 || indexes[index] - indexes[index - 1] > 1 }

    /// Whether the statement that begins at a token, or at the documentation above it, opens a block.
    func opensBlock(_ index: Int) -> Bool {
        var position = index
        while position < count, kind(position) == .documentation { position += 1 }
        while position < count {
            if kind(position) == .openBrace { return true }
            position += 1
            if position < count, followsLineEnd(position) { return false }
        }
        return false
    }
}
