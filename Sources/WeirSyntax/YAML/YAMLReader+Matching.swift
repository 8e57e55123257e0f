// SPDX-License-Identifier: Apache-2.0

extension YAMLReader {
    /// Adds tokens as a value of a slot; false when they are none, which has been reported.
    mutating func match(_ place: Int, row: Int, key: Int, value: Int, tokens: Range<Int>) -> Bool {
        let isValue = isValue(place, row: row, tokens: tokens)
        builder.add(schema.rows[row].slots[place].slot, tokens: tokens, isDamaged: !isValue)
        return isValue
    }

    /// Whether tokens are a value of one of the slot's types; most are one token, which needs no machine.
    private mutating func isValue(_ place: Int, row: Int, tokens: Range<Int>) -> Bool {
        if tokens.count == 1 {
            let token = builder.tokens[tokens.lowerBound]
            if schema.rows[row].slots[place].kinds.contains(token.kind) { return true }
            if token.kind == .name,
                schema.rows[row].slots[place].words.contains(schema.grammar.vocabulary.word(document.text, token))
            {
                return true
            }
        }
        guard let start = schema.rows[row].slots[place].start else { return false }
        let line = ScalarLine(
            tokens: Array(builder.tokens[tokens]), text: document.text, vocabulary: schema.grammar.vocabulary)
        return machine.run(schema.grammar.program, from: start, over: line, at: 0) == tokens.count
    }
}
