// SPDX-License-Identifier: Apache-2.0

/// Values of slots as the YAML reader takes them.
enum YAMLValues {
    /// The values of one slot.
    static func content(_ values: [Value], _ entry: YAMLRow.SlotEntry) -> YAMLPart.Content {
        if entry.flag != nil { return .scalar(YAMLText(truth: true)) }
        if entry.types == [.filter], let value = values.first, let content = FilterContent.content(value.words) {
            return content
        }
        if entry.isPair { return .mapping(values.map { pair($0.words) }) }
        let texts = values.map { text($0, entry) }
        guard entry.isList else { return .scalar(texts.first ?? YAMLText(text: "")) }
        return .list(texts.map { YAMLPart(nil, .scalar($0)) })
    }

    /// A name with its value as an entry of a mapping; the value is the last word.
    private static func pair(_ words: [ValueWord]) -> YAMLPart {
        let key = YAMLText(value: phrase(Array(words.dropLast())))
        switch words.last {
        case .text(let text)?: return YAMLPart(key: key, .scalar(YAMLText(text: text, besideLiterals: true)))
        case .word(let word)?: return YAMLPart(key: key, .scalar(YAMLText(literal: word)))
        case nil: return YAMLPart(key: key, .mapping([]))
        }
    }

    /// A word and the text behind it.
    static func phrase(_ statement: Statement, _ phrase: YAMLForm.Phrase) -> String {
        self.phrase([phrase.word, phrase.text].flatMap { statement.value($0)?.words ?? [] })
    }

    /// One value.
    static func text(_ value: Value, _ entry: YAMLRow.SlotEntry) -> YAMLText {
        let words = value.words
        if entry.reading != .words, words.count == 1, case .text(let text) = words[0] {
            return YAMLText(text: text, besideLiterals: entry.reading == .literal)
        }
        return YAMLText(value: phrase(words))
    }

    /// The values of several slots in one scalar, as the language writes them, the last text without its quotes.
    static func phrase(_ statement: Statement, _ slots: [YAMLRow.SlotEntry]) -> YAMLText {
        YAMLText(value: phrase(slots.flatMap { statement.value($0.slot)?.words ?? [] }))
    }

    /// Words with a space between them; a text has no quotes unless it could not be told from them.
    static func phrase(_ words: [ValueWord]) -> String {
        words.map { word in
            switch word {
            case .word(let word): return word
            case .text(let text):
                let isQuoted = text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"")
                return text.isEmpty || text.hasPrefix(" ") || isQuoted ? "\"\(text)\"" : text
            }
        }.joined(separator: " ")
    }
}
