// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct LexerTests {
    private static let words: [(String, TokenKind)] = [
        ("retry", .name), ("card-payments", .name), ("p99", .name), ("decorrelated-v2", .name), ("a", .name),
        ("payments.authorize", .path), ("shop.checkout.card-payments", .path), ("v1.2", .path),
        ("POST", .method), ("GET", .method), ("$card-budget", .constant), ("$a", .constant),
        ("0", .integer), ("20", .integer), ("100_000", .integer),
        ("250ms", .duration), ("1m30s", .duration), ("24h", .duration), ("5us", .duration), ("2d", .duration),
        ("100/s", .rate), ("20/m", .rate), ("5/100ms", .rate), ("1_000/s", .rate),
        ("50%", .percent), ("0.1%", .percent), ("2x", .factor), ("1.5x", .factor),
        ("64KiB", .size), ("1GB", .size), ("10B", .size), ("500..599", .range),
        ("2026-03-01", .date), ("2026-02-30", .date), ("2026-03-01T09:00:00Z", .instant),
        ("\"text\"", .string), ("\"\"", .string), ("\"a \\\" b\"", .string), ("\"open", .unclosedString),
        ("\"open \\", .unclosedString), ("## words", .documentation),
        (",", .comma), ("=", .equals), ("{", .openBrace), ("}", .closeBrace), ("(", .openParenthesis),
        (")", .closeParenthesis), (":", .unknown), ("->", .unknown), (";;", .unknown), ("$", .unknown),
        ("5sec", .malformed), ("0.5", .malformed), ("2s5", .malformed), ("1.5s", .malformed), ("-5s", .malformed),
        ("cardPayments", .malformed), ("max_retries", .malformed), ("a--b", .malformed), ("a-", .malformed),
        ("stock/check", .malformed), ("Post", .malformed), ("$Budget", .malformed), ("'text'", .malformed),
        ("2026-3-1", .malformed), ("2026-03-01T09:00Z", .malformed), ("500...599", .malformed), ("5/", .malformed),
        ("100_", .malformed), ("64Ki", .malformed), ("grün", .malformed), ("5ms2", .malformed), (".5", .malformed),
    ]

    @Test(arguments: words) func `a word is one token`(word: String, kind: TokenKind) {
        let tokens = Lexer.tokens(of: Array(word.utf8))
        let isSplit = word == "->"
        #expect(tokens.first?.kind == kind)
        #expect(isSplit || tokens.count == 2)
        #expect(tokens.last?.kind == .newline)
    }

    @Test func `spaces and comments lie between tokens`() {
        #expect(kinds("  a # words\n\tb") == [.name, .newline, .name, .newline])
    }

    @Test func `line ends are one token, and none after a comma`() {
        #expect(kinds("\n\na\n\n \n# c\n\nb, \n c\n") == [.name, .newline, .name, .comma, .name, .newline])
    }

    @Test func `a doc comment stands first on its line`() {
        #expect(
            kinds("## one\na ## two\nb,\n## three\nc") == [
                .documentation, .newline, .name, .newline, .name, .comma, .name, .newline,
            ])
    }

    @Test func `carriage returns and a byte order mark are no tokens`() {
        #expect(
            kinds("\u{FEFF}a\r\n## d\r\n\"x\r\n") == [
                .name, .newline, .documentation, .newline, .unclosedString, .newline,
            ])
    }

    @Test(arguments: ["", "\n", "#", "##", "\u{FEFF}", "\r", " "]) func `the last token is a line end`(text: String) {
        #expect(Lexer.tokens(of: Array(text.utf8)).last?.kind == .newline)
    }

    @Test func `tokens and gaps make up every text`() {
        var random = SeededNumbers(seed: 7)
        let alphabet = Array("ab-.$\"\\{}(),=#\n\r\t 0159mshx%/_TZ:é'AB".utf8)
        for _ in 0..<2_000 {
            let text = (0..<Int(random.next() % 60)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
            var end = 0
            for token in Lexer.tokens(of: text) {
                #expect(Int(token.start) >= end && token.end <= text.count)
                let gap = text[end..<Int(token.start)]
                #expect(gap.allSatisfy { " \t\r\n".utf8.contains($0) } || gap.contains(UInt8(ascii: "#")))
                end = token.end
            }
            #expect(end <= text.count)
        }
    }

    private func kinds(_ text: String) -> [TokenKind] { Lexer.tokens(of: Array(text.utf8)).map(\.kind) }
}
