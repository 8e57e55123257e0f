// SPDX-License-Identifier: Apache-2.0

/// Filters, which are mappings in YAML, as the runs of tokens that the language writes.
extension YAMLReader {
    /// What a filter stands in, which decides whether it needs parentheses.
    private enum Surroundings {
        case outside, all, not
    }

    /// Adds a filter as a value of a slot; false when something is wrong with it, which has been reported.
    mutating func addFilter(_ place: Int, row: Int, key: Int, value: Int) -> Bool {
        let first = builder.tokens.count
        guard appendFilter(value, under: key, in: .outside) else {
            let tokens = first..<builder.tokens.count
            if !tokens.isEmpty { builder.add(schema.rows[row].slots[place].slot, tokens: tokens, isDamaged: true) }
            return false
        }
        return match(place, row: row, key: key, value: value, tokens: first..<builder.tokens.count)
    }

    private mutating func appendFilter(_ value: Int, under key: Int, in surroundings: Surroundings) -> Bool {
        let node = document.nodes[value]
        guard node.kind == .mapping, Int(node.subtreeEnd) > value + 1 else {
            reportShape(
                key, "a condition as a mapping", value,
                help: "write a field with its test, such as `{ region: { is: eu } }`")
            return false
        }
        let inner = value + 1
        let content = Int(document.nodes[inner].subtreeEnd)
        let second = Int(document.nodes[content].subtreeEnd)
        guard !document.nodes[inner].isRefused, !document.nodes[content].isRefused else { return false }
        if second < Int(node.subtreeEnd) {
            if !document.nodes[second].isRefused {
                report(
                    .yamlShape,
                    "a condition has one key, and `\(shortened(document.string(document.nodes[second])))` is a second one",
                    at: smallPlace(second), secondary: [label(smallPlace(inner), "the first")],
                    help: "put both into a list under `all` or `any`")
            }
            return false
        }
        let resolved = document.resolve(content)
        switch document.string(document.nodes[inner]) {
        case "all": return appendList("and", inner, resolved, in: surroundings)
        case "any": return appendList("or", inner, resolved, in: surroundings)
        case "not":
            appendSign("not", at: inner)
            return appendFilter(resolved, under: inner, in: .not)
        default: return appendTest(inner, resolved)
        }
    }

    private mutating func appendList(
        _ word: String, _ key: Int, _ value: Int, in surroundings: Surroundings
    ) -> Bool {
        let node = document.nodes[value]
        let end = Int(node.subtreeEnd)
        guard node.kind == .sequence, end > value + 1 else {
            reportShape(key, "a list of conditions", value)
            return false
        }
        let isAlone = Int(document.nodes[value + 1].subtreeEnd) == end
        let hasParentheses = !isAlone && (surroundings == .not || (surroundings == .all && word == "or"))
        let inner = isAlone ? surroundings : word == "and" ? .all : .outside
        if hasParentheses { appendSign("(", at: key) }
        var item = value + 1
        while item < end {
            if item > value + 1 { appendSign(word, at: key) }
            guard appendFilter(document.resolve(item), under: key, in: inner) else { return false }
            item = Int(document.nodes[item].subtreeEnd)
        }
        if hasParentheses { appendSign(")", at: key) }
        return true
    }

    private mutating func appendTest(_ key: Int, _ value: Int) -> Bool {
        let node = document.nodes[key]
        let text = document.text[node.textRange]
        if text.starts(with: "header ".utf8) {
            append(.name, text.startIndex..<text.startIndex + 6, of: node)
            appendText(text.startIndex + 7..<text.endIndex, of: node)
        } else {
            scan(node.textRange, of: node)
        }
        let content = document.nodes[value]
        guard content.kind == .mapping, Int(content.subtreeEnd) > value + 1 else {
            let help = content.kind == .scalar ? "write `{ is: \(document.string(content)) }`" : nil
            reportShape(key, "a test as a mapping", value, help: help)
            return false
        }
        let operation = value + 1
        let operand = Int(document.nodes[operation].subtreeEnd)
        let second = Int(document.nodes[operand].subtreeEnd)
        if second < Int(content.subtreeEnd), !document.nodes[second].isRefused {
            report(
                .yamlShape,
                "a test has one key, and `\(shortened(document.string(document.nodes[second])))` is a second one",
                at: smallPlace(second), secondary: [label(smallPlace(operation), "the first")],
                help: "put both tests into a list under `all`")
            return false
        }
        guard !document.nodes[operation].isRefused, !document.nodes[operand].isRefused else { return false }
        let name = document.string(document.nodes[operation])
        guard let comparison = FilterWords.comparisons.first(where: { $0.key == name }) else {
            reportUnknownTest(operation, of: key)
            return false
        }
        return appendComparison(comparison, operation, document.resolve(operand), of: key)
    }

    private mutating func appendComparison(
        _ comparison: FilterWords.Comparison, _ key: Int, _ value: Int, of subject: Int
    ) -> Bool {
        let node = document.nodes[value]
        if comparison.operand == .nothing {
            guard truth(of: value) == true else {
                reportShape(key, "`true`", value, help: "for what is not there, write `not` around the test")
                return false
            }
        }
        var start = document.nodes[key].textRange.lowerBound
        for word in comparison.words {
            append(.name, start..<start + word.utf8.count, of: document.nodes[key])
            start += word.utf8.count + 1
        }
        switch comparison.operand {
        case .nothing: return true
        case .text: return appendScalar(value, key, isText: true)
        case .scalar: return appendScalar(value, key, isText: false)
        case .list:
            guard node.kind == .sequence, Int(node.subtreeEnd) > value + 1 else {
                reportShape(key, "a list of values", value, help: "put it in brackets", edits: bracketEdits(value))
                return false
            }
            var item = value + 1
            while item < Int(node.subtreeEnd) {
                if item > value + 1 { appendSign(",", at: key) }
                guard appendScalar(document.resolve(item), key, isText: false) else { return false }
                item = Int(document.nodes[item].subtreeEnd)
            }
            return true
        }
    }

    private mutating func appendScalar(_ value: Int, _ key: Int, isText: Bool) -> Bool {
        let node = document.nodes[value]
        guard node.kind == .scalar, !node.isNothing else {
            reportShape(key, "one value", value)
            return false
        }
        if !isText, truth(of: value) != nil {
            append(.name, node.textRange, of: node)
        } else if !isText, isLiteral(node), document.text[Int(node.text)] != UInt8(ascii: "$") {
            scan(node.textRange, of: node)
        } else {
            append(.string, node.textRange, of: node)
        }
        return true
    }

    /// A word or sign that the language writes and YAML does not, at the place of what stands for it.
    private mutating func appendSign(_ sign: String, at index: Int) {
        guard let range = FilterWords.place(of: sign, inTextOf: document.text.count) else { return }
        let kind: TokenKind =
            switch sign {
            case "(": .openParenthesis
            case ")": .closeParenthesis
            case ",": .comma
            default: .name
            }
        builder.tokens.append(Token(kind, start: range.lowerBound, length: range.count))
        builder.places.append(document.nodes[index].range)
    }

    private mutating func reportUnknownTest(_ key: Int, of subject: Int) {
        let name = document.string(document.nodes[key])
        let keys = FilterWords.comparisons.map(\.key)
        let near = EditDistance.nearest(to: name, among: keys)
        let range = document.nodes[key].range
        report(
            .unknownKeyword,
            "`\(shortened(name))` is no test of `\(shortened(document.string(document.nodes[subject])))`",
            at: range, help: near.map { "did you mean `\($0)`?" } ?? "the tests are \(list(keys))",
            edits: near.map { [Diagnostic.Edit(file: source.path, range: range, replacement: $0)] } ?? [])
    }
}
