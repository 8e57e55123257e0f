// SPDX-License-Identifier: Apache-2.0

/// Gives every statement and brace the line of its own that it lacks: `policy x { deadline 2s }` is clear enough to be read.
///
/// Each such line is one finding; what is wrong with its statements besides is found by reading the tokens made here.
struct LineUnfolding {
    /// The most breaks of one line for which the change is written out.
    private static let mostBreaks = 32

    let source: SourceFile
    /// The tokens with the line ends that were missing, which have no bytes.
    private(set) var tokens: [Token] = []
    private(set) var findings: [Diagnostic] = []
    /// Whether there is anything to read in another way.
    private(set) var isNeeded = false
    /// The tokens as written, a template in one.
    private let written: [Token]

    init(_ source: SourceFile, _ tokens: [Token]) {
        self.source = source
        let written = TemplateTokens.joining(tokens)
        self.written = written
        self.tokens.reserveCapacity(written.count + 16)
        var first = 0
        for place in written.indices where written[place].kind == .newline {
            unfold(first..<place)
            self.tokens.append(written[place])
            first = place + 1
        }
        isNeeded = !findings.isEmpty || written.count != tokens.count
    }

    private mutating func unfold(_ line: Range<Int>) {
        let breaks = line.dropFirst().filter { place in
            let before = written[place - 1]
            return before.kind == .openBrace || before.kind == .closeBrace || written[place].kind == .closeBrace
                || isSemicolon(place - 1)
        }
        guard let first = breaks.first else { return tokens += written[line] }
        var next = line.lowerBound
        for place in breaks {
            add(next..<place)
            tokens.append(Token(.newline, start: written[place - 1].end, length: 0))
            next = place
        }
        add(next..<line.upperBound)
        guard findings.count < Limits.diagnosticsPerFile else { return }
        findings.append(fault(first, breaks, line).diagnostic(in: source, tokens: written))
    }

    private mutating func add(_ part: Range<Int>) {
        for place in part where !isSuperfluous(place) { tokens.append(written[place]) }
    }

    private func fault(_ first: Int, _ breaks: [Int], _ line: Range<Int>) -> Fault {
        if isSuperfluous(first - 1), !isSemicolon(first - 1) {
            return Fault(
                .unexpectedWord, "`,` stands at the end of a list", at: first - 1..<first,
                "the list goes on after a comma", help: "remove it", mend: .remove(first - 1..<first))
        }
        if isSuperfluous(first), breaks.count == 1 {
            return Fault(
                .unexpectedWord, "`{` stands twice", at: first..<first + 1, "the block is open already",
                help: "remove it", mend: .remove(first..<first + 1))
        }
        let isBraceAfterStatement = written[first].kind == .closeBrace && written[first - 1].kind != .openBrace
        return Fault(
            .unexpectedWord,
            isBraceAfterStatement
                ? "`}` stands on the line of a statement"
                : "`\(spelling(first))` follows `\(spelling(first - 1))` on one line", at: first..<first + 1,
            isBraceAfterStatement ? "a block ends on a line of its own" : "each statement stands on a line of its own",
            help: breaks.count == 1 ? "begin a new line" : "give each statement and brace a line of its own",
            mend: breaks.count > Self.mostBreaks
                ? nil : .replace(first - 1..<line.upperBound, unfolded(first - 1, breaks, line)))
    }

    /// The text from a token to the line's end, broken and indented.
    private func unfolded(_ first: Int, _ breaks: [Int], _ line: Range<Int>) -> String {
        let base = written[line.lowerBound].indentation(in: source.bytes)
        var level = 0
        var text = ""
        for place in line {
            if written[place].kind == .closeBrace { level -= 1 }
            if place >= first, !isSuperfluous(place) {
                if breaks.contains(place) {
                    text += "\n" + base.dropLast(max(0, -2 * level)) + String(repeating: "  ", count: max(0, level))
                } else if place > first, written[place - 1].end < Int(written[place].start) {
                    text += " "
                }
                text += spelling(place)
            }
            if written[place].kind == .openBrace { level += 1 }
        }
        return text
    }

    /// Whether a sign says what is clear without it: a semicolon, a comma that only a brace follows, or a second opening brace.
    private func isSuperfluous(_ place: Int) -> Bool {
        switch written[place].kind {
        case .comma: place + 1 < written.count && written[place + 1].kind == .closeBrace
        case .openBrace: isBrace(place - 1) && !isBrace(place - 2) && !isBrace(place + 1)
        default: isSemicolon(place)
        }
    }

    private func isBrace(_ place: Int) -> Bool {
        written.indices.contains(place) && written[place].kind == .openBrace
    }

    private func isSemicolon(_ place: Int) -> Bool {
        written[place].kind == .unknown && written[place].length == 1
            && source.bytes[Int(written[place].start)] == UInt8(ascii: ";")
    }

    private func spelling(_ place: Int) -> String {
        String(decoding: source.bytes[Int(written[place].start)..<written[place].end], as: UTF8.self)
    }
}
