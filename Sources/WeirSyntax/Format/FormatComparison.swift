// SPDX-License-Identifier: Apache-2.0

/// Compares a text with its formatted self: the same tokens, the same comments in the same order, the same statements.
enum FormatComparison {
    /// The first thing that is not the same.
    struct Difference {
        /// What formatting would do, after "would".
        let what: String
        /// Where, in the text before.
        let range: SourceRange
    }

    /// The first difference; nil when nothing but spacing changed.
    static func firstDifference(_ before: SpacedTokens, _ after: SpacedTokens) -> Difference? {
        for index in 0..<before.count {
            let range = before.tree.range(ofToken: before.indexes[index])
            if before.gaps[index].hasOther { return Difference(what: "drop what stands before this", range: range) }
            guard index < after.count, before.kind(index) == after.kind(index), before.text(index) == after.text(index)
            else { return Difference(what: "change this word", range: range) }
            if !haveSameComments(before.gaps[index], after.gaps[index]) {
                return Difference(what: "move or drop a comment before this", range: range)
            }
        }
        let end = SourceRange(start: before.tree.text.count, end: before.tree.text.count)
        guard before.count == after.count, let last = before.gaps.last, let lastAfter = after.gaps.last,
            !last.hasOther, haveSameComments(last, lastAfter)
        else { return Difference(what: "change what stands at the end", range: end) }
        guard after.tree.diagnostics.allSatisfy({ $0.severity != .error }), shape(before) == shape(after) else {
            return Difference(what: "change what the statements mean", range: SourceRange(start: 0, end: 0))
        }
        return nil
    }

    private static func haveSameComments(_ before: Gap, _ after: Gap) -> Bool {
        before.comments.map(\.text) == after.comments.map(\.text)
    }

    /// A tree's nodes with tokens counted without line ends, so that equal statements are equal.
    private static func shape(_ tokens: SpacedTokens) -> [SyntaxTree.Node] {
        var numbers: [UInt32] = []
        var count: UInt32 = 0
        for token in tokens.tree.tokens {
            numbers.append(count)
            if token.kind != .newline { count += 1 }
        }
        numbers.append(count)
        let number = { (index: UInt32) in Int(index) < numbers.count ? numbers[Int(index)] : count }
        return tokens.tree.nodes.map { node in
            SyntaxTree.Node(
                kind: node.kind, isDamaged: node.isDamaged, hasBlock: node.hasBlock, ordinal: node.ordinal,
                firstToken: number(node.firstToken), endToken: number(node.endToken), subtreeEnd: node.subtreeEnd)
        }
    }
}
