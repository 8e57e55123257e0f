// SPDX-License-Identifier: Apache-2.0

/// Words whose braces belong to no block, which people bring from shells, templates and routes.
enum TemplateTokens {
    /// The most tokens of one that are looked at.
    private static let mostTokens = 16

    /// Makes one token of `${NAME}`, `{{ .Values.timeout }}` and `/orders/{id}`, whose braces belong to no block.
    static func joining(_ tokens: [Token]) -> [Token] {
        var joined: [Token] = []
        joined.reserveCapacity(tokens.count)
        var place = 0
        while place < tokens.count {
            guard tokens[place].kind == .openBrace, let end = endOfTemplate(tokens, place) else {
                joined.append(tokens[place])
                place += 1
                continue
            }
            var start = Int(tokens[place].start)
            while let last = joined.last, last.end == start, last.kind != .openBrace, last.kind != .newline {
                start = Int(last.start)
                joined.removeLast()
            }
            joined.append(Token(.malformed, start: start, length: tokens[end - 1].end - start))
            place = end
        }
        return joined
    }

    /// The token after a template whose brace stands at a place; nil where none does.
    private static func endOfTemplate(_ tokens: [Token], _ place: Int) -> Int? {
        let isGlued = place > 0 && tokens[place - 1].end == Int(tokens[place].start)
        let isAfterSign = isGlued && [.unknown, .malformed].contains(tokens[place - 1].kind)
        guard isAfterSign || isDouble(tokens, place) else { return nil }
        var depth = 0
        for end in place..<min(place + mostTokens, tokens.count) {
            switch tokens[end].kind {
            case .newline: return nil
            case .openBrace: depth += 1
            case .closeBrace:
                depth -= 1
                guard depth == 0 else { continue }
                return endOfWord(tokens, end + 1)
            default: continue
            }
        }
        return nil
    }

    private static func isDouble(_ tokens: [Token], _ place: Int) -> Bool {
        place + 1 < tokens.count && tokens[place + 1].kind == .openBrace
            && tokens[place].end == Int(tokens[place + 1].start)
    }

    /// The first token that does not stick to the one before it, or is no part of a word.
    private static func endOfWord(_ tokens: [Token], _ first: Int) -> Int {
        var end = first
        while end < tokens.count, tokens[end - 1].end == Int(tokens[end].start), isInWord(tokens[end].kind) { end += 1 }
        return end
    }

    private static func isInWord(_ kind: TokenKind) -> Bool {
        switch kind {
        case .newline, .documentation, .comma, .equals, .openBrace, .closeBrace: false
        default: true
        }
    }
}
