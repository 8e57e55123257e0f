// SPDX-License-Identifier: Apache-2.0

/// Finds out what is meant by a first word that begins no statement of its block.
struct FirstWordStudy {
    /// The most words that are listed as expected.
    private static let mostListed = 8

    let grammar: Grammar
    let block: BlockKind
    let tokens: Range<Int>
    /// The first word as written.
    let written: String
    let kind: TokenKind

    /// The statements it may mean here, and what is wrong with its spelling.
    func guess() -> (word: String, fault: Fault)? {
        let plain = LiteralSuggestion.kebabCase(written)
        if let found = method ?? wordBetweenInvisible { return found }
        let here = grammar.firstWords(in: block)
        let isElsewhere = kind == .name && !places(of: written).isEmpty
        let twin = ForeignWords.twin(plain).flatMap { here.contains($0) ? $0 : nil }
        let near = here.contains(plain) ? plain : EditDistance.nearest(to: plain, among: here)
        guard kind == .name || kind == .malformed || kind == .method, let word = isElsewhere ? twin : near ?? twin
        else {
            return nil
        }
        return (
            word,
            Fault(
                .unknownKeyword, "`\(written)` begins no statement \(place)", at: tokens, "",
                help: "did you mean `\(word)`?", mend: .replace(tokens, word),
                applicability: word == near ? .safe : .unsafe)
        )
    }

    /// An HTTP method that is not in capital letters, where one may begin a statement.
    private var method: (word: String, fault: Fault)? {
        let word = written.uppercased()
        guard !grammar.methodCandidates(in: block).isEmpty, word != written, ValueCheck.methods.contains(word) else {
            return nil
        }
        return (
            word,
            Fault(
                .unknownKeyword, "the HTTP method `\(written)` is not in capital letters", at: tokens, "",
                help: "write `\(word)`", mend: .replace(tokens, word))
        )
    }

    /// What is wrong where no statement of this block is meant.
    func fault() -> Fault {
        if ForeignWords.beginsComment(written) || written == "/" { return ForeignWords.comment(written, at: tokens) }
        guard kind == .name || kind == .malformed || kind == .method || kind == .path else {
            return Fault(.unexpectedWord, "`\(written)` cannot begin a statement", at: tokens, label)
        }
        let elsewhere = places(of: written)
        if kind == .name, let first = elsewhere.first {
            let names = elsewhere.count <= 4 ? elsewhere : [first]
            return Fault(
                .unknownKeyword, "`\(written)` belongs \(Self.joined(names.map(Self.description)))", at: tokens,
                "it cannot stand \(place)", help: ForeignWords.advice(LiteralSuggestion.kebabCase(written)))
        }
        return Fault(
            .unknownKeyword, "`\(written)` begins no statement \(place)", at: tokens, label,
            help: ForeignWords.advice(LiteralSuggestion.kebabCase(written)))
    }

    private var label: String {
        let words = grammar.firstWords(in: block)
        guard words.count <= Self.mostListed else { return "" }
        return "expected " + Self.joined(words.map { "`\($0)`" })
    }

    private var place: String { Self.description(block) }

    private func places(of word: String) -> [BlockKind] {
        let number = grammar.vocabulary.word(word)
        guard number != .none else { return [] }
        return BlockKind.allCases.filter { !grammar.candidates(in: $0, beginningWith: number).isEmpty }
    }

    /// A word that characters stick to which only look like spaces.
    private var wordBetweenInvisible: (word: String, fault: Fault)? {
        let words = written.split(whereSeparator: Self.isInvisible).map(String.init)
        guard let word = words.first, word != written, grammar.firstWords(in: block).contains(word) else { return nil }
        return (
            word,
            Fault(
                .unknownKeyword, "a character next to `\(word)` only looks like a space", at: tokens, "",
                help: "write spaces", mend: .replace(tokens, words.joined(separator: " ")))
        )
    }

    /// Whether a character leaves the paper white.
    private static func isInvisible(_ character: Character) -> Bool {
        character.isWhitespace || character == "\u{200B}" || character == "\u{FEFF}"
    }

    private static func joined(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func description(_ block: BlockKind) -> String {
        switch block {
        case .file: "at the top of a file"
        case .inserted: "in a `before` or `after` block"
        case .operation, .environment: "in an `\(block)` block"
        default: "in a `\(block)` block"
        }
    }
}
