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

    /// A comment as other languages write it, which ends the statement.
    mutating func comment(_ line: StudyLine, _ forms: [Form]) -> Finding? {
        guard let place = line.items.firstIndex(where: { ForeignWords.beginsComment(spelling($0.tokens)) }),
            let reading = read(StudyLine(items: Array(line.items[..<place]), end: .newline), forms)
        else { return nil }
        return Finding(
            fault: ForeignWords.comment(spelling(line.items[place].tokens), at: line.items[place].tokens),
            reading: reading, isRepaired: true)
    }

    /// A setting that belongs in the statement's own block: `retry up to 3 attempts when timeout`.
    mutating func settingOutside(
        _ line: StudyLine, _ place: Int, _ expectation: Expectation, _ forms: [Form]
    ) -> Finding? {
        guard expectation.mayOpen, place > 0, place < line.items.count else { return nil }
        let first = StudyLine(items: Array(line.items[..<place]), end: .newline)
        guard let reading = read(first, forms), let inner = grammar.blocks[Int(reading.form.rawValue)]?.kind else {
            return nil
        }
        let settings = grammar.candidates(in: inner, beginningWith: line.items[place].word).map(grammar.candidate)
        let rest = StudyLine(items: Array(line.items[place...]), end: .newline)
        guard line.items[place].kind == .name, !settings.isEmpty, read(rest, settings) != nil else { return nil }
        let tokens = line.items[place].tokens
        let all = tokens.lowerBound..<self.tokens.upperBound
        let indentation = text.tokens[self.tokens.lowerBound].indentation(in: text.text)
        let head = Wording(self, line).tail(before: 1)
        return Finding(
            fault: Fault(
                .unexpectedWord, "`\(spelling(tokens))` belongs in the block of `\(head)`", at: tokens,
                "a setting stands on a line of the block", help: "open a block for it",
                mend: line.end == .openBrace
                    ? nil : .replace(all, "{\n\(indentation)  \(written(all))\n\(indentation)}")),
            reading: reading)
    }

    /// The text from the first to the last of some tokens.
    private func written(_ tokens: Range<Int>) -> String {
        let bytes = text.text[Int(text.tokens[tokens.lowerBound].start)..<text.tokens[tokens.upperBound - 1].end]
        return String(decoding: bytes, as: UTF8.self)
    }

    private func candidates(_ item: StudyLine.Item) -> Range<Int> {
        switch item.kind {
        case .name: grammar.candidates(in: block, beginningWith: item.word)
        case .method: grammar.methodCandidates(in: block)
        default: 0..<0
        }
    }
}
