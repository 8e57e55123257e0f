// SPDX-License-Identifier: Apache-2.0

/// What the reader says of keys that it does not know, and the small words of all its findings.
extension YAMLReader {
    /// Reports a key that may not stand in a mapping; the entry it must have meant, where that is near.
    mutating func reportUnknown(_ key: Int, in mapping: Int, keys: Int, owner: Int?) -> Int? {
        // Looking for what was meant takes its time, which is bounded with the messages.
        guard builder.diagnostics.count < Limits.diagnosticsPerFile else { return nil }
        let node = document.nodes[key]
        let name = document.string(node)
        let entries = schema.keys[keys].entries
        let place = owner.map { "of `\(shortened(document.string(document.nodes[$0])))`" } ?? "of a policy file"
        let message = "`\(shortened(name))` is not a key \(place)"
        let homes = homes(of: name)
        let nearest = EditDistance.nearest(to: name, among: entries.map(\.key))
        // A word that another place knows was hardly meant to be one that is two edits away.
        if let near = nearest, homes.isEmpty || EditDistance.between(name, near, atMost: 1) != nil {
            report(
                .unknownKeyword, message, at: node.range, help: "did you mean `\(near)`?",
                edits: [Diagnostic.Edit(file: source.path, range: node.range, replacement: near)])
            // Where the right key stands there, too, the misspelt one would be one too many.
            return isTaken(near, in: mapping) ? nil : entries.firstIndex { $0.key == near }
        }
        var help: String?
        if ValueCheck.methods.contains(name.uppercased()), entries.contains(where: { $0.key == "http" }) {
            help = "write `http: \(name.uppercased()) …`"
        } else if !homes.isEmpty {
            help = "`\(name)` belongs under \(list(homes, "or"))"
        } else if !entries.isEmpty, entries.count <= 8 {
            help = "the keys here are \(list(entries.map(\.key)))"
        }
        report(.unknownKeyword, message, at: node.range, help: help)
        return nil
    }

    /// The keys of a statement's mapping, where they are few.
    func keysHelp(_ keys: Int) -> String? {
        let entries = schema.keys[keys].entries.filter { $0.key != "description" }
        guard !entries.isEmpty, entries.count <= 8 else { return nil }
        return entries.count == 1
            ? "the key of the mapping is `\(entries[0].key)`"
            : "the keys of the mapping are \(list(entries.map(\.key)))"
    }

    /// Whether a mapping has a key.
    private func isTaken(_ name: String, in mapping: Int) -> Bool {
        var key = mapping + 1
        while key < Int(document.nodes[mapping].subtreeEnd) {
            if document.string(document.nodes[key]) == name { return true }
            key = Int(document.nodes[Int(document.nodes[key].subtreeEnd)].subtreeEnd)
        }
        return false
    }

    /// The keys under which a key may stand elsewhere, at most three.
    private func homes(of name: String) -> [String] {
        var homes: [String] = []
        func add(_ home: String) {
            if !homes.contains(home), homes.count < 3 { homes.append(home) }
        }
        guard name != "description" else { return [] }
        for kind in BlockKind.allCases {
            guard let keys = schema.steps[kind], let list = kind.stepList else { continue }
            if schema.keys[keys].entries.contains(where: { $0.key == name }) { add(list) }
        }
        for (index, row) in schema.rows.enumerated()
        where schema.keys[index].entries.contains(where: { $0.key == name }) {
            add(row.key)
        }
        return homes
    }

    // MARK: Words

    /// The smallest place that shows a value: a scalar as a whole, of a list or a mapping its beginning.
    func smallPlace(_ index: Int) -> SourceRange {
        let node = document.nodes[index]
        if node.kind == .scalar || node.kind == .alias { return node.range }
        if node.style == .flow { return SourceRange(start: Int(node.start), end: Int(node.start) + 1) }
        if node.kind == .mapping, index + 1 < Int(node.subtreeEnd) { return document.nodes[index + 1].range }
        return SourceRange(start: Int(node.start), end: min(Int(node.start) + 1, source.bytes.count))
    }

    /// `` `a`, `b` or `c` ``
    func list(_ words: [String], _ conjunction: String = "and") -> String {
        let quoted = words.map { "`\($0)`" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }

    /// A text cut to what a message can hold.
    func shortened(_ text: String) -> String {
        let line = text.prefix { !$0.isNewline }
        return line.count == text.count && line.count <= 40 ? text : line.prefix(40) + "…"
    }

    func label(_ range: SourceRange, _ text: String = "") -> Diagnostic.Label {
        Diagnostic.Label(file: source.path, range: range, text: text)
    }

    mutating func report(
        _ id: DiagnosticID, _ message: String, at range: SourceRange, label text: String = "",
        secondary: [Diagnostic.Label] = [], notes: [String] = [], help: String? = nil, edits: [Diagnostic.Edit] = []
    ) {
        builder.report(
            Diagnostic(
                id, message, at: label(range, text), secondary: secondary, notes: notes,
                helps: help.map { [Diagnostic.Help($0, edits: edits, applicability: edits.isEmpty ? .display : .safe)] }
                    ?? []))
    }
}
