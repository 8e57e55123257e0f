// SPDX-License-Identifier: Apache-2.0

/// The sentences about a statement that does not fit.
struct Wording {
    private let study: StatementStudy
    private let line: StudyLine

    /// A line of the statement, where it is known which it is.
    private let example: String?

    init(_ study: StatementStudy, _ line: StudyLine, forms: [Form] = []) {
        self.study = study
        self.line = line
        let row = forms.count == 1 ? study.grammar.rows[Int(forms[0].rawValue)] : nil
        let first = row?.example.split(separator: "\n").first ?? ""
        let head = first.hasSuffix(" {") ? first.dropLast(2) : first
        // An example that begins otherwise shows the statement in its surroundings.
        let isOwn = line.items.first.map { head.hasPrefix(study.spelling($0.tokens) + " ") } ?? false
        example = isOwn ? String(head) : nil
    }

    /// What is wrong at a place where nothing better is known than what was expected.
    func fault(at place: Int, _ expectation: Expectation) -> Fault {
        let label = expectation.label(study.grammar) ?? ""
        guard place < line.items.count else {
            let end = study.tokens.upperBound
            guard !expectation.isValue else {
                return Fault(.expectedValue, need(place, expectation, found: nil), at: end..<end, label)
            }
            return Fault(
                .expectedValue, "`\(tail(before: place))` is not the end of a statement", at: end..<end, label,
                help: example.map { "write for example `\($0)`" })
        }
        let tokens = line.items[place].tokens
        if expectation.isValue {
            return Fault(
                .expectedValue, need(place, expectation, found: study.spelling(tokens)), at: tokens, label)
        }
        return Fault(
            .unexpectedWord, cannotStand(place), at: tokens, label,
            help: ForeignWords.advice(LiteralSuggestion.kebabCase(study.spelling(tokens)))
                ?? example.map { "write for example `\($0)`" })
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
