// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct GrammarSentenceTests {
    /// What the grammar leaves to bounds, calendars and the rule that a setting stands once.
    private static let semantic: Set<DiagnosticID> = [.repeatedSetting, .badDate, .limitExceeded, .outOfBounds]

    @Test(arguments: UInt64(1)...200) func `parses what the grammar derives`(seed: UInt64) throws {
        var deriver = SentenceDeriver(try EBNF.ofLanguage(), seed: seed)
        expectClean(deriver.sentence(), seed)
    }

    @Test(arguments: UInt64(1)...100) func `parses it with any spaces, line ends and comments`(seed: UInt64) throws {
        var deriver = SentenceDeriver(try EBNF.ofLanguage(), seed: seed, isWild: true)
        expectClean(deriver.sentence(), seed)
    }

    @Test func `derives every rule of the grammar`() throws {
        let grammar = try EBNF.ofLanguage()
        var deriver = SentenceDeriver(grammar, seed: 7)
        for rule in grammar.order {
            let sentence = deriver.sentence(of: rule)
            #expect(SentenceRecogniser(grammar, sentence).accepts(rule: rule), "\(rule): \(sentence)")
        }
    }

    @Test(arguments: LanguageTable.rows.map(\.form)) func `parses the table's examples`(form: Form) throws {
        for text in try #require(LanguageTable.row(form)).exampleFiles {
            #expect(SyntaxTree.parse(SourceFile(path: "a.weir", form: .weir, text: text)).diagnostics == [])
        }
    }

    private func expectClean(_ text: String, _ seed: UInt64) {
        let file = SourceFile(path: "seed-\(seed).weir", form: .weir, text: text)
        let found = SyntaxTree.parse(file).diagnostics.filter { !Self.semantic.contains($0.id) }
        let shown = DiagnosticRenderer { _ in file }.render(Array(found.prefix(3)))
        #expect(found.isEmpty, "seed \(seed)\n\(shown)")
    }
}
