// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct GrammarFileTests {
    private let grammar: EBNF

    init() throws { grammar = try EBNF.ofLanguage() }

    @Test func `defines every rule that it uses, and uses every rule that it defines`() {
        var used: Set<String> = ["file"]
        for expression in grammar.rules.values {
            expression.visit { if case .rule(let name) = $0 { used.insert(name) } }
        }
        #expect(used == Set(grammar.order))
    }

    @Test(arguments: LanguageTable.rows.map(\.form)) func `has every word of the table`(form: Form) throws {
        let row = try #require(LanguageTable.row(form))
        #expect(row.words.subtracting(grammar.keywords) == [])
    }

    @Test func `has no word that the table does not know`() {
        let inValues = LanguageTable.rows.flatMap(\.slotTypes).compactMap { ValueWords.byType[String($0)] }
        let known = LanguageTable.rows.reduce(into: Set(inValues.joined())) { $0.formUnion($1.words) }
        #expect(grammar.keywords.subtracting(known) == [])
        #expect(Set(ValueWords.byType.values.joined()).subtracting(grammar.keywords) == [])
    }

    @Test(arguments: LanguageTable.rows.map(\.form)) func `derives the table's examples`(form: Form) throws {
        for file in try #require(LanguageTable.row(form)).exampleFiles {
            let recogniser = SentenceRecogniser(grammar, file)
            #expect(recogniser.accepts(), "no reading beyond “\(recogniser.rest)”")
        }
    }

    @Test(arguments: try PolicyFiles.all(.weir)) func `derives the reference policies`(file: SourceFile) {
        let recogniser = SentenceRecogniser(grammar, String(decoding: file.bytes, as: UTF8.self))
        #expect(recogniser.accepts(), "\(file.path): no reading beyond “\(recogniser.rest)”")
    }

    @Test(arguments: [
        "policy p {\n  retry up 3 attempts\n}\n", "policy p {\n  deadline 2\n}\n", "deadline 2s\n",
        "policy p { deadline 2s }\n", "let a = b\n", "policy p {\n  deadline 2s\n",
    ]) func `does not derive what is wrong`(text: String) {
        #expect(!SentenceRecogniser(grammar, text).accepts())
    }

    @Test(arguments: [("a ::= ", "empty"), ("a ::= ( 'b'", "open"), ("a ::= 'b", "quote"), ("'a'", "no rule")])
    func `refuses what is no grammar`(text: String, why: String) {
        #expect(throws: EBNF.SyntaxError.self) { try EBNF(text) }
    }
}
