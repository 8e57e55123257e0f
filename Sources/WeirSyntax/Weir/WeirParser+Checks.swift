// SPDX-License-Identifier: Apache-2.0

/// What is checked of statements that fit the grammar.
extension WeirParser {
    /// Whether a value is out of its bounds, which has been reported then.
    @inline(__always)
    mutating func checkValue(_ place: Int, _ tokens: Range<Int>) -> Bool {
        let token = line.tokenView[tokens.lowerBound]
        let text = line.textView
        if tokens.count == 1, Glance.isSound(token, grammar.tables.bounds[place], byte: { text[$0] }) { return false }
        if tokens.count == 2, isSurelySoundRange(line.tokenView[tokens.lowerBound + 1]) { return false }
        return checkLiteral(place, tokens)
    }

    /// Whether a token is a range of three-digit statuses, as behind `status`, that cannot be out of bounds.
    @inline(__always)
    private func isSurelySoundRange(_ token: Token) -> Bool {
        guard token.kind == .range, token.length == 8 else { return false }
        let (low, high) = (statusDigits(Int(token.start)), statusDigits(token.end - 3))
        return low >= 100 && low <= high && high <= 599
    }

    private func statusDigits(_ start: Int) -> Int {
        (start..<start + 3).reduce(0) { $0 &* 10 &+ Int(line.textView[$1] &- UInt8(ascii: "0")) }
    }

    @inline(never)
    private mutating func checkLiteral(_ place: Int, _ tokens: Range<Int>) -> Bool {
        if grammar.program.places[place].types.contains(where: \.isPair) { fieldsInStatement += 1 }
        let check = ValueCheck(tokens: line.tokens, text: line.text)
        guard let fault = check.fault(tokens, bounds: grammar.program.places[place].bounds) else { return false }
        report(fault)
        return true
    }

    /// Reports `edition`, `package` and `use` below what they must stand above.
    mutating func checkOrder(_ node: Int) {
        guard node < builder.nodes.count else { return }
        let form = Form.all[Int(builder.nodes[node].ordinal)]
        let rank = Self.headForms.firstIndex(of: form) ?? Self.headForms.count
        guard rank < furthest.rank else {
            if rank > furthest.rank { furthest = (rank, node) }
            return
        }
        builder.markDamaged(node)
        let (first, other) = (Int(builder.nodes[node].firstToken), Int(builder.nodes[furthest.node].firstToken))
        let word = spelling(first)
        builder.report(
            Diagnostic(
                .unexpectedWord, "`\(word)` stands below `\(words(ofNode: furthest.node))`",
                at: Diagnostic.Label(
                    file: builder.source.path, range: range(first..<first + 1), text: "too far down"),
                secondary: [
                    Diagnostic.Label(
                        file: builder.source.path, range: range(other..<other + 1), text: "must stand below it")
                ],
                notes: ["a file begins with `edition`, then `package`, then `use`; declarations follow"],
                helps: [Diagnostic.Help("move it up")]))
    }

    /// Reports a setting that its block has had before; steps that refer to shared ones may stand once for each of these.
    mutating func checkRepeated(_ node: Int, _ contents: BlockContents) {
        var earlier = contents.firstNode
        while earlier < node {
            let candidate = builder.nodes[earlier]
            if candidate.kind == .statement, candidate.ordinal == builder.nodes[node].ordinal,
                shared(earlier) == shared(node)
            {
                return reportRepeated(node, earlier)
            }
            earlier = Int(candidate.subtreeEnd)
        }
    }

    /// The shared step that a step refers to.
    private func shared(_ node: Int) -> String? {
        guard node + 1 < builder.nodes.count else { return nil }
        let value = builder.nodes[node + 1]
        guard value.kind == .value, value.ordinal == Slot.shared.rawValue else { return nil }
        return spelling(Int(value.firstToken))
    }

    private mutating func reportRepeated(_ node: Int, _ earlier: Int) {
        builder.markDamaged(node)
        let first = Int(builder.nodes[node].firstToken)
        let before = Int(builder.nodes[earlier].firstToken)
        let path = builder.source.path
        builder.report(
            Diagnostic(
                .repeatedSetting, "`\(fixedWords(node))` is set twice in one block",
                at: Diagnostic.Label(
                    file: path, range: range(first..<Int(builder.nodes[node].endToken)), text: "set again here"),
                secondary: [
                    Diagnostic.Label(
                        file: path, range: range(before..<Int(builder.nodes[earlier].endToken)),
                        text: "set first here")
                ]))
    }

    /// The keywords that a statement begins with, such as `stay open`.
    func fixedWords(_ node: Int) -> String {
        let first = Int(builder.nodes[node].firstToken)
        let form = Form.all[Int(builder.nodes[node].ordinal)]
        let count = grammar.program.instructions[grammar.starts[Int(form.rawValue)]...].prefix { $0.code == .word }
            .count
        return (first..<first + max(count, 1)).map(spelling).joined(separator: " ")
    }
}
