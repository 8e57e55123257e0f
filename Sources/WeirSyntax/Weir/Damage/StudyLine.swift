// SPDX-License-Identifier: Apache-2.0

/// The tokens of a damaged statement, which repairs change to see whether it would fit then.
struct StudyLine: TokenLine {
    static let isUnderStudy = true

    /// A token as it is, a run of tokens read as one, or a word that is missing.
    struct Item {
        var kind: TokenKind
        var word: Word = .none
        /// The tokens it stands for; empty for a missing word, just before the token that follows it.
        var tokens: Range<Int>
        /// Whether it is read as what it is not.
        var isDamaged = false
    }

    var items: [Item]
    /// What ends the statement: a line end or a brace.
    let end: TokenKind

    func kind(_ place: Int) -> TokenKind { place < items.count ? items[place].kind : end }

    func word(_ place: Int) -> Word { place < items.count ? items[place].word : .none }
}
