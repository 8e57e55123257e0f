// SPDX-License-Identifier: Apache-2.0

/// Braces, line ends, and what else holds statements together.
extension WeirParser {
    /// Takes the line end after a statement or a brace; what stands there instead is left for the next.
    mutating func endLine() {
        switch line.kind(place) {
        case .newline, .documentation: place += 1
        default: isFolded = true
        }
    }

    /// Whether the next token begins a declaration that cannot belong to an open block, because it is not closed.
    @inline(__always)
    mutating func isDeclarationOutside(of depth: Int) -> Bool {
        guard line.kind(place) == .name, isInFirstColumn(place) else { return false }
        let word = line.word(place)
        guard grammar.declarationWords.contains(word), lacksBrace() else { return false }
        let block = openBlocks[depth]
        return block.isIndented || grammar.candidates(in: block.kind, beginningWith: word).isEmpty
    }

    /// Whether a brace is missing in the file, or was taken as written; else a badly indented line is only that.
    private mutating func lacksBrace() -> Bool {
        if openBlocks.contains(where: { line.kind($0.brace) != .openBrace }) { return true }
        if let known = bracesBalance { return !known }
        var depth = 0
        for token in line.tokens where depth >= 0 {
            if token.kind == .openBrace { depth += 1 }
            if token.kind == .closeBrace { depth -= 1 }
        }
        bracesBalance = depth == 0
        return depth != 0
    }

    /// Reports a block without its closing brace, once for all blocks that end at the same place.
    mutating func reportUnclosedBlock() {
        guard unclosedPlace != place, let block = openBlocks.last else { return }
        unclosedPlace = place
        let isAtEnd = place >= line.tokens.count
        var missing = isAtEnd ? openBlocks.count : 0
        while !isAtEnd, missing < openBlocks.count, isDeclarationOutside(of: openBlocks.count - 1 - missing) {
            missing += 1
        }
        var end = place
        while end > 0, [.newline, .documentation].contains(line.kind(end - 1)) { end -= 1 }
        let path = builder.source.path
        let here = isAtEnd ? end..<end : place..<place + 1
        let owner = words(ofNode: block.node)
        let at = end > 0 ? line.tokens[end - 1].end : 0
        let indentations = openBlocks.suffix(missing).reversed().map { "\n" + indentation(of: $0.brace) + "}" }
        builder.report(
            Diagnostic(
                .unclosedBlock, "the block of `\(owner)` is not closed",
                at: Diagnostic.Label(
                    file: path, range: range(here),
                    text: isAtEnd ? "the file ends here" : "expected `}` before this declaration"),
                secondary: [
                    Diagnostic.Label(file: path, range: range(block.brace..<block.brace + 1), text: "opened here")
                ],
                helps: [
                    Diagnostic.Help(
                        "close it",
                        edits: [
                            Diagnostic.Edit(
                                file: path, range: SourceRange(start: at, end: at),
                                replacement: indentations.joined())
                        ], applicability: .safe)
                ]))
    }

    /// A closing brace that closes nothing.
    mutating func reportStrayBrace() {
        report(
            Fault(
                .unexpectedWord, "`}` closes no block", at: place..<place + 1, "no block is open here",
                help: "remove it", mend: .remove(place..<place + 1)))
        place += 1
        if line.kind(min(place, line.tokens.count - 1)) == .newline { place += 1 }
    }

    /// A statement that needs a block, and has none.
    mutating func readMissingBlock(_ kind: BlockKind, of node: Int) {
        builder.markDamaged(node)
        let owner = words(ofNode: node)
        let next = place + 1
        if line.kind(place) == .newline, next < line.tokens.count, line.kind(next) == .openBrace {
            report(
                Fault(
                    .unexpectedWord, "`{` stands on a line of its own", at: next..<next + 1,
                    "expected at the end of the line before", help: "move it to the line of `\(owner)`",
                    mend: .replace(place..<next + 1, " {")))
            place = next + 1
            builder.markBlock(node)
            endLine()
            return readBlock(kind, brace: next, node: node)
        }
        let isIndented = line.kind(place) == .newline && isIndented(next, under: node)
        report(
            Fault(
                .expectedValue, "`\(owner)` has no block", at: place..<place, "expected `{` here",
                help: isIndented ? "open it" : "add a block with its statements",
                mend: .append(place - 1, isIndented ? "{" : "{\n}"), applicability: isIndented ? .safe : .display))
        endLine()
        guard isIndented else { return }
        builder.markBlock(node)
        readBlock(kind, brace: place - 2, node: node)
    }

    /// Whether a token's line stands further right than that of a statement, as if it were in its block.
    func isIndented(_ place: Int, under node: Int) -> Bool {
        place < line.tokens.count && line.kind(place) != .newline
            && indentation(of: place).utf8.count > indentation(of: Int(builder.nodes[node].firstToken)).utf8.count
    }

    mutating func reportTooManyDeclarations() {
        report(
            Fault(
                .limitExceeded, "the file has more than \(Limits.declarations) declarations", at: place..<place + 1,
                "from here on, nothing is read", help: "divide it into several files of one directory"))
    }

    /// Skips a block that belongs to no statement, up to its brace or the next declaration in the first column.
    mutating func skipBlock() {
        let brace = place
        var depth = 0
        while place < line.tokens.count {
            switch line.kind(place) {
            case .openBrace:
                depth += 1
                if depth == Limits.nesting + 1, !builder.isFull { reportTooDeep(place) }
            case .closeBrace:
                depth -= 1
                if depth == 0 {
                    place += 1
                    return
                }
            case .name where place > brace && isInFirstColumn(place):
                if grammar.declarationWords.contains(line.word(place)), lacksBrace() { return }
            default: break
            }
            place += 1
        }
    }

    private mutating func reportTooDeep(_ place: Int) {
        report(
            Fault(
                .limitExceeded, "blocks are nested deeper than \(Limits.nesting) levels", at: place..<place + 1,
                "level \(Limits.nesting + 1) begins here"))
    }

    mutating func report(_ fault: Fault) {
        builder.report(fault.diagnostic(in: builder.source, tokens: line.tokens))
    }

    func range(_ tokens: Range<Int>) -> SourceRange {
        guard let last = tokens.last else {
            let end = tokens.lowerBound > 0 ? line.tokens[tokens.lowerBound - 1].end : 0
            return SourceRange(start: end, end: end)
        }
        return SourceRange(start: Int(line.tokens[tokens.lowerBound].start), end: line.tokens[last].end)
    }

    func spelling(_ place: Int) -> String {
        let token = line.tokens[place]
        return String(decoding: line.text[Int(token.start)..<token.end], as: UTF8.self)
    }

    /// A statement's first words, as many as tell it from others: `shared breaker card-gateway`.
    func words(ofNode node: Int) -> String {
        let first = Int(builder.nodes[node].firstToken)
        var end = first
        while end < line.tokens.count, end < first + 3, [.name, .path, .string].contains(line.kind(end)) { end += 1 }
        return (first..<max(end, first + 1)).map(spelling).joined(separator: " ")
    }

    private func indentation(of token: Int) -> String { line.tokens[token].indentation(in: line.text) }
}
