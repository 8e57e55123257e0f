// SPDX-License-Identifier: Apache-2.0

/// Repairs of words: misspelt, missing, too many, or another language's.
extension StatementStudy {
    /// Small words that people put before a value.
    private static let fillers: Set<String> = [
        "after", "at", "by", "for", "from", "in", "is", "of", "the", "to", "with",
    ]
    /// The fewest words that must be added for a statement to fit.
    private static let mostMissingWords = 3

    /// A comma or an equals sign that is missing.
    func missingSigns(_ line: StudyLine, _ place: Int, _ expectation: Expectation) -> [Repair] {
        guard place > 0, place < line.items.count else { return [] }
        let before = line.items[place - 1].tokens
        return [(TokenKind.comma, ","), (.equals, " =")].filter { expectation.kinds.contains($0.0) }.map { kind, sign in
            var changed = line
            let token = line.items[place].tokens.lowerBound
            changed.items.insert(StudyLine.Item(kind: kind, tokens: token..<token), at: place)
            let name = sign.trimmingPrefix(" ")
            return Repair(
                line: changed,
                fault: Fault(
                    .unexpectedWord, "`\(name)` is missing after `\(spelling(before))`", at: line.items[place].tokens,
                    "expected `\(name)` before this", help: "add it",
                    mend: .replace(before, spelling(before) + sign)))
        }
    }

    /// Signs of other languages: `timeout: 2s`, `timeout = 2s`, `timeout 2s;`.
    func signRepairs(_ line: StudyLine, _ place: Int, _ expectation: Expectation) -> [Repair] {
        guard place > 0, place < line.items.count else { return [] }
        let item = line.items[place]
        let sign = spelling(item.tokens)
        guard item.kind == .equals || item.kind == .comma || [":", ";", "=>", "->", ":="].contains(sign) else {
            return []
        }
        var changed = line
        let message = "`\(sign)` cannot stand after `\(spelling(line.items[place - 1].tokens))`"
        guard !expectation.kinds.contains(.equals) else {
            changed.items[place].kind = .equals
            let isGlued = text.tokens[item.tokens.lowerBound - 1].end == Int(text.tokens[item.tokens.lowerBound].start)
            return [
                Repair(
                    line: changed,
                    fault: Fault(
                        .unexpectedWord, message, at: item.tokens, "expected `=`", help: "write `=`",
                        mend: .replace(item.tokens, isGlued ? " =" : "=")))
            ]
        }
        changed.items.remove(at: place)
        return [
            Repair(
                line: changed,
                fault: Fault(
                    .unexpectedWord, message,
                    at: item.tokens, "nothing stands between a word and its value, or at a line's end",
                    help: "remove it",
                    mend: .remove(item.tokens)))
        ]
    }

    /// Words that are nearly a keyword of the forms: at the place of the fault, else wherever a name stands.
    func nearWordRepairs(_ line: StudyLine, _ place: Int, _ forms: [Form]) -> [Repair] {
        let keywords = forms.flatMap { words(of: $0) }
        let places = [place] + (1..<max(line.items.count, 1)).reversed().filter { $0 < place }
        return places.filter { $0 > 0 && $0 < line.items.count }.compactMap { place in
            let item = line.items[place]
            guard item.kind == .name || item.kind == .malformed else { return nil }
            let written = spelling(item.tokens)
            let plain = LiteralSuggestion.kebabCase(written)
            if let parted = parted(line, place, written, keywords) { return parted }
            let near = keywords.contains(plain) ? plain : EditDistance.nearest(to: plain, among: keywords)
            guard let near, near != written else { return nil }
            return replacing(line, place, by: near, "did you mean `\(near)`?", isSure: true)
        }
    }

    /// Two keywords in one, such as `upto`.
    private func parted(_ line: StudyLine, _ place: Int, _ written: String, _ keywords: [String]) -> Repair? {
        for first in keywords where written.hasPrefix(first) {
            let rest = String(written.dropFirst(first.count))
            guard keywords.contains(rest) else { continue }
            let tokens = line.items[place].tokens
            var changed = line
            let parts = [first, rest].map {
                StudyLine.Item(kind: .name, word: grammar.vocabulary.word($0), tokens: tokens)
            }
            changed.items.replaceSubrange(place...place, with: parts)
            return Repair(
                line: changed,
                fault: Fault(
                    .unexpectedWord, Wording(self, line).cannotStand(place), at: tokens,
                    "expected `\(first) \(rest)`", help: "write it as two words",
                    mend: .replace(tokens, "\(first) \(rest)")))
        }
        return nil
    }

    /// Words that stand where exactly one other is due, and words too many.
    func otherWordRepairs(_ line: StudyLine, _ place: Int, _ expectation: Expectation) -> [Repair] {
        guard place > 0, place < line.items.count else { return [] }
        let item = line.items[place]
        guard [.name, .malformed, .string, .path].contains(item.kind) else { return [] }
        let words = expectation.allWords(grammar)
        var repairs: [Repair] = []
        if words.count == 1, let word = words.first {
            repairs.append(replacing(line, place, by: word, "write `\(word)`", isSure: false))
        }
        if expectation.mayEnd || expectation.types.isEmpty || Self.fillers.contains(spelling(item.tokens)) {
            var changed = line
            changed.items.remove(at: place)
            repairs.append(
                Repair(
                    line: changed,
                    fault: Fault(
                        .unexpectedWord, Wording(self, line).cannotStand(place), at: item.tokens,
                        expectation.label(grammar) ?? "", help: "remove it", mend: .remove(item.tokens),
                        applicability: .unsafe), isSure: false))
        }
        return repairs
    }

    private func replacing(
        _ line: StudyLine, _ place: Int, by word: String, _ help: String, isSure: Bool
    ) -> Repair {
        var changed = line
        let tokens = line.items[place].tokens
        changed.items[place].kind = .name
        changed.items[place].word = grammar.vocabulary.word(word)
        return Repair(
            line: changed,
            fault: Fault(
                .unexpectedWord, Wording(self, line).cannotStand(place), at: tokens, "expected `\(word)`", help: help,
                mend: .replace(tokens, word), applicability: isSure ? .safe : .unsafe), isSure: isSure)
    }

    /// The words that are missing, where adding up to three makes the statement fit in exactly one shortest way.
    mutating func missingWords(
        _ line: StudyLine, _ misses: PatternMachine.Misses, _ expectation: Expectation, _ forms: [Form]
    ) -> Finding? {
        guard misses.place > 0, misses.place <= line.items.count else { return nil }
        var found: [(line: StudyLine, reading: Reading)] = []
        addWords(to: line, at: misses.place, expectation, forms, left: Self.mostMissingWords, &found)
        guard let shortest = found.map(\.line.items.count).min() else { return nil }
        let best = found.filter { $0.line.items.count == shortest }
        guard best.count == 1, let (completed, reading) = best.first else { return nil }
        // `allow because "…"`: the word stands there and was taken for a name, so it is the name that is missing.
        guard completed.items[misses.place].word != line.items[misses.place - 1].word else { return nil }
        return Finding(
            fault: missing(line, misses.place, completed, expectation), reading: reading,
            isRepaired: !isBeforeName(completed))
    }

    /// Whether a name follows a word that is missing, so that it is not sure what the name was meant to be.
    private func isBeforeName(_ completed: StudyLine) -> Bool {
        let added = completed.items.lastIndex { $0.tokens.isEmpty } ?? 0
        guard added + 1 < completed.items.count else { return false }
        let next = completed.items[added + 1]
        return next.kind == .path || next.kind == .name && next.word == .none
    }

    private func missing(
        _ line: StudyLine, _ place: Int, _ completed: StudyLine, _ expectation: Expectation
    ) -> Fault {
        let added = completed.items.indices.filter { completed.items[$0].tokens.isEmpty }
        let range = (added.first ?? 0)..<(added.last ?? 0) + 1
        let phrase = completed.items[range].map { item in
            item.tokens.isEmpty ? grammar.vocabulary.spelling(item.word) : spelling(item.tokens)
        }.joined(separator: " ").replacing(" ,", with: ",")
        let isAtEnd = place >= line.items.count
        let before = line.items[place - 1].tokens.upperBound - 1
        let here = isAtEnd ? before + 1..<before + 1 : line.items[place].tokens
        guard range.count > added.count else {
            return Fault(
                isAtEnd ? .expectedValue : .unexpectedWord,
                "`\(phrase)` is missing after `\(Wording(self, line).tail(before: place))`", at: here,
                isAtEnd ? "expected `\(phrase)` here" : "expected `\(phrase)` before this", help: "add it",
                mend: .append(before, phrase))
        }
        let written = completed.items[range].map(\.tokens).filter { !$0.isEmpty }
        let tokens = (written.first?.lowerBound ?? before)..<(written.last?.upperBound ?? before)
        return Fault(
            .unexpectedWord, Wording(self, line).cannotStand(place), at: here, expectation.label(grammar) ?? "",
            help: "write `\(phrase)`", mend: .replace(tokens, phrase))
    }

    private mutating func addWords(
        to line: StudyLine, at place: Int, _ expectation: Expectation, _ forms: [Form], left: Int,
        _ found: inout [(line: StudyLine, reading: Reading)]
    ) {
        let isOne = place > 0 && spelling(line.items[place - 1].tokens) == "1"
        for option in expectation.words.prefix(12).map(grammar.vocabulary.spelling) {
            let word = isOne ? singular(option) : option
            var changed = line
            let token = place < line.items.count ? line.items[place].tokens.lowerBound : tokens.upperBound
            changed.items.insert(
                StudyLine.Item(kind: .name, word: grammar.vocabulary.word(word), tokens: token..<token), at: place)
            if let reading = read(changed, forms) {
                found.append((changed, reading))
                continue
            }
            let next = misses(changed, forms)
            guard left > 1, next.place > place else { continue }
            addWords(to: changed, at: next.place, Expectation(next, grammar), forms, left: left - 1, &found)
        }
    }

    /// `attempt` for `attempts`, where the grammar knows both.
    private func singular(_ word: String) -> String {
        guard word.hasSuffix("s") else { return word }
        let candidate = String(word.dropLast())
        return grammar.vocabulary.word(candidate) == .none ? word : candidate
    }

    /// All words of a form's pattern.
    func words(of form: Form) -> [String] {
        let start = grammar.starts[Int(form.rawValue)]
        var words: [String] = []
        for instruction in grammar.program.instructions[start...] {
            switch instruction.code {
            case .word:
                words.append(grammar.vocabulary.spelling(Word(number: instruction.first)))
                words.append(grammar.vocabulary.spelling(Word(number: instruction.second)))
            case .wordOf:
                words += grammar.program.wordSets[Int(instruction.first)].words.map(grammar.vocabulary.spelling)
            case .end:
                var seen: Set<String> = []
                return words.filter { seen.insert($0).inserted }
            default: break
            }
        }
        return words
    }
}
