// SPDX-License-Identifier: Apache-2.0

/// Writes tokens and comments in their order with the one spacing of the language.
///
/// Two spaces a block, at most one empty line in a row and none just inside braces, an empty line around declarations with
/// blocks, comments where they stood: behind their statement or on a line of their own. A list that was continued on the next
/// line stays so.
struct Layout {
    private static let indent = 2
    private static let continuation = 4

    private let tokens: SpacedTokens
    private var output: [UInt8] = []
    private var depth = 0

    /// The formatted text of some tokens.
    static func text(_ tokens: SpacedTokens) -> [UInt8] {
        var layout = Layout(tokens)
        for index in 0..<tokens.count { layout.write(index) }
        layout.writeEnd()
        return layout.output
    }

    private init(_ tokens: SpacedTokens) {
        self.tokens = tokens
        output.reserveCapacity(tokens.tree.text.count)
    }

    private mutating func write(_ index: Int) {
        let kind = tokens.kind(index)
        if startsLine(index) {
            let mayStandApart = kind != .closeBrace
            writeComments(before: index, at: depth * Self.indent)
            if kind == .closeBrace { depth = max(depth - 1, 0) }
            let gap = tokens.gaps[index]
            let isApart = gap.breaks > 1 || (!gap.standsApart && needsEmptyLine(before: index))
            startLine(afterEmpty: mayStandApart && isApart && !isFirstInBlock(index, gap), at: depth * Self.indent)
        } else {
            continueLine(index, kind)
        }
        output += tokens.text(index)
        if kind == .openBrace { depth += 1 }
    }

    private mutating func writeEnd() {
        writeComments(before: tokens.count, at: depth * Self.indent)
        if !output.isEmpty { output.append(UInt8(ascii: "\n")) }
    }

    /// Comments of a gap that ends a line, each behind the line or on its own.
    private mutating func writeComments(before index: Int, at column: Int) {
        let gap = tokens.gaps[index]
        for (offset, comment) in gap.comments.enumerated() {
            if comment.breaks == 0, !output.isEmpty, offset == 0, index > 0 {
                output += "  ".utf8
            } else {
                let isFirst = !gap.comments[..<offset].contains { $0.breaks > 0 }
                let isApart = comment.breaks > 1 || (isFirst && needsEmptyLine(before: index) && !isApart(gap))
                let followsBrace = isFirst && index > 0 && tokens.kind(index - 1) == .openBrace
                startLine(afterEmpty: isApart && !followsBrace, at: column)
            }
            output += comment.text
        }
    }

    /// A token that goes on with the statement: on the same line, or on the next where it stood there.
    private mutating func continueLine(_ index: Int, _ kind: TokenKind) {
        let gap = tokens.gaps[index]
        for comment in gap.comments {
            if comment.breaks == 0 { output += "  ".utf8 } else { startLine(afterEmpty: false, at: continued) }
            output += comment.text
        }
        if !gap.comments.isEmpty || (gap.breaks > 0 && kind != .comma) {
            startLine(afterEmpty: false, at: continued)
        } else if kind != .comma, kind != .closeParenthesis, tokens.kind(index - 1) != .openParenthesis {
            output.append(UInt8(ascii: " "))
        }
    }

    private var continued: Int { depth * Self.indent + Self.continuation }

    private mutating func startLine(afterEmpty: Bool, at column: Int) {
        guard !output.isEmpty else { return }
        output += (afterEmpty ? "\n\n" : "\n").utf8
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: column))
    }

    private func startsLine(_ index: Int) -> Bool {
        if tokens.followsLineEnd(index) || tokens.kind(index) == .closeBrace { return true }
        switch tokens.kind(index - 1) {
        case .openBrace, .closeBrace, .documentation: return true
        default: return false
        }
    }

    private func isFirstInBlock(_ index: Int, _ gap: Gap) -> Bool {
        guard index > 0, tokens.kind(index - 1) == .openBrace else { return false }
        return !gap.standsApart
    }

    /// Whether an empty line must part a declaration with a block from what stands before it.
    private func needsEmptyLine(before index: Int) -> Bool {
        guard depth == 0, index > 0, index < tokens.count, tokens.kind(index - 1) != .documentation else {
            return false
        }
        return tokens.kind(index - 1) == .closeBrace || tokens.opensBlock(index)
    }

    /// Whether a gap holds an empty line already.
    private func isApart(_ gap: Gap) -> Bool { gap.breaks > 1 || gap.comments.contains { $0.breaks > 1 } }
}
