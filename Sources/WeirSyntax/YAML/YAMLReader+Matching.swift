// SPDX-License-Identifier: Apache-2.0

extension YAMLReader {
    /// Adds tokens as a value of a slot; false when they are none, which has been reported.
    mutating func match(_ place: Int, row: Int, key: Int, value: Int, tokens: Range<Int>) -> Bool {
        let fault = fault(of: tokens, in: place, row: row, key: key, value: value)
        builder.add(schema.rows[row].slots[place].slot, tokens: tokens, isDamaged: fault != nil)
        guard let fault else { return true }
        report(fault, value: value)
        return false
    }

    private mutating func fault(of tokens: Range<Int>, in place: Int, row: Int, key: Int, value: Int) -> Fault? {
        if tokens.count == 1 {
            // Most values are one token, which needs no machine.
            let token = builder.tokens[tokens.lowerBound]
            switch token.kind {
            case .name where isWord(token, of: place, row: row): return nil
            case .name, .path, .constant:
                if schema.rows[row].slots[place].kinds.contains(token.kind) { return nil }
            default:
                if schema.rows[row].slots[place].kinds.contains(token.kind) {
                    let bounds = schema.rows[row].slots[place].bounds
                    if Glance.isSound(token, bounds, byte: { document.text[$0] }) { return nil }
                    return check(tokens, place, row: row)
                }
            }
        }
        guard let start = schema.rows[row].slots[place].start, !tokens.isEmpty else {
            return mismatch(tokens, in: place, row: row, key: key)
        }
        let line = ScalarLine(
            tokens: Array(builder.tokens[tokens]), text: document.text, words: schema.grammar.words)
        guard machine.run(schema.grammar.tables, from: start, over: line, at: 0) == tokens.count else {
            return mismatch(tokens, in: place, row: row, key: key)
        }
        return check(tokens, place, row: row)
    }

    private func isWord(_ token: Token, of place: Int, row: Int) -> Bool {
        let words = schema.rows[row].slots[place].words
        return !words.isEmpty && words.contains(schema.grammar.words.word(document.text, token))
    }

    private func check(_ tokens: Range<Int>, _ place: Int, row: Int) -> Fault? {
        ValueCheck(tokens: builder.tokens, text: document.text, hasEscapes: false)
            .fault(tokens, bounds: schema.rows[row].slots[place].bounds)
    }

    /// What is said of tokens that are no value of a slot.
    private func mismatch(_ tokens: Range<Int>, in place: Int, row: Int, key: Int) -> Fault {
        ScalarMismatch(
            types: schema.rows[row].slots[place].types, isList: schema.rows[row].slots[place].isList,
            owner: shortened(document.string(document.nodes[key])),
            tokens: builder.tokens, text: document.text
        ).fault(tokens)
    }

    // MARK: Places

    /// Reports a fault of tokens at their places in the file.
    private mutating func report(_ fault: Fault, value: Int) {
        let node = document.nodes[value]
        let range = self.range(of: fault.tokens, in: node)
        // A change goes into the file only where that holds the text as it is.
        let edits = node.verbatim == YAMLNode.notVerbatim ? [] : fault.mend.map { [edit($0, in: node)] } ?? []
        builder.report(
            Diagnostic(
                fault.id, fault.message, at: label(range, fault.label), notes: fault.note.map { [$0] } ?? [],
                helps: fault.help.map {
                    [
                        Diagnostic.Help(
                            $0, edits: edits, applicability: edits.isEmpty ? .display : fault.applicability)
                    ]
                } ?? []))
    }

    private func range(of tokens: Range<Int>, in node: YAMLNode) -> SourceRange {
        guard let last = tokens.last else {
            return SourceRange(start: Int(node.end), end: Int(node.end))
        }
        return builder.places[tokens.lowerBound].through(builder.places[last])
    }

    private func edit(_ mend: Fault.Mend, in node: YAMLNode) -> Diagnostic.Edit {
        let (range, text): (SourceRange, String) =
            switch mend {
            case .replace(let tokens, let text): (self.range(of: tokens, in: node), text)
            case .append(let token, let text):
                (SourceRange(start: Int(builder.places[token].end), end: Int(builder.places[token].end)), " " + text)
            case .remove(let tokens): (self.range(of: tokens, in: node), "")
            }
        return Diagnostic.Edit(file: source.path, range: range, replacement: text)
    }
}
