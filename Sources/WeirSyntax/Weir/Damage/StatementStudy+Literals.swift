// SPDX-License-Identifier: Apache-2.0

/// Repairs of values: numbers without units, units apart or misspelt, quotes too many or too few.
extension StatementStudy {
    /// The changes that make a value of what stands at a place, best first.
    func literalRepairs(_ line: StudyLine, _ place: Int, _ expectation: Expectation) -> [Repair] {
        guard place >= 0, place < line.items.count else { return [] }
        let kinds = expectation.valueKinds
        let item = line.items[place]
        let wording = Wording(self, line)
        if let span = bareSpan(line, place, expectation, wording) { return [span] }
        if let apart = apart(line, place, kinds, wording) { return [apart] }
        if let parts = inParts(line, place) { return [parts] }
        guard !isStuck(item.tokens.upperBound) else { return [] }
        if item.kind == .integer, let bare = bareNumber(line, place, expectation, kinds, wording) { return [bare] }
        guard item.kind != .integer, item.kind != .unknown else { return [] }
        // A keyword where a text is due is no text without its quotes: the text is missing.
        if item.word != .none, item.kind == .name, kinds == KindSet(.string) { return [] }
        let written = spelling(item.tokens)
        return LiteralSuggestion.texts(for: written, kinds).prefix(1).map { text in
            let isMalformed = item.kind == .malformed
            let type = expectation.types.first { LiteralSuggestion.fits(text, $0.kinds) } ?? expectation.types.first
            let what = type.map { "`\(written)` is not \($0.noun)" }
            return Repair(
                line: replacing(line, place..<place + 1, kinds),
                fault: Fault(
                    isMalformed ? .malformedValue : .expectedValue,
                    isMalformed
                        ? what ?? wording.cannotStand(place) : wording.need(place, expectation, found: written),
                    at: item.tokens, expectation.label(grammar) ?? "", help: "write `\(text)`",
                    mend: .replace(item.tokens, text)), isSure: false)
        }
    }

    /// Whether a token sticks to the one before it, as in `00:00:02` and `1,000`: then that one alone is not what was meant.
    private func isStuck(_ place: Int) -> Bool {
        let all = text.tokens
        guard place > 0, place < all.count, all[place - 1].end == Int(all[place].start) else { return false }
        switch all[place].kind {
        case .newline, .openBrace: return false
        case .comma: return place + 1 < all.count && all[place].end == Int(all[place + 1].start)
        default: return true
        }
    }

    /// `at least 12 after deprecation`: a span of the calendar without its unit.
    private func bareSpan(
        _ line: StudyLine, _ place: Int, _ expectation: Expectation, _ wording: Wording
    ) -> Repair? {
        let unit = grammar.vocabulary.word("months")
        guard place > 0, line.items[place - 1].kind == .integer, expectation.words.contains(unit) else { return nil }
        let tokens = line.items[place - 1].tokens
        let number = spelling(tokens)
        var changed = line
        changed.items.insert(StudyLine.Item(kind: .name, word: unit, tokens: tokens), at: place)
        return Repair(
            line: changed,
            fault: Fault(
                .bareNumber,
                "`\(wording.tail(before: place - 1))` needs \(ValueType.period.noun), and `\(number)` has no unit",
                at: tokens, "expected a span such as `12 months`", help: "did you mean `\(number) months`?",
                mend: .replace(tokens, "\(number) months"), applicability: .unsafe), isSure: false)
    }

    /// `5 s`, `50 %`, `100 / sec`.
    private func apart(_ line: StudyLine, _ place: Int, _ kinds: KindSet, _ wording: Wording) -> Repair? {
        guard line.items[place].kind == .integer else { return nil }
        for count in stride(from: min(3, line.items.count - place), to: 1, by: -1) {
            let range = place..<place + count
            let tokens =
                line.items[range.lowerBound].tokens.lowerBound..<line.items[range.upperBound - 1].tokens.upperBound
            let joined = spelling(tokens).replacing(" ", with: "")
            guard let text = LiteralSuggestion.texts(for: joined, kinds).first else { continue }
            let written = spelling(tokens)
            return Repair(
                line: replacing(line, range, kinds),
                fault: Fault(
                    .spaceInUnit, "the number and the unit of `\(written)` stand apart", at: tokens,
                    "expected one word", help: "write `\(text)`", mend: .replace(tokens, text)), isSure: false)
        }
        return nil
    }

    /// `1m 30s`, or `2 s` where a whole number could stand, too.
    private func inParts(_ line: StudyLine, _ place: Int) -> Repair? {
        guard place > 0, [.duration, .integer].contains(line.items[place - 1].kind) else { return nil }
        let tokens = line.items[place - 1].tokens.lowerBound..<line.items[place].tokens.upperBound
        let written = spelling(tokens)
        let kinds = KindSet(.duration, .rate, .percent, .factor, .size)
        guard let text = LiteralSuggestion.texts(for: written.replacing(" ", with: ""), kinds).first else { return nil }
        let what = line.items[place].kind == .duration ? "the parts of the duration" : "the number and the unit of"
        return Repair(
            line: replacing(line, place - 1..<place + 1, kinds),
            fault: Fault(
                .spaceInUnit, "\(what) `\(written)` stand apart", at: tokens, "expected one word",
                help: "write `\(text)`", mend: .replace(tokens, text)), isSure: false)
    }

    private func bareNumber(
        _ line: StudyLine, _ place: Int, _ expectation: Expectation, _ kinds: KindSet, _ wording: Wording
    ) -> Repair? {
        guard !expectation.types.contains(.reply) else { return bareStatus(line, place, expectation, wording) }
        let units: [(TokenKind, String, String?)] = [
            (.duration, "s", "seconds"), (.rate, "/s", nil), (.percent, "%", "percent"), (.factor, "x", nil),
        ]
        guard let (_, unit, name) = units.first(where: { kinds.contains($0.0) }) else { return nil }
        let tokens = line.items[place].tokens
        let number = spelling(tokens)
        let need = wording.need(place, expectation, found: number, lack: "has no unit")
        return Repair(
            line: replacing(line, place..<place + 1, kinds),
            fault: Fault(
                .bareNumber, need, at: tokens, expectation.label(grammar) ?? "",
                help: "did you mean \(name ?? "`\(number)\(unit)`")?",
                mend: .replace(tokens, number + unit), applicability: .unsafe), isSure: false)
    }

    /// `replies 503`.
    private func bareStatus(
        _ line: StudyLine, _ place: Int, _ expectation: Expectation, _ wording: Wording
    ) -> Repair {
        let tokens = line.items[place].tokens
        let number = spelling(tokens)
        var changed = line
        let word = StudyLine.Item(
            kind: .name, word: grammar.vocabulary.word("status"), tokens: tokens.lowerBound..<tokens.lowerBound)
        changed.items.insert(word, at: place)
        return Repair(
            line: changed,
            fault: Fault(
                .expectedValue, wording.need(place, expectation, found: number), at: tokens,
                expectation.label(grammar) ?? "", help: "write `status \(number)`",
                mend: .replace(tokens, "status \(number)")), isSure: false)
    }

    /// The line with some items read as one value of a kind that fits.
    private func replacing(_ line: StudyLine, _ range: Range<Int>, _ kinds: KindSet) -> StudyLine {
        var changed = line
        let tokens = line.items[range.lowerBound].tokens.lowerBound..<line.items[range.upperBound - 1].tokens.upperBound
        changed.items.replaceSubrange(
            range, with: [StudyLine.Item(kind: kinds.first ?? .unknown, tokens: tokens, isDamaged: true)])
        return changed
    }
}

extension KindSet {
    /// The first kind in it, in the order of their declaration.
    var first: TokenKind? { TokenKind(rawValue: UInt8(truncatingIfNeeded: bits.trailingZeroBitCount)) }
}
