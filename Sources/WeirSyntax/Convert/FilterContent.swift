// SPDX-License-Identifier: Apache-2.0

/// A filter as the mapping that it is in YAML, from the run of words that the language writes; see ``FilterWords``.
struct FilterContent {
    private let words: ArraySlice<ValueWord>
    private var place: Int

    /// The mapping of a filter; nil for words that are none.
    static func content(_ words: [ValueWord]) -> YAMLPart.Content? {
        var reader = FilterContent(words: words[...], place: words.startIndex)
        guard let content = reader.alternatives(), reader.place == words.endIndex else { return nil }
        return content
    }

    private mutating func alternatives() -> YAMLPart.Content? { joined("or", key: "any") { $0.conjunction() } }

    private mutating func conjunction() -> YAMLPart.Content? { joined("and", key: "all") { $0.negation() } }

    private mutating func joined(
        _ word: String, key: String, _ part: (inout FilterContent) -> YAMLPart.Content?
    ) -> YAMLPart.Content? {
        guard let first = part(&self) else { return nil }
        var parts = [YAMLPart(nil, first)]
        while take(word) {
            guard let next = part(&self) else { return nil }
            parts.append(YAMLPart(nil, next))
        }
        return parts.count == 1 ? first : .mapping([YAMLPart(key, .list(parts))])
    }

    private mutating func negation() -> YAMLPart.Content? {
        if take("not") { return negation().map { .mapping([YAMLPart("not", $0)]) } }
        guard take("(") else { return test() }
        guard let inner = alternatives(), take(")") else { return nil }
        return inner
    }

    private mutating func test() -> YAMLPart.Content? {
        guard case .word(let word)? = next() else { return nil }
        var subject = [ValueWord.word(word)]
        if word == "header", case .text? = peek, let name = next() { subject.append(name) }
        for comparison in FilterWords.comparisons.reversed() where begins(with: comparison.words) {
            place += comparison.words.count
            guard let operand = operand(comparison.operand) else { return nil }
            let key = YAMLText(value: YAMLValues.phrase(subject))
            return .mapping([YAMLPart(key: key, .mapping([YAMLPart(comparison.key, operand)]))])
        }
        return nil
    }

    private mutating func operand(_ kind: FilterWords.Operand) -> YAMLPart.Content? {
        switch kind {
        case .nothing: return .scalar(YAMLText(truth: true))
        case .scalar, .text: return scalar().map { .scalar($0) }
        case .list:
            var items: [YAMLPart] = []
            repeat {
                guard let item = scalar() else { return nil }
                items.append(YAMLPart(nil, .scalar(item)))
            } while take(",")
            return .list(items)
        }
    }

    private mutating func scalar() -> YAMLText? {
        switch next() {
        case .word("true"): YAMLText(truth: true)
        case .word("false"): YAMLText(truth: false)
        case .word(let word): YAMLText(value: word)
        case .text(let text): YAMLText(text: text, besideLiterals: true)
        case nil: nil
        }
    }

    private var peek: ValueWord? { place < words.endIndex ? words[place] : nil }

    private mutating func next() -> ValueWord? {
        guard let word = peek else { return nil }
        place += 1
        return word
    }

    private mutating func take(_ word: String) -> Bool {
        guard peek == .word(word) else { return false }
        place += 1
        return true
    }

    private func begins(with expected: [String]) -> Bool {
        expected.indices.allSatisfy { place + $0 < words.endIndex && words[place + $0] == .word(expected[$0]) }
    }
}
