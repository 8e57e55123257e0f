// SPDX-License-Identifier: Apache-2.0

/// Reads the YAML twin of the language into the same tree that the language's own text gives.
///
/// Which keys may stand where, and what each means, comes from the ``LanguageTable``. Slots become values in the order in which
/// the language writes them, statements stand in the order of the file. Whatever the bytes are, there is a tree; an entry that
/// cannot be read is left out of it with one diagnostic, and the rest is read.
struct YAMLReader {
    let source: SourceFile
    let document: YAMLDocument
    let schema = YAMLSchema.shared
    var builder: TreeBuilder
    var machine = PatternMachine()
    /// For each statement being read a place for each of its slots: the node that fills it, or -1.
    var slotNodes: [Int32] = []
    /// Entries of mappings being read that are statements, kept until the head of their owner is done.
    var pending: [Entry] = []
    private var declarations = 0

    /// An entry of a mapping whose key has been understood.
    struct Entry {
        let meaning: YAMLSchema.Meaning
        let key: Int32
        let value: Int32
    }

    /// Where a statement's keyword stands: a key, or the start of an entry of a list.
    struct Keyword {
        /// The node whose text is the keyword.
        let node: Int
        /// Its place where that is not the node's own.
        var place: SourceRange?
        /// Whether the word is a name that fills the row's slot for it.
        var isName = false
    }

    /// A statement that has been opened.
    struct Head {
        let statement: Int
        let keyword: Keyword
        /// The tokens of the keyword, which a name in its place has as its own.
        let tokens: Range<Int>
    }

    /// What the entries of a mapping come to.
    struct Contents {
        /// The slots that are filled, a bit for each.
        var slots: UInt32 = 0
        /// The node of the documentation, or -1.
        var description = -1
        /// Whether an entry could not be read, so that what is missing may be what it meant.
        var isDamaged = false
    }

    /// Reads a file; waits for nothing and never fails.
    static func read(_ source: SourceFile) -> SyntaxTree {
        if let fault = source.faultAsText() {
            var builder = TreeBuilder(source, text: [])
            builder.report(fault)
            return builder.finish()
        }
        let isASCII = source.bytes.reduce(0, |) < 0x80
        var reader = YAMLReader(source, YAMLComposer.compose(source, isASCII: isASCII))
        reader.readFile()
        return reader.builder.finish()
    }

    private init(_ source: SourceFile, _ document: YAMLDocument) {
        var document = document
        document.text += FilterWords.signs.utf8
        self.source = source
        self.document = document
        builder = TreeBuilder(source, text: document.text)
        builder.tokens.reserveCapacity(document.nodes.count)
        builder.places.reserveCapacity(document.nodes.count)
        builder.reserve(document.nodes.count)
        for diagnostic in document.diagnostics { builder.report(diagnostic) }
    }

    private mutating func readFile() {
        guard let root = document.nodes.first, !root.isNothing, !root.isRefused else { return }
        guard root.kind == .mapping else {
            guard !document.isCutShort else { return }
            let first = document.string(root).prefix { $0.isLetter }
            let isOtherForm = schema.grammar.firstWords(in: .file).contains(String(first))
            return report(
                .yamlShape, "a policy file is a mapping, found \(describe(0))", at: smallPlace(0),
                help: isOtherForm ? "a file that is not in the YAML form has a name that ends in `.weir`" : nil)
        }
        _ = sort(0, by: schema.file, row: nil, slotBase: 0)
        readPending(from: 0)
    }

    // MARK: Statements of a block

    /// Reads the entries kept since a place as statements, and forgets them.
    mutating func readPending(from first: Int) {
        var next = first
        // Statements inside push and pop behind these.
        let end = pending.count
        while next < end {
            let entry = pending[next]
            read(entry.meaning, key: Int(entry.key), value: document.resolve(Int(entry.value)))
            next += 1
        }
        pending.removeLast(pending.count - first)
    }

    private mutating func read(_ meaning: YAMLSchema.Meaning, key: Int, value: Int) {
        switch meaning {
        case .statement(let row, let other):
            readStatement(choose(row, other, value: value), Keyword(node: key), value: value)
        case .list(let row): readList([row], key: key, value: value)
        case .choice(let number): readList(schema.choices[number], key: key, value: value)
        case .named(let row): readNamed(row, key: key, value: value)
        case .steps(let kind): readSteps(kind, key: key, value: value)
        case .branch(let keys):
            guard document.nodes[value].kind == .mapping else { return reportShape(key, "a mapping", value) }
            let first = pending.count
            _ = sort(value, by: keys, row: nil, slotBase: 0, owner: key)
            readPending(from: first)
        case .description, .slot, .group, .joint: break
        }
    }

    /// Of two rows under one key the one that the value means: `false` for the row that says so.
    private func choose(_ row: Int, _ other: Int?, value: Int) -> Int {
        guard let other, truth(of: value) == false, case .flag(false) = schema.rows[other].shape else { return row }
        return other
    }

    private mutating func readList(_ rows: [Int], key: Int, value: Int) {
        guard document.nodes[value].kind == .sequence else {
            guard !document.nodes[value].isNothing else { return reportShape(key, "a list", value) }
            // One entry without its list is read as a list of one.
            let row = rowFitting(value, among: rows)
            if schema.rows[row].shape == .mapping, document.nodes[value].kind == .scalar {
                reportShape(key, "a list of mappings", value, help: keysHelp(row))
            } else {
                reportShape(key, "a list", value, help: "put it in brackets", edits: bracketEdits(value))
            }
            builder.isSilent = true
            defer { builder.isSilent = false }
            return readItem(rows, key: key, item: value)
        }
        var item = value + 1
        let end = Int(document.nodes[value].subtreeEnd)
        while item < end {
            readItem(rows, key: key, item: document.resolve(item))
            item = Int(document.nodes[item].subtreeEnd)
        }
    }

    private mutating func readItem(_ rows: [Int], key: Int, item: Int) {
        guard countDeclaration(at: item), !document.nodes[item].isRefused else { return }
        readStatement(rowFitting(item, among: rows), Keyword(node: key, place: smallPlace(item)), value: item)
    }

    /// The row of which an entry has the most keys; the first of those that are equal.
    private func rowFitting(_ item: Int, among rows: [Int]) -> Int {
        guard rows.count > 1, document.nodes[item].kind == .mapping else { return rows[0] }
        var best = (row: rows[0], count: -1)
        for row in rows {
            var count = 0
            var key = item + 1
            while key < Int(document.nodes[item].subtreeEnd) {
                if lookUp(key, row) != nil { count += 1 }
                key = Int(document.nodes[Int(document.nodes[key].subtreeEnd)].subtreeEnd)
            }
            if count > best.count { best = (row, count) }
        }
        return best.row
    }

    private mutating func readNamed(_ row: Int, key: Int, value: Int) {
        guard document.nodes[value].kind == .mapping else { return reportShape(key, "a mapping by name", value) }
        var name = value + 1
        let end = Int(document.nodes[value].subtreeEnd)
        while name < end {
            let content = Int(document.nodes[name].subtreeEnd)
            let isEmpty = document.nodes[name].kind == .scalar && document.nodes[name].length == 0
            if isEmpty, document.nodes[name].isNothing || !isNamedByText(row) {
                report(.expectedValue, "a name is empty here", at: smallPlace(name), label: "expected a name")
            } else if !document.nodes[name].isRefused, countDeclaration(at: name), !document.nodes[content].isRefused {
                readStatement(row, Keyword(node: name, isName: true), value: document.resolve(content))
            }
            name = Int(document.nodes[content].subtreeEnd)
        }
    }

    /// Whether the keys of a section are texts, of which `""` is one, too.
    func isNamedByText(_ row: Int) -> Bool {
        schema.rows[row].namePlace.map { schema.rows[row].slots[$0].reading == .text } ?? false
    }

    /// Counts what lists and sections hold; false from the first beyond ``Limits/declarations`` on.
    private mutating func countDeclaration(at index: Int) -> Bool {
        declarations += 1
        if declarations == Limits.declarations + 1 {
            report(
                .limitExceeded, "the file holds more than \(Limits.declarations) declarations",
                at: smallPlace(index), label: "not read from here on")
        }
        return declarations <= Limits.declarations
    }

    // MARK: Steps

    private mutating func readSteps(_ kind: BlockKind, key: Int, value: Int) {
        guard let keys = schema.steps[kind] else { return }
        guard document.nodes[value].kind == .sequence else {
            let isMapping = document.nodes[value].kind == .mapping
            return reportShape(key, "a list of steps", value, help: isMapping ? "begin each step with `- `" : nil)
        }
        var item = value + 1
        let end = Int(document.nodes[value].subtreeEnd)
        while item < end {
            let step = document.resolve(item)
            if !document.nodes[step].isRefused { readStep(step, keys: keys, list: key) }
            item = Int(document.nodes[item].subtreeEnd)
        }
    }

    private mutating func readStep(_ step: Int, keys: Int, list: Int) {
        let node = document.nodes[step]
        guard node.kind == .mapping else { return reportStepShape(step, keys: keys, list: list) }
        let key = step + 1
        guard key < Int(node.subtreeEnd) else { return reportStepShape(step, keys: keys, list: list) }
        let value = Int(document.nodes[key].subtreeEnd)
        let second = Int(document.nodes[value].subtreeEnd)
        guard !document.nodes[key].isRefused else { return }
        let found = lookUp(key, keys) ?? reportUnknown(key, in: step, keys: keys, owner: list)
        guard let found, case .statement(let row, _) = schema.keys[keys].entries[found].meaning else { return }
        if second < Int(node.subtreeEnd), !document.nodes[second].isRefused {
            return reportSecondKey(second, after: key, row: row)
        }
        guard !document.nodes[value].isRefused else { return }
        readStatement(row, Keyword(node: key), value: document.resolve(value))
    }
}
