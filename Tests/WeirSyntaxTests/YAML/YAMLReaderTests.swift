// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct YAMLReaderTests {
    /// A text with `‹` and `›` around what is wrong in it, and the whole finding.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let marked: String
        let code: String
        let message: String
        var help = ""
        /// What the text is when the help's edits are made; empty: there are none.
        var mended = ""

        var testDescription: String { message }
    }

    @Test(arguments: YAMLMistakes.all) func `says what is wrong, where, and what helps`(mistake: Mistake) throws {
        let parts = mistake.marked.split(omittingEmptySubsequences: false) { $0 == "‹" || $0 == "›" }
        try #require(parts.count == 3)
        let source = SourceFile(path: "a.weir.yaml", form: .yaml, text: parts.joined())
        let tree = YAMLReader.read(source)
        #expect(tree.diagnostics.map(\.message) == [mistake.message])
        let finding = try #require(tree.diagnostics.first)
        #expect(finding.id.code == mistake.code)
        let start = parts[0].utf8.count
        #expect(finding.primary.range == SourceRange(start: start, end: start + parts[1].utf8.count))
        #expect((finding.helps.first?.text ?? "") == mistake.help)
        let edits = finding.helps.first?.edits ?? []
        #expect((edits.isEmpty ? "" : apply(edits, to: source)) == mistake.mended)
    }

    @Test(arguments: YAMLMistakes.all.filter { !$0.mended.isEmpty }) func `mends what it offers to mend`(
        mistake: Mistake
    ) {
        let tree = YAMLReader.read(SourceFile(path: "a.weir.yaml", form: .yaml, text: mistake.mended))
        #expect(tree.diagnostics.map(\.message) == [])
    }

    @Test func `reads on behind what is wrong`() {
        let tree = read(
            """
            policies:
              outbound:
                stps:
                  - deadline: 2
                  - wait: 3s
                  - timeout: 1s
              other: [1]
            services:
              a: { ownr: b }
            """)
        #expect(tree.diagnostics.map(\.id.code) == ["S007", "S003", "S007", "S010", "S007"])
        #expect(
            NodeDump.text(tree) == """
                policy name=outbound {
                  deadline total=2 !
                  timeout after=1s
                service name=a {
                  owner owner='b'
                """)
    }

    @Test func `keeps the place of each word`() throws {
        let tree = read(
            "policies:\n  a:\n    steps:\n      - retry: { attempts: 3, when: [status 502..504, \"full\"] }\n")
        let policy = try #require(tree.statements.first { _ in true })
        let retry = try #require(policy.statements.first { _ in true })
        let when = try #require(retry.statements.first { _ in true })
        let text = tree.source.bytes
        func words(_ range: SourceRange) -> String {
            String(decoding: text[Int(range.start)..<Int(range.end)], as: UTF8.self)
        }
        #expect(words(policy.keywordRange) == "a")
        #expect(words(retry.keywordRange) == "retry")
        #expect(words(retry.headRange) == "retry: { attempts: 3")
        #expect(when.allValues.map(\.range).map(words) == ["status 502..504", "full"])
    }

    @Test func `takes a description as documentation`() throws {
        let tree = read("policies:\n  a:\n    steps: []\n    description: |-\n      One.\n      Two.\n")
        let policy = try #require(tree.statements.first { _ in true })
        #expect(policy.documentation == "One.\nTwo.")
        #expect(tree.diagnostics.isEmpty)
    }

    @Test func `reads what an alias stands for as if it stood there`() {
        let tree = read("policies:\n  a: &a { steps: [ { deadline: 2s } ] }\n  b: *a\n")
        #expect(tree.diagnostics.isEmpty)
        #expect(NodeDump.text(tree) == "policy name=a {\n  deadline total=2s\npolicy name=b {\n  deadline total=2s")
    }

    @Test(arguments: ["\r\n", "\n"]) func `reads lines however they end`(end: String) {
        let tree = read("edition: 1\npackage: shop.a\n".replacing("\n", with: end))
        #expect(tree.diagnostics.isEmpty)
        #expect(NodeDump.text(tree) == "edition number=1\npackage path=shop.a")
    }

    @Test(arguments: [
        ([0xFF, 0xFE, 0x61, 0x00] as [UInt8], "S011"), ([0x61, 0x00], "S011"), ([0x61, 0x3A, 0x20, 0xC3], "S011"),
        ([], ""), ([0xEF, 0xBB, 0xBF], ""), ([UInt8](repeating: 0x20, count: Limits.fileBytes + 1), "S012"),
    ]) func `takes any bytes`(bytes: [UInt8], code: String) {
        let tree = YAMLReader.read(SourceFile(path: "a.weir.yaml", form: .yaml, bytes: bytes))
        #expect(tree.diagnostics.map(\.id.code) == (code.isEmpty ? [] : [code]))
    }

    /// Found by mutants: the words of a filter stand in another order than the entries they come from.
    @Test func `quotes a filter that is none from wherever its words come`() {
        let filter = "{ not: { all: [{ type: { is: scan.failed } }, J score: { below: 70 } }] }"
        let tree = read("subscriptions:\n  news:\n    where: { not: { all: [{ J score: { below: 70 } }] } }\n")
        #expect(!tree.diagnostics.isEmpty)
        #expect(!read("subscriptions:\n  news:\n    where: \(filter)\n").diagnostics.isEmpty)
    }

    @Test func `stops after so many declarations`() {
        let names = (0...Limits.declarations).map { "  a\($0): 1s\n" }.joined()
        let tree = read("let:\n" + names)
        #expect(tree.diagnostics.map(\.id.code) == ["S012"])
        #expect(tree.statements.reduce(0) { count, _ in count + 1 } == Limits.declarations)
    }

    @Test func `stops after so many diagnostics`() {
        let tree = read((0..<60_000).map { "k\($0)e: x\n" }.joined())
        #expect(tree.diagnostics.count == Limits.diagnosticsPerFile)
    }

    private func read(_ text: String) -> SyntaxTree {
        YAMLReader.read(SourceFile(path: "a.weir.yaml", form: .yaml, text: text))
    }

    private func apply(_ edits: [Diagnostic.Edit], to source: SourceFile) -> String {
        var bytes = source.bytes
        for edit in edits.sorted(by: { $0.range.start > $1.range.start }) {
            bytes.replaceSubrange(Int(edit.range.start)..<Int(edit.range.end), with: edit.replacement.utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
