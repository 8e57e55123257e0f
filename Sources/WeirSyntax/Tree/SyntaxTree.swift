// SPDX-License-Identifier: Apache-2.0

/// A policy file as read: every byte, its tokens, its statements and what is wrong with it.
///
/// Both forms give the same nodes: a node is a statement (a row of the language table) or a value in one of its slots. Nodes
/// stand in preorder in one array, so that a tree of a thousand statements is four allocations.
public final class SyntaxTree: Sendable {
    /// One statement or one value; see ``Statement`` and ``Value`` for the way to read them.
    public struct Node: Sendable, Hashable {
        /// What a node may be.
        enum Kind: UInt8, Sendable { case statement, value }

        let kind: Kind
        /// Whether something in it was wrong and has been reported; later stages stay silent about it.
        var isDamaged: Bool
        /// Whether a statement has a block (`{ … }`, or a YAML mapping with statements in it).
        var hasBlock: Bool
        /// The ordinal of the statement's form, or of the value's slot.
        let ordinal: UInt8
        /// The first token; for a statement its keyword, not its documentation.
        let firstToken: UInt32
        /// The token after the last of its head; a block's tokens belong to the statements in it.
        var endToken: UInt32
        /// The index after the last node of its subtree.
        var subtreeEnd: UInt32
    }

    /// The file that was read.
    public let source: SourceFile
    /// What tokens point into: the file's bytes, or for YAML the decoded scalars one after the other.
    public let text: [UInt8]
    /// The tokens in order.
    public let tokens: [Token]
    /// For YAML the range in the file of each token; empty for the language's own text, where a token is its own place.
    let places: [SourceRange]
    /// The nodes in preorder.
    let nodes: [Node]
    /// What is wrong with the text, in order of place.
    public let diagnostics: [Diagnostic]

    init(
        source: SourceFile, text: [UInt8], tokens: [Token], places: [SourceRange], nodes: [Node],
        diagnostics: [Diagnostic]
    ) {
        self.source = source
        self.text = text
        self.tokens = tokens
        self.places = places
        self.nodes = nodes
        self.diagnostics = diagnostics
    }

    /// The file's statements in order.
    public var statements: Statements { Statements(tree: self, from: 0, to: nodes.count) }

    /// Where a token stands in the file.
    public func range(ofToken index: Int) -> SourceRange {
        if places.isEmpty {
            guard index < tokens.count else { return SourceRange(start: text.count, end: text.count) }
            return SourceRange(start: Int(tokens[index].start), end: tokens[index].end)
        }
        guard index < places.count else { return SourceRange(start: source.bytes.count, end: source.bytes.count) }
        return places[index]
    }

    /// A token's text.
    public func text(ofToken index: Int) -> String {
        guard index < tokens.count else { return "" }
        return String(decoding: text[Int(tokens[index].start)..<tokens[index].end], as: UTF8.self)
    }
}
