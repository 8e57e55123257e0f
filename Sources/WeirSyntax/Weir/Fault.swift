// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a run of tokens, before their places in the file are known: both forms word their findings with it.
struct Fault {
    /// A change of tokens that would mend it.
    enum Mend {
        /// Other text in place of some tokens.
        case replace(Range<Int>, String)
        /// Words after a token, with a space between.
        case append(Int, String)
        /// Some tokens too many.
        case remove(Range<Int>)
    }

    let id: DiagnosticID
    let message: String
    /// The tokens that show it; empty: just behind the token before them.
    let tokens: Range<Int>
    /// Why here.
    let label: String
    /// Advice; nil: none.
    var help: String?
    /// The change that the advice means.
    var mend: Mend?
    /// How far the change may be trusted.
    var applicability = Diagnostic.Help.Applicability.safe
    /// A fact without a place.
    var note: String?

    init(
        _ id: DiagnosticID, _ message: String, at tokens: Range<Int>, _ label: String = "", help: String? = nil,
        mend: Mend? = nil, applicability: Diagnostic.Help.Applicability = .safe
    ) {
        self.id = id
        self.message = message
        self.tokens = tokens
        self.label = label
        self.help = help
        self.mend = mend
        self.applicability = mend == nil ? .display : applicability
    }

    /// The finding in a file whose tokens are their own places.
    func diagnostic(in source: SourceFile, tokens all: [Token]) -> Diagnostic {
        let place = TokenPlaces(tokens: all, bytes: source.bytes)
        let edits = mend.map {
            [Diagnostic.Edit(file: source.path, range: place.range($0), replacement: place.text($0))]
        }
        return Diagnostic(
            id, message,
            at: Diagnostic.Label(file: source.path, range: place.range(of: tokens), text: label),
            notes: note.map { [$0] } ?? [],
            helps: help.map { [Diagnostic.Help($0, edits: edits ?? [], applicability: applicability)] } ?? [])
    }
}

/// Where tokens of the language's own text stand, and where a change of them goes.
private struct TokenPlaces {
    let tokens: [Token]
    let bytes: [UInt8]

    /// The bytes from the first to the last token; for none, the end of the token before.
    func range(of range: Range<Int>) -> SourceRange {
        guard !range.isEmpty else {
            let end = end(before: range.lowerBound)
            return SourceRange(start: end, end: end)
        }
        let last = tokens[range.upperBound - 1]
        let start = Int(tokens[range.lowerBound].start)
        guard last.kind != .newline else { return SourceRange(start: start, end: start) }
        return SourceRange(start: start, end: last.end)
    }

    /// The bytes that a change replaces; what is removed takes the spaces before it along.
    func range(_ mend: Fault.Mend) -> SourceRange {
        switch mend {
        case .replace(let range, _): self.range(of: range)
        case .append(let token, _): SourceRange(start: tokens[token].end, end: tokens[token].end)
        case .remove(let range):
            SourceRange(start: end(before: range.lowerBound), end: tokens[range.upperBound - 1].end)
        }
    }

    /// What stands there afterwards.
    func text(_ mend: Fault.Mend) -> String {
        switch mend {
        case .replace(let range, let text):
            // A word in place of a comma does not stick to the word before.
            let isTight = tokens[range.lowerBound].kind == .comma && text.first?.isLetter == true
            return isTight && end(before: range.lowerBound) == Int(tokens[range.lowerBound].start) ? " " + text : text
        case .append(_, let text): return " " + text
        case .remove(let range):
            let end = tokens[range.upperBound - 1].end
            let isTight = end < bytes.count && ByteClass.table[Int(bytes[end])] & ByteClass.inWord != 0
            return isTight ? " " : ""
        }
    }

    private func end(before token: Int) -> Int { token > 0 ? tokens[token - 1].end : 0 }
}
