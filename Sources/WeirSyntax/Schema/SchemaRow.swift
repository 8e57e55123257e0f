// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The schema of one statement: its shape, its slots with their rules, and the statements in its block.
struct SchemaRow {
    private let row: YAMLRow

    init(_ row: YAMLRow) { self.row = row }

    /// The definition of the statement.
    var json: JSON {
        var members: [String: JSON]
        switch row.shape {
        case .scalar(let slot): members = value(slot)
        case .flag: members = ["type": .string("boolean")]
        case .phrase:
            guard case .object(let phrase) = ValueSchema.phrase(row.slots) else { return .object([:]) }
            members = phrase
        case .mapping: members = mapping
        case .scalarOrMapping(let slot): members = ["anyOf": .array([.object(value(slot)), .object(mapping)])]
        case .flagOrMapping:
            members = ["anyOf": .array([.object(["type": .string("boolean")]), .object(mapping)])]
        }
        members["description"] = .string(description)
        return .object(members)
    }

    private var description: String {
        if case .declaredOnly = row.row.capability {
            return row.row.summary + " This version's runtime does not enforce it."
        }
        return row.row.summary
    }

    private func value(_ slot: Slot) -> [String: JSON] {
        guard let entry = row.slots.first(where: { $0.slot == slot }),
            case .object(let members) = ValueSchema.schema(entry, row.row.slots[slot])
        else { return [:] }
        return members
    }

    // MARK: Mappings

    private var mapping: [String: JSON] {
        var properties: [String: JSON] = [
            "description": .object([
                "type": .array(["string", "number", "boolean", "null"].map(JSON.string)),
                "description": .string("Documentation, for the next reader."),
            ])
        ]
        for (place, entry) in row.slots.enumerated()
        where !entry.isGrouped && row.key(of: place) != nil && !row.isWithoutKey(place) {
            properties[entry.key] = ValueSchema.schema(entry, row.row.slots[entry.slot])
        }
        if let joint = row.row.yaml.joint { properties[joint.key] = self.joint(joint) }
        if let group = row.row.yaml.group { properties[group.key] = grouped }
        if let block = row.row.block {
            properties.merge(YAMLFormSchema.properties(of: block.kind)) { slot, _ in slot }
        }
        var members: [String: JSON] = ["properties": .object(properties), "additionalProperties": .boolean(false)]
        // `key:` with nothing after it is an empty mapping.
        let mayBeEmpty = !row.needsBlock && topVariants.contains([])
        members["type"] = mayBeEmpty ? .array([.string("object"), .string("null")]) : .string("object")
        require(topVariants, in: &members)
        if row.form == .before || row.form == .after {
            members["required"] = .array(required(members) + [.string("insert")])
        }
        return members
    }

    /// Slots that stand together under one key.
    private func joint(_ joint: YAMLForm.Joint) -> JSON {
        if case .phrase = joint { return ValueSchema.phrase(row.phrase.map { row.slots[$0] }) }
        let value = row.entry.map { ValueSchema.schema(row.slots[$0.value], row.row.slots[row.slots[$0.value].slot]) }
        return .object([
            "type": .string("object"), "additionalProperties": value ?? .boolean(true), "minProperties": .integer(1),
            "maxProperties": .integer(1),
        ])
    }

    /// The mapping of grouped slots, or the word of a flag among them.
    private var grouped: JSON {
        var properties: [String: JSON] = [:]
        for entry in row.slots where entry.isGrouped {
            properties[entry.key] = ValueSchema.schema(entry, row.row.slots[entry.slot])
        }
        var members: [String: JSON] = [
            "type": .string("object"), "properties": .object(properties), "additionalProperties": .boolean(false),
        ]
        require(row.variants.map { variant in Set(entries(variant).filter(\.isGrouped).map(\.key)) }, in: &members)
        let flags = row.slots.compactMap { $0.isGrouped ? $0.flag : nil }
        guard !flags.isEmpty else { return .object(members) }
        return .object(["anyOf": .array([.object(["enum": .array(flags.map(JSON.string))]), .object(members)])])
    }

    // MARK: What must stand together

    private func places(_ variant: YAMLRow.Variant) -> [Int] {
        row.slots.indices.filter { variant.mask & 1 << UInt32($0) != 0 }
    }

    private func entries(_ variant: YAMLRow.Variant) -> [YAMLRow.SlotEntry] { places(variant).map { row.slots[$0] } }

    /// The keys of each way to fill the row; a group is one key.
    private var topVariants: [Set<String>] {
        row.variants.map { variant in
            Set(places(variant).compactMap(row.key(of:)))
        }
    }

    private func required(_ members: [String: JSON]) -> [JSON] {
        if case .array(let keys)? = members["required"] { keys } else { [] }
    }

    /// Demands the keys of one of several sets, and of these no others.
    private func require(_ variants: [Set<String>], in members: inout [String: JSON]) {
        let variants = Set(variants)
        let all = variants.reduce(into: Set<String>()) { $0.formUnion($1) }
        let always = variants.reduce(all) { $0.intersection($1) }
        if !always.isEmpty { members["required"] = .array(always.sorted().map(JSON.string)) }
        // A key that every set may have or lack leaves the others free.
        let free = all.subtracting(always).filter { key in
            variants.allSatisfy { variants.contains($0.symmetricDifference([key])) }
        }
        let bound = Set(variants.map { $0.subtracting(always).subtracting(free) })
        guard bound != [[]] else { return }
        let ordered = bound.sorted { ($0.count, $0.sorted().joined()) < ($1.count, $1.sorted().joined()) }
        let choices = all.subtracting(always).subtracting(free)
        members["anyOf"] = .array(
            ordered.map { keys in
                var choice: [String: JSON] = [:]
                if !keys.isEmpty { choice["required"] = .array(keys.sorted().map(JSON.string)) }
                let others = choices.subtracting(keys)
                if !others.isEmpty {
                    choice["properties"] = .object(
                        Dictionary(uniqueKeysWithValues: others.map { ($0, .boolean(false)) }))
                }
                return .object(choice)
            })
    }
}
