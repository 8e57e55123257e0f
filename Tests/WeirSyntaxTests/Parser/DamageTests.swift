// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

/// What one slip costs; what many of them do is for `WeirMutants`.
@Suite struct DamageTests {
    @Test func `a token that is missing damages its line once`() throws {
        for name in SampleFiles.names {
            let source = try SampleFiles.read(name, .weir)
            let lines = SourceLines(source.bytes)
            for token in Lexer.tokens(of: source.bytes) where token.length > 0 && token.kind != .newline {
                var bytes = source.bytes
                bytes.replaceSubrange(
                    Int(token.start)..<token.end, with: repeatElement(UInt8(ascii: " "), count: Int(token.length)))
                let tree = SyntaxTree.parse(SourceFile(path: source.path, form: .weir, bytes: bytes))
                let damaged = lines.line(of: Int(token.start))
                let places = tree.diagnostics.map { lines.line(of: Int($0.primary.range.start)) }
                #expect(places.count { $0 == damaged } <= 1, "\(name):\(damaged) without a token: \(tree.diagnostics)")
                #expect(Set(places).count == places.count, "\(name):\(damaged): a line has two findings")
            }
        }
    }
}
