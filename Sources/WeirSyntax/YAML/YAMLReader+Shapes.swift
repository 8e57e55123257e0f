// SPDX-License-Identifier: Apache-2.0

/// What the reader says of keys and shapes.
extension YAMLReader {
    // MARK: Shapes

    /// What stands at a node, in the words of YAML.
    func describe(_ index: Int) -> String {
        let node = document.nodes[index]
        switch node.kind {
        case .sequence: return "a list"
        case .mapping: return "a mapping"
        case .alias: return "an alias"
        case .scalar: return node.isNothing ? "nothing" : "`\(shortened(document.string(node)))`"
        }
    }

    /// A value of another shape than the key takes.
    mutating func reportShape(
        _ keyword: Keyword, _ expected: String, _ value: Int, help: String? = nil, edits: [Diagnostic.Edit] = []
    ) {
        // What stands just before the place where YAML cannot be read is not what was meant.
        guard !document.isCutShort || Int(document.nodes[value].subtreeEnd) < document.nodes.count else { return }
        let name = shortened(document.string(document.nodes[keyword.node]))
        let subject =
            keyword.place == nil ? "`\(name)` takes \(expected) here" : "each entry of `\(name)` is \(expected)"
        let place = document.nodes[value].isNothing ? document.nodes[keyword.node].range : smallPlace(value)
        report(.yamlShape, "\(subject), found \(describe(value))", at: place, help: help, edits: edits)
    }

    mutating func reportShape(
        _ key: Int, _ expected: String, _ value: Int, help: String? = nil, edits: [Diagnostic.Edit] = []
    ) {
        reportShape(Keyword(node: key), expected, value, help: help, edits: edits)
    }

    /// The brackets that make a value in one line a list.
    func bracketEdits(_ value: Int) -> [Diagnostic.Edit] {
        let node = document.nodes[value]
        guard node.kind == .scalar || node.style == .flow else { return [] }
        let (start, end) = (Int(node.start), Int(node.end))
        return [
            Diagnostic.Edit(file: source.path, range: SourceRange(start: start, end: start), replacement: "["),
            Diagnostic.Edit(file: source.path, range: SourceRange(start: end, end: end), replacement: "]"),
        ]
    }

    mutating func reportTruth(_ keyword: Keyword, _ value: Int, orMapping: Bool = false) {
        let node = document.nodes[value]
        let word = document.string(node).lowercased()
        var edits: [Diagnostic.Edit] = []
        if node.kind == .scalar {
            for (words, truth) in [(["yes", "on", "true"], "true"), (["no", "off", "false"], "false")]
            where words.contains(word) {
                edits = [Diagnostic.Edit(file: source.path, range: node.range, replacement: truth)]
            }
        }
        let other = orMapping ? ", `false` or a mapping" : " or `false`"
        reportShape(
            keyword, "`true`\(other)", value, help: edits.first.map { "write `\($0.replacement)`" }, edits: edits)
    }

    /// A lone value that belongs to another slot than the one a lone value fills.
    mutating func reportLoneValue(_ keyword: Keyword, _ value: Int, row: Int, slot: Int) {
        let node = document.nodes[value]
        let name = document.string(document.nodes[keyword.node])
        let mapping = "{ \(schema.rows[row].slots[slot].key): \(document.string(node)) }"
        report(
            .yamlShape, "`\(name)` takes the name of a shared \(name) here, or a mapping, found \(describe(value))",
            at: node.range, help: "write it as a mapping",
            edits: [Diagnostic.Edit(file: source.path, range: node.range, replacement: mapping)])
    }

    mutating func reportGroupWord(row: Int, key: Int, value: Int) {
        let slots = schema.rows[row].slots.filter(\.isGrouped)
        let flags = slots.filter { $0.flag != nil }.map { "`\($0.key)`" }.joined(separator: ", ")
        reportShape(
            key, "\(flags) or a mapping", value, help: "the keys of the mapping are \(list(slots.map(\.key)))")
    }

    // MARK: Steps

    mutating func reportStepShape(_ step: Int, keys: Int, list key: Int) {
        let name = document.string(document.nodes[key])
        let node = document.nodes[step]
        let word = node.kind == .scalar ? document.string(node) : ""
        guard schema.keys[keys].entries.contains(where: { $0.key == word }) else {
            return report(
                .yamlShape, "each step of `\(name)` is a mapping with one key, found \(describe(step))",
                at: smallPlace(step))
        }
        report(
            .yamlShape, "each step of `\(name)` is a mapping with one key, found `\(word)` alone", at: node.range,
            help: "write `\(word): …`, or `\(word): {}` for a step without settings")
    }

    /// A second key in a step, mostly a setting that is not indented enough.
    mutating func reportSecondKey(_ second: Int, after first: Int, row: Int) {
        let (one, other) = (document.nodes[first], document.nodes[second])
        let name = document.string(other)
        let isSetting = lookUp(second, row) != nil
        report(
            .yamlShape, "a step has one key, and `\(shortened(name))` is a second one", at: other.range,
            secondary: [label(one.range, "the step")],
            help: isSetting
                ? "indent `\(name)` below `\(document.string(one))`" : "begin the next step with a `-` of its own")
    }

    // MARK: Slots

    /// Slots that are missing, or that cannot stand together.
    mutating func reportSlots(_ keyword: Keyword, _ value: Int, row: Int, filled: UInt32, base: Int) {
        let rowEntry = schema.rows[row]
        let name = shortened(document.string(document.nodes[keyword.node]))
        if let (one, other) = rowEntry.clash(in: filled) {
            let nodes = [one, other].sorted { slotNodes[base + $0] < slotNodes[base + $1] }
            let places = nodes.map { keyRange(ofSlotAt: Int(slotNodes[base + $0])) }
            return report(
                .unexpectedWord,
                "`\(rowEntry.slots[nodes[1]].key)` and `\(rowEntry.slots[nodes[0]].key)` exclude each other in `\(name)`",
                at: places[1], secondary: [label(places[0], "given here")])
        }
        let missing = rowEntry.missing(from: filled)
        let keys = list(missing.map { rowEntry.slots[$0].key }, "or")
        let place = keyword.place ?? document.nodes[keyword.node].range
        let type = missing.count == 1 ? rowEntry.row.slots[rowEntry.slots[missing[0]].slot] : nil
        report(
            .expectedValue, "`\(name)` has no \(keys)", at: place, notes: type.map { ["\($0.summary)"] } ?? [],
            help: "add \(keys)")
    }

    private func keyRange(ofSlotAt value: Int) -> SourceRange {
        let key = document.nodes[max(value - 1, 0)]
        return key.kind == .scalar ? key.range : document.nodes[value].range
    }
}

extension YAMLRow {
    /// Two filled slots that no reading of the row has together.
    func clash(in filled: UInt32) -> (Int, Int)? {
        let places = slots.indices.filter { filled & 1 << UInt32($0) != 0 }
        for (offset, one) in places.enumerated() {
            for other in places[(offset + 1)...] {
                let both = UInt32(1) << UInt32(one) | 1 << UInt32(other)
                if !variants.contains(where: { $0.mask & both == both }) { return (one, other) }
            }
        }
        return nil
    }

    /// The slots of which one is missing most nearly: those next in the readings that need the fewest more.
    func missing(from filled: UInt32) -> [Int] {
        let open = variants.filter { $0.mask & filled == filled }
        let fewest = open.map { ($0.mask & ~filled).nonzeroBitCount }.min()
        var found: [Int] = []
        for variant in open where (variant.mask & ~filled).nonzeroBitCount == fewest {
            for place in variant.order where filled & 1 << UInt32(place) == 0 && !found.contains(Int(place)) {
                found.append(Int(place))
                break
            }
        }
        return found
    }
}
