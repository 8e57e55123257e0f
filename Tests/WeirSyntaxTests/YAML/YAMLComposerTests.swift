// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct YAMLComposerTests {
    /// A text that is not what it should be, the message it gets, and the words it points at.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let message: String
        let at: String
        var code = "S010"

        var testDescription: String { message }
    }

    static let mistakes = [
        Mistake(text: "a: 1\nb: 2\na: 3\n", message: "`a` stands twice in one mapping", at: "a", code: "S008"),
        Mistake(text: "{a: 1, \"a\": 2}", message: "`a` stands twice in one mapping", at: "\"a\"", code: "S008"),
        Mistake(text: "a: &x {b: 1}\nc:\n  <<: *x\n", message: "merge keys (`<<`) are not read", at: "<<"),
        Mistake(text: "a: !!int 3\n", message: "YAML tags are not used here", at: "!!int"),
        Mistake(text: "a: !mine {b: 1}\n", message: "YAML tags are not used here", at: "!mine"),
        Mistake(text: "a: *x\n", message: "no `&x` stands before `*x`", at: "*x"),
        Mistake(text: "a: &x [*x]\n", message: "`*x` stands inside of what `&x` names", at: "*x"),
        Mistake(text: "[a, b]: c\n", message: "a key is a word, found a list", at: "["),
        Mistake(text: "a: &x b\n*x : c\n", message: "a key is a word, found an alias", at: "*x"),
        Mistake(
            text: "a: 1\n---\nb: 2\n", message: "a policy file is one YAML document, and a second one begins here",
            at: "---"),
        Mistake(text: "a:\n\tb: 1\n", message: "a tab stands where YAML wants spaces", at: "\t"),
        Mistake(text: "a: @b\n", message: "`@` cannot begin a value in YAML", at: "@"),
        Mistake(text: "a: %b\n", message: "`%` cannot begin a value in YAML", at: "%"),
        Mistake(text: "a: b: c\n", message: "a second `:` stands where a value has begun", at: ":"),
        Mistake(text: "a: * b\n", message: "`*` begins a name for a YAML value, and no name follows", at: "*"),
        Mistake(
            text: "a:\n    b: 1\n  c: 2\n", message: "this does not line up with the mapping it stands in", at: "c"),
        Mistake(text: "a: [b, c\n", message: "a list is not closed", at: "", code: "S005"),
        Mistake(text: "a: {b: 1\n", message: "a mapping is not closed", at: "", code: "S005"),
        Mistake(text: "a: {b: 1\nc: 2\n", message: "a mapping goes on without `,` or `}`", at: ":", code: "S005"),
        Mistake(text: "a: \"b\n", message: "a quoted text is not closed", at: "", code: "S006"),
        Mistake(text: "a: 'b\n", message: "a quoted text is not closed", at: "", code: "S006"),
        Mistake(text: "a: \"\\q\"\n", message: "this `\\` escape does not exist in YAML", at: "\\"),
        Mistake(text: "%FOO bar\n---\na: 1\n%TAG\n", message: "this YAML directive is not known", at: "%"),
        Mistake(
            text: "a: \u{1}\n", message: "the file holds a control character, which no text has", at: "\u{1}",
            code: "S011"),
        Mistake(text: "grün: *x\n", message: "no `&x` stands before `*x`", at: "*x"),
        Mistake(text: "\u{FEFF}a: 1\na: 2\n", message: "`a` stands twice in one mapping", at: "a", code: "S008"),
    ]

    @Test(arguments: mistakes) func `says what is wrong and where`(mistake: Mistake) {
        let source = SourceFile(path: "a.weir.yaml", form: .yaml, text: mistake.text)
        let document = YAMLComposer.compose(source, isASCII: mistake.text.utf8.allSatisfy { $0 < 0x80 })
        #expect(document.diagnostics.map(\.message) == [mistake.message])
        for finding in document.diagnostics {
            let range = Int(finding.primary.range.start)..<Int(finding.primary.range.end)
            #expect(String(decoding: source.bytes[range], as: UTF8.self) == mistake.at)
            #expect(finding.id.code == mistake.code)
        }
    }

    @Test func `shows both places of a key that stands twice`() {
        let document = compose("retry: 1\nwait: 2\nretry: 3\n")
        #expect(document.diagnostics.map(\.primary.range) == [SourceRange(start: 17, end: 22)])
        #expect(document.diagnostics.first?.secondary.map(\.range) == [SourceRange(start: 0, end: 5)])
    }

    @Test func `finds a key that stands twice among thousands`() {
        let keys = (0..<5_000).map { "key-\($0): x\n" }.joined()
        let document = compose(keys + "key-17: y\nkey-17: z\n")
        #expect(document.diagnostics.count == 2)
        #expect(document.diagnostics.allSatisfy { $0.message == "`key-17` stands twice in one mapping" })
    }

    @Test(arguments: ["no", "on", "NO", "012", "1e3", "~", "null", "2026-03-01", "0x1F", "1_000", "12:30:45"])
    func `keeps a plain scalar as the text it is`(word: String) {
        let document = compose("a: \(word)\n")
        #expect(document.diagnostics.isEmpty)
        #expect(document.nodes.last.map(document.string) == word)
    }

    @Test(arguments: [
        ("a: bcd\n", 3, 6), ("a: 'bcd'\n", 4, 7), ("a: \"bcd\"\n", 4, 7), ("ä: bcd\n", 4, 7),
        ("a: &x bcd\n", 6, 9), ("€: {ü: \"bcd\"}\n", 11, 14),
    ]) func `knows the bytes of a scalar's text`(text: String, start: Int, end: Int) throws {
        let node = try #require(compose(text).nodes.last)
        #expect(Int(node.verbatim) == start)
        #expect(Int(node.verbatim) + Int(node.length) == end)
    }

    @Test(arguments: ["a: \"b\\tc\"\n", "a: 'it''s'\n", "a: b\n  c\n", "a: |\n  b\n  c\n"])
    func `claims no bytes for a text that the file writes otherwise`(text: String) throws {
        #expect(try #require(compose(text).nodes.last).verbatim == YAMLNode.notVerbatim)
    }

    @Test func `lets aliases stand for what they name`() throws {
        let document = compose("a: &x {b: 1}\nc: *x\n")
        let alias = try #require(document.nodes.indices.last)
        #expect(document.nodes[alias].kind == .alias)
        #expect(document.nodes[document.resolve(alias)].kind == .mapping)
    }

    @Test func `stops a billion laughs`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let document = compose(text)
        #expect(document.diagnostics.map(\.message) == ["the aliases of this file stand for more than 10000 values"])
        #expect(document.nodes.count < 200)
    }

    @Test func `stops at the deepest nesting that is read`() {
        #expect(compose(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)).diagnostics.isEmpty)
        for open in ["[", "{a: ", "- "] {
            let document = compose(String(repeating: open, count: 10_000))
            #expect(document.diagnostics.map(\.id.code) == ["S012"])
            #expect(document.diagnostics.map(\.primary.range.start) == [UInt32(64 * open.utf8.count)])
        }
    }

    @Test(arguments: ["", "\n\n", "# nothing\n", "---\n", "\u{FEFF}"]) func `takes a file without content`(text: String)
    {
        #expect(compose(text).diagnostics.isEmpty)
    }

    private func compose(_ text: String) -> YAMLDocument {
        YAMLComposer.compose(
            SourceFile(path: "a.weir.yaml", form: .yaml, text: text), isASCII: text.utf8.allSatisfy { $0 < 0x80 })
    }
}
