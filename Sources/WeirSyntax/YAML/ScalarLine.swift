// SPDX-License-Identifier: Apache-2.0

/// The tokens of one scalar as the ``PatternMachine`` sees them: behind its last one the line ends.
struct ScalarLine: TokenLine {
    static let isUnderStudy = false

    let tokens: [Token]
    let text: [UInt8]
    let words: Vocabulary.Lookup

    func kind(_ place: Int) -> TokenKind { place < tokens.count ? tokens[place].kind : .newline }

    func word(_ place: Int) -> Word { words.word(text, tokens[place]) }
}
