// SPDX-License-Identifier: Apache-2.0

extension YAMLReader {
    /// Reads one statement of a row from the node that stands for it.
    mutating func readStatement(_ index: Int, _ keyword: Keyword, value: Int) {
        let node = document.nodes[value]
        switch schema.rows[index].shape {
        case .mapping:
            let isBare = node.isNothing && !schema.rows[index].needsBlock
            guard node.kind == .mapping || isBare else {
                return reportShape(keyword, "a mapping", value, help: keysHelp(index))
            }
            readMapping(index, keyword, value)
        case .scalar:
            readScalar(index, keyword, value)
        case .scalarOrMapping:
            if node.kind == .mapping || node.isNothing {
                readMapping(index, keyword, value)
            } else {
                readScalar(index, keyword, value)
            }
        case .flag(let expected):
            guard let truth = truth(of: value) else { return reportTruth(keyword, value) }
            if truth == expected { readBare(index, keyword) }
        case .flagOrMapping:
            if node.kind == .mapping { return readMapping(index, keyword, value) }
            guard let truth = truth(of: value) else { return reportTruth(keyword, value, orMapping: true) }
            if truth { readBare(index, keyword) }
        case .phrase:
            guard node.kind == .scalar else { return reportShape(keyword, "one value", value) }
            readPhrase(index, keyword, value)
        }
    }

    /// `true` or `false`, nil for all else; other words for them are not taken.
    func truth(of index: Int) -> Bool? {
        let node = document.nodes[index]
        guard node.kind == .scalar, node.style == .plain, node.length == 4 || node.length == 5 else { return nil }
        let text = document.text[node.textRange]
        if text.elementsEqual("true".utf8) { return true }
        return text.elementsEqual("false".utf8) ? false : nil
    }

    private mutating func readBare(_ index: Int, _ keyword: Keyword) {
        let head = open(index, keyword)
        builder.endHead(head.statement, endToken: builder.tokens.count)
        builder.close(head.statement)
    }

    /// A statement that is one value, or one list of values.
    private mutating func readScalar(_ index: Int, _ keyword: Keyword, _ value: Int) {
        guard let place = schema.rows[index].scalar else { return }
        let isList = schema.rows[index].slots[place].isList
        let isFilter = schema.rows[index].slots[place].types == [.filter]
        guard document.nodes[value].kind == .scalar || isFilter || (isList && document.nodes[value].kind == .sequence)
        else {
            var expected = isList ? "a list" : "one value"
            if case .scalarOrMapping = schema.rows[index].shape { expected += " or a mapping" }
            return reportShape(keyword, expected, value)
        }
        let head = open(index, keyword)
        if let name = schema.rows[index].namePlace { addName(name, row: index, head) }
        if schema.rows[index].isNamedByPhrase { addPhrase(row: index, head) }
        let other = otherSlot(of: index, for: value, instead: place)
        let isRead = addValues(of: other ?? place, row: index, key: keyword.node, value: value, head.statement)
        if let other, isRead { reportLoneValue(keyword, value, row: index, slot: other) }
        builder.endHead(head.statement, endToken: builder.tokens.count)
        builder.close(head.statement)
    }

    /// A statement with its slots and its block in a mapping; `key:` with nothing after it is an empty one.
    private mutating func readMapping(_ index: Int, _ keyword: Keyword, _ value: Int) {
        let base = slotNodes.count
        let first = pending.count
        let count = schema.rows[index].slots.count
        for _ in 0..<count { slotNodes.append(-1) }
        var contents = Contents()
        if document.nodes[value].kind == .mapping {
            contents = sort(value, by: index, row: index, slotBase: base, owner: keyword.node)
        }
        if let name = schema.rows[index].namePlace { contents.slots |= 1 << UInt32(name) }
        if schema.rows[index].isNamedByPhrase {
            for place in schema.rows[index].phrase { contents.slots |= 1 << UInt32(place) }
        }
        if contents.description >= 0 { addDocumentation(contents.description) }
        let head = open(index, keyword)
        if let variant = schema.rows[index].variant(of: contents.slots) {
            for place in schema.rows[index].variants[variant].order { add(Int(place), row: index, base: base, head) }
        } else {
            if !contents.isDamaged, !document.nodes[value].isCutShort {
                reportSlots(keyword, value, row: index, filled: contents.slots, base: base)
            }
            builder.markDamaged(head.statement)
            for place in 0..<count where contents.slots & 1 << UInt32(place) != 0 {
                add(place, row: index, base: base, head)
            }
        }
        slotNodes.removeLast(count)
        let form = schema.rows[index].form
        if form == .before || form == .after, pending.count == first, !contents.isDamaged {
            builder.markDamaged(head.statement)
            report(
                .expectedValue, "`\(shortened(document.string(document.nodes[keyword.node])))` has no `insert`",
                at: keyword.place ?? document.nodes[keyword.node].range, help: "add `insert` with a list of steps")
        }
        builder.endHead(head.statement, endToken: builder.tokens.count)
        if schema.rows[index].needsBlock || pending.count > first { builder.markBlock(head.statement) }
        readPending(from: first)
        builder.close(head.statement)
    }

    /// Adds the values of a slot that an entry of the mapping, or its key, fills.
    private mutating func add(_ place: Int, row: Int, base: Int, _ head: Head) {
        let node = Int(slotNodes[base + place])
        if let part = schema.rows[row].phrase.firstIndex(of: place) {
            addPart(part, of: node >= 0 ? node : head.keyword.node, isKey: node < 0, row: row, head)
        } else if node >= 0 {
            addValues(of: place, row: row, key: node - 1, value: node, head.statement)
        } else {
            addName(place, row: row, head)
        }
    }

    /// Opens a statement at its keyword.
    mutating func open(_ index: Int, _ keyword: Keyword) -> Head {
        let first = builder.tokens.count
        let node = document.nodes[keyword.node]
        if keyword.isName, isNamedByText(index) {
            append(.string, node.textRange, of: node)
        } else if keyword.isName {
            scan(schema.rows[index].isNamedByPhrase ? firstWord(of: node) : node.textRange, of: node)
        }
        if builder.tokens.count == first { append(.name, node.textRange, of: node, at: keyword.place) }
        let statement = builder.open(schema.rows[index].form, firstToken: first)
        return Head(statement: statement, keyword: keyword, tokens: first..<builder.tokens.count)
    }

    /// Adds a token over a part of a scalar's text.
    mutating func append(_ kind: TokenKind, _ range: Range<Int>, of node: YAMLNode, at place: SourceRange? = nil) {
        builder.tokens.append(Token(kind, start: range.lowerBound, length: range.count))
        if let place {
            builder.places.append(place)
        } else if node.verbatim != YAMLNode.notVerbatim {
            let start = Int(node.verbatim) + range.lowerBound - Int(node.text)
            builder.places.append(SourceRange(start: start, end: start + range.count))
        } else {
            builder.places.append(node.range)
        }
    }

    /// The lines of a description as documentation, before the keyword, as the language's own text has them.
    private mutating func addDocumentation(_ index: Int) {
        let node = document.nodes[document.resolve(index)]
        var start = node.textRange.lowerBound
        while start < node.textRange.upperBound {
            let end = document.text[start..<node.textRange.upperBound].firstIndex(of: 0x0A) ?? node.textRange.upperBound
            append(.documentation, start..<end, of: node)
            start = end + 1
        }
    }
}
