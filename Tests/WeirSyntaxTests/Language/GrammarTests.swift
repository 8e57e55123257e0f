// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct GrammarTests {
    @Test(arguments: LanguageTable.rows) func `every pattern of the table can be read`(row: StatementRow) {
        #expect(Pattern(row.pattern) != nil)
    }

    @Test(arguments: ["<nosuch:name>", "<name:nosuch>", "( a", "[ a", "a )", "<name", "a ]"])
    func `a broken pattern is none`(notation: String) {
        #expect(Pattern(notation) == nil)
    }

    @Test func `keywords are few enough for their sets`() {
        #expect(Grammar.shared.vocabulary.spellings.count < WordSet.capacity)
        #expect(Form.allCases.count <= UInt8.max)
        #expect(Slot.allCases.count <= UInt8.max)
    }

    @Test func `every keyword is found by its spelling`() {
        let vocabulary = Grammar.shared.vocabulary
        for spelling in vocabulary.spellings.dropFirst() {
            let text = Array(spelling.utf8)
            #expect(
                vocabulary.spelling(Grammar.shared.words.word(text, Token(.name, start: 0, length: text.count)))
                    == spelling)
        }
    }

    @Test func `statements with more fixed words are tried first`() {
        let grammar = Grammar.shared
        let candidates = grammar.candidates(in: .retry, beginningWith: grammar.vocabulary.word("wait"))
        #expect(candidates.map(grammar.candidate) == [.waitInTurn, .wait])
    }
}
