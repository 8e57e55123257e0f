// SPDX-License-Identifier: Apache-2.0

extension YAMLReader {
    /// Adds the values of a slot; false when one of them is not as it should be, which has been reported.
    @discardableResult
    mutating func addValues(of place: Int, row: Int, key: Int, value: Int, _ statement: Int) -> Bool {
        let index = document.resolve(value)
        let node = document.nodes[index]
        if schema.rows[row].slots[place].flag != nil {
            // The word is the key, or as in `to: cached` the value.
            addFlag(place, row: row, word: truth(of: index) == nil ? index : key)
            return true
        }
        if schema.rows[row].slots[place].isPair {
            guard node.kind == .mapping else {
                reportShape(key, "a mapping", index)
                builder.markDamaged(statement)
                return false
            }
            let isRead = addPairs(of: place, row: row, key: key, mapping: index)
            if !isRead { builder.markDamaged(statement) }
            return isRead
        }
        var isRead = true
        if node.kind == .sequence, schema.rows[row].slots[place].isList {
            var item = index + 1
            while item < Int(node.subtreeEnd) {
                isRead = addValue(of: place, row: row, key: key, value: document.resolve(item)) && isRead
                item = Int(document.nodes[item].subtreeEnd)
            }
            if Int(node.subtreeEnd) == index + 1 {
                reportShape(key, "a list of one or more", index)
                isRead = false
            }
        } else {
            isRead = addValue(of: place, row: row, key: key, value: index)
        }
        if !isRead { builder.markDamaged(statement) }
        return isRead
    }

    private mutating func addFlag(_ place: Int, row: Int, word: Int) {
        let token = builder.tokens.count
        append(.name, document.nodes[word].textRange, of: document.nodes[word])
        builder.add(schema.rows[row].slots[place].slot, tokens: token..<token + 1)
    }

    /// Adds the name that a mapping key is; its tokens are those of the keyword.
    mutating func addName(_ place: Int, row: Int, _ head: Head) {
        let key = head.keyword.node
        if !match(place, row: row, key: key, value: key, tokens: head.tokens) { builder.markDamaged(head.statement) }
    }

    /// Adds one value from a scalar.
    private mutating func addValue(of place: Int, row: Int, key: Int, value: Int) -> Bool {
        let node = document.nodes[value]
        guard !node.isRefused else { return false }
        if schema.rows[row].slots[place].types == [.filter] {
            return addFilter(place, row: row, key: key, value: value)
        }
        guard node.kind == .scalar else {
            reportShape(key, schema.rows[row].slots[place].isList ? "one value an entry" : "one value", value)
            return false
        }
        let first = builder.tokens.count
        let isNothing = node.style == .plain && node.length == 0
        switch schema.rows[row].slots[place].reading {
        case _ where isNothing: break
        case .text:
            append(.string, node.textRange, of: node)
            builder.add(schema.rows[row].slots[place].slot, tokens: first..<first + 1)
            return true
        case .literal:
            guard isLiteral(node) else {
                append(.string, node.textRange, of: node)
                builder.add(schema.rows[row].slots[place].slot, tokens: first..<first + 1)
                return true
            }
        case .words: break
        }
        if let word = textWord(in: node, place, row: row) {
            append(.name, word, of: node)
            appendText(word.upperBound..<node.textRange.upperBound, of: node)
        } else {
            scan(node.textRange, of: node)
        }
        return match(place, row: row, key: key, value: value, tokens: first..<builder.tokens.count)
    }

    /// The word that begins a value and is followed by a text, as in `header Idempotency-Key`.
    private func textWord(in node: YAMLNode, _ place: Int, row: Int) -> Range<Int>? {
        guard !schema.rows[row].slots[place].textWords.isEmpty else { return nil }
        let text = document.text[node.textRange]
        for word in schema.rows[row].slots[place].textWords {
            guard text.count > word.utf8.count + 1, text.starts(with: word.utf8) else { continue }
            let end = text.startIndex + word.utf8.count
            if text[end] == UInt8(ascii: " ") { return text.startIndex..<end }
        }
        return nil
    }

    /// Whether a literal is to be read as one: plain, and beginning as only numbers, dates and constants do.
    func isLiteral(_ node: YAMLNode) -> Bool {
        guard node.style == .plain, node.length > 0 else { return false }
        let byte = document.text[Int(node.text)]
        return byte == UInt8(ascii: "$") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    /// Appends the tokens of a part of a scalar.
    mutating func scan(_ range: Range<Int>, of node: YAMLNode) {
        let first = builder.tokens.count
        let text = document.text
        Lexer.scan(text.span, from: range.lowerBound, to: range.upperBound, into: &builder.tokens)
        let end = builder.tokens.count > first ? builder.tokens[builder.tokens.count - 1].end : range.lowerBound
        if end < range.upperBound, let hash = text[end..<range.upperBound].firstIndex(of: UInt8(ascii: "#")) {
            // No comment begins inside of a scalar.
            builder.tokens.append(Token(.unknown, start: hash, length: range.upperBound - hash))
        }
        let shift = node.verbatim == YAMLNode.notVerbatim ? nil : Int(node.verbatim) - Int(node.text)
        for index in first..<builder.tokens.count {
            guard let shift else {
                builder.places.append(node.range)
                continue
            }
            let token = builder.tokens[index]
            builder.places.append(SourceRange(start: Int(token.start) + shift, end: token.end + shift))
        }
    }

    /// The slot that a lone scalar must mean, where it begins as a value and the slot due takes a name: `retry: 3`.
    func otherSlot(of row: Int, for value: Int, instead place: Int) -> Int? {
        let node = document.nodes[value]
        guard node.kind == .scalar, isLiteral(node), schema.rows[row].slots[place].types == [.path] else { return nil }
        return schema.rows[row].slots.indices.first { other in
            other != place && schema.rows[row].slots[other].flag == nil
                && schema.rows[row].variants.contains { $0.mask == 1 << UInt32(other) }
        }
    }

    /// Reads a scalar that holds a statement's values as the language writes them, a text at its end without quotes.
    mutating func readPhrase(_ row: Int, _ keyword: Keyword, _ value: Int) {
        let node = document.nodes[value]
        let statement = open(row, keyword).statement
        var rest = node.textRange
        for place in schema.rows[row].slots.indices {
            let first = builder.tokens.count
            if schema.rows[row].slots[place].reading == .text, !rest.isEmpty {
                appendText(rest, of: node)
                builder.add(schema.rows[row].slots[place].slot, tokens: first..<builder.tokens.count)
                rest = rest.upperBound..<rest.upperBound
            } else {
                let blank = document.text[rest].firstIndex(of: UInt8(ascii: " ")) ?? rest.upperBound
                scan(rest.lowerBound..<blank, of: node)
                rest = min(blank + 1, rest.upperBound)..<rest.upperBound
                guard match(place, row: row, key: keyword.node, value: value, tokens: first..<builder.tokens.count)
                else {
                    builder.markDamaged(statement)
                    break
                }
            }
        }
        builder.endHead(statement, endToken: builder.tokens.count)
        builder.close(statement)
    }

    /// Appends a text that ends a scalar of several words; quotes around it are not part of it.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = document.text[range].first, first == UInt8(ascii: " ") {
            range = range.lowerBound + 1..<range.upperBound
        }
        let quote = UInt8(ascii: "\"")
        guard range.count >= 2, document.text[range.lowerBound] == quote, document.text[range.upperBound - 1] == quote
        else { return range }
        return range.lowerBound + 1..<range.upperBound - 1
    }

    mutating func appendText(_ range: Range<Int>, of node: YAMLNode) {
        append(.string, trimmed(range), of: node)
    }
}
