// SPDX-License-Identifier: Apache-2.0

/// One value in a slot of a statement: a literal, a name, or a few words such as `status 502..504`.
public struct Value: Sendable {
    /// The tree it belongs to.
    public let tree: SyntaxTree
    let index: Int

    var node: SyntaxTree.Node { tree.nodes[index] }

    /// The slot it fills.
    public var slot: Slot { Slot.all[Int(node.ordinal)] }
    /// Whether a fault in it has been reported already.
    public var isDamaged: Bool { node.isDamaged }
    /// Its tokens.
    public var tokens: ArraySlice<Token> { tree.tokens[Int(node.firstToken)..<Int(node.endToken)] }
    /// Its first token's kind, which decides its type; ``TokenKind/unknown`` for an empty value.
    public var kind: TokenKind { tokens.first?.kind ?? .unknown }
    /// Its place in the file.
    public var range: SourceRange {
        tree.range(ofToken: Int(node.firstToken)).through(tree.range(ofToken: Int(node.endToken) - 1))
    }
    /// Its text as written, tokens joined by one space; a string keeps its quotes.
    public var text: String {
        (Int(node.firstToken)..<Int(node.endToken)).map { tree.text(ofToken: $0) }.joined(separator: " ")
    }
}
