// SPDX-License-Identifier: Apache-2.0

/// The sentences about a statement that does not fit.
struct Wording {
    private let study: StatementStudy
    private let line: StudyLine

    init(_ study: StatementStudy, _ line: StudyLine) {
        self.study = study
        self.line = line
    }

    /// What is wrong at a place where nothing better is known than what was expected.
    func fault(at place: Int, _ expectation: Expectation) -> Fault {
        let label = expectation.label(study.grammar) ?? ""
        guard place < line.items.count else {
            let end = study.tokens.upperBound
            let message =
                expectation.isValue
                ? need(place, expectation, found: nil) : "`\(tail(before: place))` is not the end of a statement"
            return Fault(.expectedValue, message, at: end..<end, label)
        }
        let tokens = line.items[place].tokens
        if expectation.isValue {
            return Fault(
                .expectedValue, need(place, expectation, found: study.spelling(tokens)), at: tokens, label)
        }
        let fault = Fault(.unexpectedWord, cannotStand(place), at: tokens, label)
        guard let advice = ForeignWords.advice(LiteralSuggestion.kebabCase(study.spelling(tokens))) else {
            return fault
        }
        var advised = fault
        advised.help = advice
        return advised
    }

    /// `` `x` cannot stand after `y` ``.
    func cannotStand(_ place: Int) -> String {
        let word = study.spelling(line.items[place].tokens)
        guard place > 0 else { return "`\(word)` cannot begin a statement here" }
        return "`\(word)` cannot stand after `\(study.spelling(line.items[place - 1].tokens))`"
    }

    /// `` `deadline` needs a duration, and `2` has no unit ``.
    func need(_ place: Int, _ expectation: Expectation, found: String?, lack: String? = nil) -> String {
        let nouns = expectation.types.map(\.noun)
        let noun = nouns.first ?? "a value"
        let other = nouns.dropFirst().first { $0 != noun }.map { " or \($0)" } ?? ""
        let subject = "`\(tail(before: place))` needs \(noun)\(other)"
        guard let found else {
            let isBlock = study.text.kind(study.tokens.upperBound) == .openBrace
            return subject + (isBlock ? ", and its block begins" : ", and the line ends")
        }
        return subject + ", and `\(found)` " + (lack ?? "is not one")
    }

    /// The words just before a place, or the one token where it is no word.
    func tail(before place: Int) -> String {
        var start = min(place, line.items.count)
        while start > 0, line.items[start - 1].kind == .name, line.items[start - 1].word != .none, place - start < 3 {
            start -= 1
        }
        if start == place { start = max(place - 1, 0) }
        return line.items[start..<min(place, line.items.count)].map { study.spelling($0.tokens) }
            .joined(separator: " ")
    }
}
