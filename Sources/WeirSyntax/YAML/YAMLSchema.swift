// SPDX-License-Identifier: Apache-2.0

/// The language table as the YAML reader asks for it: which keys a mapping may have, found by a hash, and what each means.
///
/// All of it is flat arrays of plain values, made once, so that reading a file touches no dictionary and counts no references.
struct YAMLSchema: Sendable {
    /// The one that every file is read with.
    static let shared = YAMLSchema()

    /// What a key means.
    enum Meaning: Sendable, Hashable {
        /// The documentation of the statement.
        case description
        /// A slot, by its place among the row's slots.
        case slot(Int)
        /// A mapping of further slots.
        case group
        /// Slots that stand together.
        case joint
        /// A statement under its own key; two rows share a key where the one is `true` and the other `false`.
        case statement(Int, other: Int?)
        /// A list of statements.
        case list(Int)
        /// A list of statements of several rows, which the keys of each tell apart; by number in ``choices``.
        case choice(Int)
        /// A mapping of statements by name.
        case named(Int)
        /// The list of steps.
        case steps(BlockKind)
        /// A mapping of further sections, as `shared`.
        case branch(Int)
    }

    /// A key of a mapping.
    struct Entry: Sendable {
        let key: String
        let hash: UInt32
        let meaning: Meaning
        private let bytes: [UInt8]

        init(_ key: String, _ meaning: Meaning) {
            self.key = key
            self.meaning = meaning
            bytes = Array(key.utf8)
            hash = keyHash(bytes, bytes.indices)
        }

        func spells(_ text: [UInt8], _ range: Range<Int>) -> Bool {
            guard range.count == bytes.count else { return false }
            for offset in bytes.indices where bytes[offset] != text[range.lowerBound + offset] { return false }
            return true
        }
    }

    /// The keys that one kind of mapping may have.
    struct Keys: Sendable {
        let entries: [Entry]
        private let hashes: [UInt32]

        init(_ entries: [Entry]) {
            self.entries = entries
            hashes = entries.map(\.hash)
        }

        /// The place of the entry that a part of a text spells.
        func index(hash: UInt32, _ text: [UInt8], _ range: Range<Int>) -> Int? {
            for index in hashes.indices where hashes[index] == hash {
                if entries[index].spells(text, range) { return index }
            }
            return nil
        }
    }

    /// What values are made of.
    let grammar = Grammar.shared
    /// The statements.
    let rows: [YAMLRow]
    /// The keys of mappings: first one for each row, then those of groups, branches and blocks.
    private(set) var keys: [Keys] = []
    /// The rows that share a list.
    private(set) var choices: [[Int]] = []
    /// The keys in the list of steps.
    private(set) var steps: [BlockKind: Int] = [:]
    /// The keys of a file.
    private(set) var file = 0

    private init() {
        var rows = LanguageTable.rows.map { YAMLRow($0, Grammar.shared) }
        let table = LanguageTable.rows
        var blocks: [BlockKind: [Entry]] = [:]
        var keys = [Keys](repeating: Keys([]), count: rows.count)
        for kind in BlockKind.allCases {
            blocks[kind] = Self.entries(of: kind, table: table, keys: &keys, choices: &choices)
            guard kind.stepList != nil else { continue }
            steps[kind] = keys.count
            keys.append(Keys(Self.steps(of: kind, table: table)))
        }
        for (index, row) in table.enumerated() {
            var entries = [Entry("description", .description)]
            for (place, slot) in rows[index].slots.enumerated()
            where !slot.isGrouped && !rows[index].isWithoutKey(place) {
                entries.append(Entry(slot.key, .slot(place)))
            }
            if let group = row.yaml.group {
                entries.append(Entry(group.key, .group))
                rows[index].group = keys.count
                keys.append(
                    Keys(
                        rows[index].slots.enumerated().filter(\.element.isGrouped).map {
                            Entry($0.element.key, .slot($0.offset))
                        }))
            }
            if let joint = row.yaml.joint { entries.append(Entry(joint.key, .joint)) }
            if let block = row.block { entries += blocks[block.kind] ?? [] }
            keys[index] = Keys(entries)
        }
        file = keys.count
        keys.append(Keys(blocks[.file] ?? []))
        self.rows = rows
        self.keys = keys
    }

    /// The keys of a block, dotted sections folded into branches.
    private static func entries(
        of kind: BlockKind, table: [StatementRow], keys: inout [Keys], choices: inout [[Int]]
    ) -> [Entry] {
        var entries: [Entry] = []
        var branches: [(key: String, entries: [Entry])] = []
        for (index, row) in table.enumerated() where row.places.contains(kind) {
            switch row.yaml.placement {
            case .key(let key):
                if let first = entries.firstIndex(where: { $0.key == key }),
                    case .statement(let other, nil) = entries[first].meaning
                {
                    entries[first] = Entry(key, .statement(other, other: index))
                } else {
                    entries.append(Entry(key, .statement(index, other: nil)))
                }
            case .list(let key):
                guard let first = entries.firstIndex(where: { $0.key == key }) else {
                    entries.append(Entry(key, .list(index)))
                    continue
                }
                if case .choice(let number) = entries[first].meaning {
                    choices[number].append(index)
                } else if case .list(let other) = entries[first].meaning {
                    entries[first] = Entry(key, .choice(choices.count))
                    choices.append([other, index])
                }
            case .step: break
            case .phrased(let path, _): entries.append(Entry(path, .named(index)))
            case .named(let path, _):
                let parts = path.split(separator: ".").map(String.init)
                guard parts.count == 2 else {
                    entries.append(Entry(path, .named(index)))
                    continue
                }
                let entry = Entry(parts[1], .named(index))
                if let branch = branches.firstIndex(where: { $0.key == parts[0] }) {
                    branches[branch].entries.append(entry)
                } else {
                    branches.append((parts[0], [entry]))
                }
            }
        }
        for branch in branches {
            entries.append(Entry(branch.key, .branch(keys.count)))
            keys.append(Keys(branch.entries))
        }
        if let list = kind.stepList { entries.append(Entry(list, .steps(kind))) }
        return entries
    }

    private static func steps(of kind: BlockKind, table: [StatementRow]) -> [Entry] {
        table.enumerated().compactMap { index, row in
            guard row.places.contains(kind), case .step(let key) = row.yaml.placement else { return nil }
            return Entry(key, .statement(index, other: nil))
        }
    }
}
