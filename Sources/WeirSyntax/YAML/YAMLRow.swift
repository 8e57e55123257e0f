// SPDX-License-Identifier: Apache-2.0

/// A row of the language table as the YAML reader asks for it: its slots by place, and which of them may stand together.
struct YAMLRow: Sendable {
    /// A slot of the row.
    struct SlotEntry: Sendable {
        let slot: Slot
        let key: String
        let types: [ValueType]
        let isList: Bool
        /// The word that a flag stands for; nil for values.
        let flag: String?
        /// How a scalar becomes tokens.
        let reading: Reading
        /// The words in a value after which the rest is a text: `error`, `header`.
        let textWords: [String]
        /// The tokens that alone are a value of it.
        let kinds: KindSet
        /// The words that alone are a value of it.
        let words: WordSet
        /// The bounds of a count, both ends included.
        let bounds: ClosedRange<Int>?
        /// Where the grammar's program matches a value of it.
        let start: Int?
        /// Whether its values are entries of a mapping.
        let isPair: Bool
        /// Whether it stands in the mapping of the row's group.
        let isGrouped: Bool
    }

    /// How a scalar becomes tokens.
    enum Reading: UInt8, Sendable {
        /// It is a text as it stands.
        case text
        /// It is a literal, or else a text.
        case literal
        /// It holds words and values as the language writes them.
        case words

        init(_ types: [ValueType]) {
            self = types == [.text] ? .text : types == [.literal] ? .literal : .words
        }
    }

    /// Slots that may stand together, and the order in which the language writes them.
    struct Variant: Sendable, Hashable {
        /// The slots, a bit for each place in ``YAMLRow/slots``.
        let mask: UInt32
        /// The places of the slots in order.
        let order: [UInt8]
    }

    let row: StatementRow
    let form: Form
    let shape: YAMLForm.Shape
    /// Its key, or the name of the section it stands in.
    let key: String
    let slots: [SlotEntry]
    let variants: [Variant]
    /// The slot that a mapping key fills, and its place.
    let name: Slot?
    let namePlace: Int?
    /// The places of the slots that a phrase fills: the mapping key, or what stands under a key of its own.
    let phrase: [Int]
    /// Whether the phrase is the mapping key.
    let isNamedByPhrase: Bool
    /// The places of the slots that an entry of a mapping under one key fills.
    let entry: (name: Int, value: Int)?
    /// The place of the slot that a lone scalar fills.
    let scalar: Int?
    let needsBlock: Bool
    /// The keys of the group's mapping.
    var group: Int?

    init(_ row: StatementRow, _ grammar: Grammar) {
        self.row = row
        form = row.form
        shape = row.yaml.shape
        switch row.yaml.placement {
        case .key(let key), .list(let key), .step(let key):
            self.key = key
            name = nil
        case .named(let path, let slot):
            key = String(path.split(separator: ".").last ?? "")
            name = slot
        case .phrased(let path, _):
            key = path
            name = nil
        }
        if case .required = row.block { needsBlock = true } else { needsBlock = false }
        // A broken pattern is a mistake in the table that a test finds; here it has no slots.
        let pattern = Pattern(row.pattern) ?? .sequence([])
        var slots: [SlotEntry] = []
        Self.collect(pattern, row, grammar, into: &slots)
        self.slots = slots
        let places = Dictionary(slots.enumerated().map { ($0.element.slot, UInt8($0.offset)) }) { first, _ in first }
        var seen: Set<UInt32> = []
        variants = Self.orders(pattern, places).compactMap { order in
            let mask = order.reduce(UInt32(0)) { $0 | 1 << UInt32($1) }
            return seen.insert(mask).inserted ? Variant(mask: mask, order: order) : nil
        }
        namePlace = name.flatMap { places[$0] }.map(Int.init)
        isNamedByPhrase = row.yaml.placement.phrase != nil
        phrase =
            (row.yaml.placement.phrase ?? row.yaml.joint?.phrase).map { phrase in
                [phrase.word, phrase.text].compactMap { places[$0].map(Int.init) }
            } ?? []
        if case .entry(_, let name, let value) = row.yaml.joint, let name = places[name], let value = places[value] {
            entry = (Int(name), Int(value))
        } else {
            entry = nil
        }
        switch row.yaml.shape {
        case .scalar(let slot), .scalarOrMapping(let slot): scalar = places[slot].map(Int.init)
        case .mapping, .flag, .flagOrMapping, .phrase: scalar = nil
        }
    }

    /// Whether a slot has no key of its own.
    func isWithoutKey(_ place: Int) -> Bool {
        place == namePlace || phrase.contains(place) || entry?.name == place || entry?.value == place
    }

    /// The key under which a slot stands in the mapping of the statement; nil for one that the statement's own key fills.
    func key(of place: Int) -> String? {
        let entry = slots[place]
        if place == namePlace || (isNamedByPhrase && phrase.contains(place)) { return nil }
        if entry.isGrouped { return row.yaml.group?.key ?? entry.key }
        return isWithoutKey(place) ? row.yaml.joint?.key : entry.key
    }

    /// The reading of the row that fills these slots and no others.
    func variant(of slots: UInt32) -> Int? {
        for index in variants.indices where variants[index].mask == slots { return index }
        return nil
    }

    private static func collect(
        _ pattern: Pattern, _ row: StatementRow, _ grammar: Grammar, into slots: inout [SlotEntry]
    ) {
        switch pattern {
        case .sequence(let parts), .choice(let parts):
            for part in parts { collect(part, row, grammar, into: &slots) }
        case .optional(let part), .repeated(let part): collect(part, row, grammar, into: &slots)
        case .words, .tokens: break
        case .value(let slot, let types, let isList):
            guard !slots.contains(where: { $0.slot == slot }) else { return }
            var flag: String?
            var (kinds, words) = (KindSet(), WordSet())
            for type in types {
                kinds.formUnion(type.kinds)
                for word in type.words { words.insert(grammar.vocabulary.word(word)) }
            }
            if case .flag(let word) = types.first { flag = word }
            slots.append(
                SlotEntry(
                    slot: slot, key: slot.key, types: types, isList: isList, flag: flag, reading: Reading(types),
                    textWords: types.compactMap(\.pattern).flatMap(Self.textWords),
                    kinds: kinds, words: words, bounds: row.slots[slot]?.bounds,
                    start: grammar.valueStart(row.form, slot), isPair: types.contains(where: \.isPair),
                    isGrouped: row.yaml.group?.slots.contains(slot) ?? false))
        }
    }

    /// All ways to fill the pattern, as the places of slots in order.
    private static func orders(_ pattern: Pattern, _ places: [Slot: UInt8]) -> [[UInt8]] {
        switch pattern {
        case .words, .tokens, .repeated: [[]]
        case .value(let slot, _, _): [places[slot].map { [$0] } ?? []]
        case .optional(let part): orders(part, places) + [[]]
        case .choice(let parts): parts.flatMap { orders($0, places) }
        case .sequence(let parts):
            parts.reduce([[]]) { heads, part in
                let tails = orders(part, places)
                return heads.flatMap { head in tails.map { head + $0 } }
            }
        }
    }

    /// The words of a value's pattern after which a text stands.
    private static func textWords(_ pattern: Pattern) -> [String] {
        switch pattern {
        case .choice(let parts): parts.flatMap(textWords)
        case .sequence(let parts):
            if parts.count == 2, case .words(let words) = parts[0], parts[1] == .tokens(KindSet(.string)) {
                words
            } else {
                []
            }
        case .optional, .repeated, .words, .value, .tokens: []
        }
    }
}

extension YAMLForm.Placement {
    /// The phrase that the statement's key is.
    fileprivate var phrase: YAMLForm.Phrase? { if case .phrased(_, let phrase) = self { phrase } else { nil } }
}

extension YAMLForm.Joint {
    /// The phrase that stands under the key.
    fileprivate var phrase: YAMLForm.Phrase? { if case .phrase(_, let phrase) = self { phrase } else { nil } }

    /// The key.
    var key: String {
        switch self {
        case .phrase(let key, _), .entry(let key, _, _): key
        }
    }
}
