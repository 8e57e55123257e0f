// SPDX-License-Identifier: Apache-2.0

/// What the reader makes of phrases, a word and a text in one scalar, and of pairs, which are entries of mappings.
extension YAMLReader {
    /// The text of a scalar up to its first space.
    func firstWord(of node: YAMLNode) -> Range<Int> {
        let range = node.textRange
        return range.lowerBound..<(document.text[range].firstIndex(of: UInt8(ascii: " ")) ?? range.upperBound)
    }

    /// Adds the slots of the phrase that a statement's key is.
    mutating func addPhrase(row: Int, _ head: Head) {
        for part in schema.rows[row].phrase.indices {
            addPart(part, of: head.keyword.node, isKey: true, row: row, head)
        }
    }

    /// Adds the word or the text of a phrase as the value of its slot.
    mutating func addPart(_ part: Int, of source: Int, isKey: Bool, row: Int, _ head: Head) {
        let node = document.nodes[source]
        let place = schema.rows[row].phrase[part]
        let word = firstWord(of: node)
        let first = builder.tokens.count
        if part == 0 {
            if !isKey { scan(word, of: node) }
            let tokens = isKey ? head.tokens : first..<builder.tokens.count
            if !match(place, row: row, key: head.keyword.node, value: source, tokens: tokens) {
                builder.markDamaged(head.statement)
            }
            return
        }
        let text = trimmed(word.upperBound..<node.textRange.upperBound)
        guard !text.isEmpty else {
            builder.markDamaged(head.statement)
            return report(
                .expectedValue, "`\(shortened(document.string(node)))` has no path behind its method", at: node.range,
                label: "expected a phrase such as `POST /orders`")
        }
        append(.string, text, of: node)
        builder.add(schema.rows[row].slots[place].slot, tokens: first..<first + 1)
    }

    /// Adds a value for each entry of a mapping: `header X-API-Version: v1`, `region: uk`.
    mutating func addPairs(of place: Int, row: Int, key: Int, mapping: Int) -> Bool {
        var isRead = true
        var name = mapping + 1
        while name < Int(document.nodes[mapping].subtreeEnd) {
            let content = Int(document.nodes[name].subtreeEnd)
            let value = document.resolve(content)
            isRead = addPair(of: place, row: row, name: name, value: value) && isRead
            name = Int(document.nodes[content].subtreeEnd)
        }
        if Int(document.nodes[mapping].subtreeEnd) == mapping + 1 {
            reportShape(key, "a mapping of one or more entries", mapping)
            return false
        }
        return isRead
    }

    private mutating func addPair(of place: Int, row: Int, name: Int, value: Int) -> Bool {
        let (nameNode, node) = (document.nodes[name], document.nodes[value])
        guard !nameNode.isRefused, !node.isRefused else { return false }
        guard node.kind == .scalar, !node.isNothing else {
            reportShape(name, "one value", value)
            return false
        }
        let first = builder.tokens.count
        if schema.rows[row].slots[place].types == [.headerPair] {
            let word = firstWord(of: nameNode)
            scan(word, of: nameNode)
            appendText(word.upperBound..<nameNode.textRange.upperBound, of: nameNode)
            append(.string, node.textRange, of: node)
        } else {
            scan(nameNode.textRange, of: nameNode)
            if isLiteral(node) || truth(of: value) != nil {
                scan(node.textRange, of: node)
            } else {
                append(.string, node.textRange, of: node)
            }
        }
        return match(place, row: row, key: name, value: value, tokens: first..<builder.tokens.count)
    }
}
