// SPDX-License-Identifier: Apache-2.0

/// What stands on a line beyond its statement.
extension StatementStudy {
    /// A second statement on the line of one that is complete: `deadline 2s timeout 1s`.
    mutating func twoStatements(
        _ line: StudyLine, _ place: Int, _ expectation: Expectation, _ forms: [Form]
    ) -> Finding? {
        guard expectation.mayEnd, place > 0, place < line.items.count else { return nil }
        let rest = StudyLine(items: Array(line.items[place...]), end: line.end)
        let others = candidates(line.items[place]).map(grammar.candidate)
        let first = StudyLine(items: Array(line.items[..<place]), end: .newline)
        guard !others.isEmpty, read(rest, others) != nil, let reading = read(first, forms) else { return nil }
        let tokens = line.items[place].tokens
        let indentation = text.tokens[self.tokens.lowerBound].indentation(in: text.text)
        let before = spelling(line.items[place - 1].tokens)
        return Finding(
            fault: Fault(
                .unexpectedWord, "`\(spelling(tokens))` follows `\(before)` on one line", at: tokens,
                "each statement stands on a line of its own", help: "begin a new line",
                mend: .replace(tokens, "\n" + indentation + spelling(tokens))),
            reading: reading, isRepaired: true, next: tokens.lowerBound)
    }

    private func candidates(_ item: StudyLine.Item) -> Range<Int> {
        switch item.kind {
        case .name: grammar.candidates(in: block, beginningWith: item.word)
        case .method: grammar.methodCandidates(in: block)
        default: 0..<0
        }
    }
}
