// SPDX-License-Identifier: Apache-2.0

/// Writes the statements of a tree as YAML, each as its row of the language table says.
struct YAMLWriter {
    /// The first statement that YAML cannot hold beside another one, because a mapping has each key once.
    private(set) var clash: Statement?
    private let comments: CommentMap

    /// How the rows stand in YAML, by form.
    private static let rows = Dictionary(YAMLSchema.shared.rows.map { ($0.form, $0) }) { first, _ in first }

    /// A writer for a tree with these comments.
    init(_ comments: CommentMap) { self.comments = comments }

    /// The text of a tree without errors.
    mutating func text(_ tree: SyntaxTree) -> [UInt8] {
        YAMLLayout.text(parts(of: tree.statements, in: .file), ending: comments[CommentMap.file].ending)
    }

    /// The entries of a block.
    private mutating func parts(of statements: Statements, in block: BlockKind) -> [YAMLPart] {
        var parts: [YAMLPart] = []
        for statement in statements {
            guard let row = Self.rows[statement.form] else { continue }
            let isAdded: Bool
            switch row.row.yaml.placement {
            case .key(let key): isAdded = parts.add(part(statement, row, key: YAMLText(value: key)))
            case .list(let key):
                let item = part(statement, row, key: nil)
                isAdded = parts.add(item, below: [key], in: .list([]), isOpen: item.isMapping)
            case .named(let path, let slot):
                let entry = part(statement, row, key: name(of: statement, in: slot, row))
                let keys = path.split(separator: ".").map(String.init)
                isAdded = parts.add(entry, below: keys[...], isOpen: entry.isMapping)
            case .phrased(let key, let phrase):
                let entry = part(statement, row, key: YAMLText(value: YAMLValues.phrase(statement, phrase)))
                isAdded = parts.add(entry, below: [key], isOpen: entry.isMapping)
            case .step(let key):
                let item = YAMLPart(nil, .mapping([part(statement, row, key: YAMLText(value: key))]))
                isAdded = parts.add(item, below: [block.stepList ?? ""], in: .list([]), isOpen: true)
            }
            if !isAdded, clash == nil { clash = statement }
        }
        return parts
    }

    private func name(of statement: Statement, in slot: Slot, _ row: YAMLRow) -> YAMLText {
        guard let value = statement.value(slot), let entry = row.slots.first(where: { $0.slot == slot }) else {
            return YAMLText(text: "")
        }
        return YAMLValues.text(value, entry)
    }

    /// What stands for one statement.
    private mutating func part(_ statement: Statement, _ row: YAMLRow, key: YAMLText?) -> YAMLPart {
        var part = YAMLPart(key: key, content(statement, row))
        part.comments = comments[statement.index]
        if !statement.isDescribable {
            part.comments.leading += statement.documentationLines.map { $0.isEmpty ? "##" : "## \($0)" }
        }
        return part
    }

    private mutating func content(_ statement: Statement, _ row: YAMLRow) -> YAMLPart.Content {
        switch row.shape {
        case .flag(let truth): return .scalar(YAMLText(truth: truth))
        case .phrase: return .scalar(YAMLValues.phrase(statement, row.slots))
        case .scalar(let slot): return value(of: slot, statement, row) ?? .mapping([])
        case .scalarOrMapping(let slot):
            let others = statement.allValues.contains { $0.slot != slot && row.hasKey($0.slot) }
            if !others, isBare(statement), let value = value(of: slot, statement, row) { return value }
        case .flagOrMapping:
            let values = statement.allValues.contains { row.hasKey($0.slot) }
            if !values, isBare(statement) { return .scalar(YAMLText(truth: true)) }
        case .mapping: break
        }
        return .mapping(entries(statement, row))
    }

    /// Whether a statement has neither documentation nor statements inside.
    private func isBare(_ statement: Statement) -> Bool {
        statement.documentation == nil && statement.statements.first { _ in true } == nil
            && comments[statement.index].ending.isEmpty
    }

    private func value(of slot: Slot, _ statement: Statement, _ row: YAMLRow) -> YAMLPart.Content? {
        let values = statement.values(slot)
        guard !values.isEmpty, let entry = row.slots.first(where: { $0.slot == slot }) else { return nil }
        return YAMLValues.content(values, entry)
    }

    /// A statement as a mapping: documentation, slots, then the statements inside.
    private mutating func entries(_ statement: Statement, _ row: YAMLRow) -> [YAMLPart] {
        var entries: [YAMLPart] = []
        if statement.documentation != nil {
            entries.append(YAMLPart("description", .scalar(description(statement.documentationLines))))
        }
        var grouped: [YAMLPart] = []
        for (place, entry) in row.slots.enumerated() where row.key(of: place) != nil {
            let values = statement.values(entry.slot)
            guard !values.isEmpty else { continue }
            if row.isWithoutKey(place) {
                if let joint = joint(statement, row, at: entry.slot) { entries.append(joint) }
                continue
            }
            let part = YAMLPart(entry.key, YAMLValues.content(values, entry))
            if entry.isGrouped { grouped.append(part) } else { entries.append(part) }
        }
        if let group = row.row.yaml.group, !grouped.isEmpty {
            let flag =
                grouped.count == 1 ? row.slots.first { $0.isGrouped && $0.key == grouped[0].key?.text }?.flag : nil
            let content = flag.map { YAMLPart.Content.scalar(YAMLText(value: $0)) } ?? .mapping(grouped)
            entries.append(YAMLPart(group.key, content))
        }
        guard let block = row.row.block else { return entries }
        entries += parts(of: statement.statements, in: block.kind)
        // A mapping without `insert` would be taken for one that lost it.
        if block.kind == .inserted, !entries.contains(where: { $0.key?.text == "insert" }) {
            entries.append(YAMLPart("insert", .list([])))
        }
        return entries
    }

    /// Slots that stand together, written where the first of them stands.
    private func joint(_ statement: Statement, _ row: YAMLRow, at slot: Slot) -> YAMLPart? {
        switch row.row.yaml.joint {
        case .phrase(let key, let phrase) where slot == phrase.word:
            return YAMLPart(key, .scalar(YAMLText(value: YAMLValues.phrase(statement, phrase))))
        case .entry(let key, let name, let value) where slot == name:
            let entry = YAMLPart(
                key: self.name(of: statement, in: name, row), .scalar(self.name(of: statement, in: value, row)))
            return YAMLPart(key, .mapping([entry]))
        default: return nil
        }
    }

    /// Lines of documentation; where the last is empty, a line end more keeps it.
    private func description(_ lines: [String]) -> YAMLText {
        YAMLText(text: lines.joined(separator: "\n") + (lines.last == "" ? "\n" : ""))
    }
}

extension YAMLRow {
    /// Whether a slot stands in the mapping of the statement, and not in its key.
    fileprivate func hasKey(_ slot: Slot) -> Bool {
        slots.firstIndex { $0.slot == slot }.map { key(of: $0) != nil } ?? false
    }
}

extension YAMLPart {
    fileprivate var isMapping: Bool { if case .mapping = content { true } else { false } }
}
