// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct ConverterTests {
    @Test(arguments: try PolicyFiles.all(.weir) + PolicyFiles.samples(.weir))
    func `there and back the language's own text is what the formatter prints`(file: SourceFile) throws {
        let yaml = try Self.converted(file, to: .yaml)
        let back = try Self.converted(yaml, to: .weir)
        #expect(Meaning(SyntaxTree.parse(back)) == Meaning(SyntaxTree.parse(file)))
        #expect(Formatter.format(back) == .unchanged)
        #expect(try Self.converted(back, to: .yaml).bytes == yaml.bytes)
    }

    @Test(arguments: try PolicyFiles.all(.yaml) + PolicyFiles.samples(.yaml))
    func `there and back YAML means what it meant`(file: SourceFile) throws {
        let weir = try Self.converted(file, to: .weir)
        let back = try Self.converted(weir, to: .yaml)
        #expect(Meaning(SyntaxTree.parse(back)) == Meaning(SyntaxTree.parse(file)))
        #expect(try Self.converted(back, to: .weir).bytes == weir.bytes)
    }

    @Test(arguments: LanguageTable.rows.map(\.form)) func `the table's examples come back`(form: Form) throws {
        for text in try #require(LanguageTable.row(form)).exampleFiles {
            let file = SourceFile(path: "a.weir", form: .weir, text: text)
            let yaml = try Self.converted(file, to: .yaml)
            let back = try Self.converted(yaml, to: .weir)
            #expect(Meaning(SyntaxTree.parse(back)) == Meaning(SyntaxTree.parse(file)))
        }
    }

    /// Found by mutants.
    @Test(arguments: [
        "policy a extends b {\n  before retry {\n  }\n}\n\npolicy b {\n  retry up to 3 attempts\n}\n",
        "policy a {\n  breaker {\n  }\n}\n",
        "test \"a gateway fails\" {\n  # later\n}\n",
    ]) func `an empty block comes back`(text: String) throws {
        let file = SourceFile(path: "a.weir", form: .weir, text: text)
        let yaml = try Self.converted(file, to: .yaml)
        #expect(SyntaxTree.parse(yaml).diagnostics.isEmpty)
        let back = try Self.converted(yaml, to: .weir)
        #expect(Meaning(SyntaxTree.parse(back)) == Meaning(SyntaxTree.parse(file)))
        #expect(try Self.converted(back, to: .yaml).bytes == yaml.bytes)
    }

    /// Found by mutants.
    @Test(arguments: ["\u{05}", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
    func `a control character or a separator of lines in a comment is refused where it stands`(sign: String) {
        let file = SourceFile(path: "a.weir", form: .weir, text: "## a\(sign)b\nlet wait = 5s\n")
        guard case .refused(let why) = Converter.convert(file, to: .yaml) else {
            Issue.record("\(Converter.convert(file, to: .yaml))")
            return
        }
        #expect(why.message == "YAML has no room for a control character or a separator of lines in a comment")
        #expect(why.primary.range == SourceRange(start: 4, end: 4 + sign.utf8.count))
    }

    @Test(arguments: UInt64(1)...300) func `what the grammar derives comes back`(seed: UInt64) throws {
        var deriver = SentenceDeriver(try EBNF.ofLanguage(), seed: seed, isWild: true)
        let file = SourceFile(path: "seed.weir", form: .weir, text: deriver.sentence())
        let tree = SyntaxTree.parse(file)
        switch Converter.convert(tree, to: .yaml) {
        case .converted(let bytes):
            let yaml = SourceFile(path: "seed.weir.yaml", form: .yaml, bytes: bytes)
            guard case .converted(let back) = Converter.convert(yaml, to: .weir) else {
                Issue.record(
                    "not back: \(Converter.convert(yaml, to: .weir))\n\(String(decoding: bytes, as: UTF8.self))")
                return
            }
            let result = SyntaxTree.parse(SourceFile(path: "seed.weir", form: .weir, bytes: back))
            #expect(Meaning(result) == Meaning(tree))
        case .refused(let why):
            let hasErrors = tree.diagnostics.contains { $0.severity == .error }
            #expect(hasErrors || why.message.contains("twice"), "\(why)")
        case .failed(let why): Issue.record("\(why.message)\n\(String(decoding: file.bytes, as: UTF8.self))")
        }
    }

    /// Comments of every kind, in both directions.
    @Test(arguments: [SourceFile.Form.weir, .yaml]) func `comments stay where they stood`(form: SourceFile.Form) throws
    {
        let other: SourceFile.Form = form == .weir ? .yaml : .weir
        let file = try #require(try PolicyFiles.files(form, in: "Tests/WeirSyntaxTests/Fixtures/convert").first)
        let there = try Self.converted(file, to: other)
        let back = try Self.converted(there, to: form)
        try expectSnapshot(String(decoding: there.bytes, as: UTF8.self), named: "from-\(form).txt")
        try expectSnapshot(String(decoding: back.bytes, as: UTF8.self), named: "from-\(form)-and-back.txt")
    }

    @Test(arguments: ["breaker", "coalesce", "bulkhead 5 calls"]) func `a step without settings stays one`(step: String)
        throws
    {
        let file = SourceFile(path: "a.weir", form: .weir, text: "policy p {\n  \(step)\n}\n")
        #expect(try Self.converted(Self.converted(file, to: .yaml), to: .weir).bytes == file.bytes)
    }

    @Test(arguments: [
        ("let a = 1s\nlet a = 2s\n", "this stands twice"), ("policy p {\n  deadline 2\n}\n", "the file has an error"),
        ("service s {\n  operation o {\n    idempotent\n    not idempotent\n  }\n}\n", "this stands twice"),
    ]) func `what YAML has no room for is refused`(text: String, why: String) {
        guard
            case .refused(let diagnostic) = Converter.convert(
                SourceFile(path: "a.weir", form: .weir, text: text), to: .yaml)
        else {
            Issue.record("converted")
            return
        }
        #expect(diagnostic.message.hasPrefix(why))
    }

    @Test(arguments: [
        "", "a", " a", "a ", "5", "5 apples", "$a", "no", "1.5", "2026-03-01", "a: b", "a #b", "#a", "\"a\"", "'", "\\",
        "\u{85}",
        "a\nb", "\t", "é日本🙂", "{a}", "[a", "a,b", "-", "~", "<", "= a", "\u{FEFF}", "\u{2028}", "\u{1}", "*", "%", "@",
    ]) func `any text comes back`(text: String) throws {
        let quoted = TextLiteral.written(text)
        let written =
            "let a = \(quoted)\n\nservice s {\n  owner \(quoted)\n  operation o {\n    GET \(quoted)\n"
            + "    idempotent by header \(quoted)\n  }\n}\n\npolicy p {\n  bulkhead 5 calls {\n    give \(quoted) 5%\n  }\n"
            + "  fallback to value \(quoted) {\n    when error \(quoted)\n  }\n}\n"
        let file = SourceFile(path: "a.weir", form: .weir, text: written)
        let yaml = try Self.converted(file, to: .yaml)
        let back = try Self.converted(yaml, to: .weir)
        #expect(
            SyntaxTree.parse(back).statements.map(\.headTexts) == SyntaxTree.parse(file).statements.map(\.headTexts))
        #expect(SyntaxTree.parse(yaml).statements.first { _ in true }?.value(.value)?.string() == text)
    }

    static func converted(_ file: SourceFile, to form: SourceFile.Form) throws -> SourceFile {
        let result = Converter.convert(file, to: form)
        guard case .converted(let bytes) = result else {
            Issue.record("\(file.path): \(result)")
            throw NotConverted()
        }
        return SourceFile(path: Converter.path(file.path, in: form), form: form, bytes: bytes)
    }

    private struct NotConverted: Error {}
}

extension Statement {
    /// What its values and those of the statements inside say, by no means that the converter uses.
    fileprivate var headTexts: [String] {
        allValues.map { $0.string() ?? $0.text } + statements.flatMap(\.headTexts)
    }
}
