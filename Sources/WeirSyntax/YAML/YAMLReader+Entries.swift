// SPDX-License-Identifier: Apache-2.0

extension YAMLReader {
    /// Sorts the entries of a mapping: slots to their places, statements onto ``pending``.
    ///
    /// - Parameters:
    ///   - keys: the keys that it may have.
    ///   - row: the statement whose slots they are, nil for a file or a section.
    ///   - owner: the key that the mapping stands under, for messages.
    mutating func sort(_ mapping: Int, by keys: Int, row: Int?, slotBase: Int, owner: Int? = nil) -> Contents {
        var contents = Contents()
        var key = mapping + 1
        let end = Int(document.nodes[mapping].subtreeEnd)
        while key < end {
            let value = Int(document.nodes[key].subtreeEnd)
            let entry = key
            key = Int(document.nodes[value].subtreeEnd)
            guard !document.nodes[entry].isRefused, !document.nodes[value].isRefused else {
                contents.isDamaged = true
                continue
            }
            guard let found = lookUp(entry, keys) ?? reportUnknown(entry, in: mapping, keys: keys, owner: owner) else {
                contents.isDamaged = true
                continue
            }
            let meaning = schema.keys[keys].entries[found].meaning
            switch meaning {
            case .description: takeDescription(entry, value, &contents)
            case .slot(let place):
                guard let row else { continue }
                takeSlot(place, row: row, key: entry, value: value, slotBase: slotBase, &contents)
            case .group:
                guard let row else { continue }
                takeGroup(row: row, key: entry, value: value, slotBase: slotBase, &contents)
            case .joint:
                guard let row else { continue }
                takeJoint(row: row, key: entry, value: value, slotBase: slotBase, &contents)
            case .statement, .list, .choice, .named, .steps, .branch:
                pending.append(Entry(meaning: meaning, key: Int32(entry), value: Int32(value)))
            }
        }
        return contents
    }

    /// The place of a key among those a mapping may have.
    func lookUp(_ key: Int, _ keys: Int) -> Int? {
        let node = document.nodes[key]
        return schema.keys[keys].index(hash: node.hash, document.text, node.textRange)
    }

    private mutating func takeDescription(_ key: Int, _ value: Int, _ contents: inout Contents) {
        guard document.nodes[document.resolve(value)].kind == .scalar else {
            return reportShape(key, "a text", document.resolve(value))
        }
        contents.description = value
    }

    private mutating func takeSlot(
        _ place: Int, row: Int, key: Int, value: Int, slotBase: Int, _ contents: inout Contents
    ) {
        if schema.rows[row].slots[place].flag != nil {
            guard let truth = truth(of: document.resolve(value)) else {
                contents.isDamaged = true
                return reportTruth(Keyword(node: key), document.resolve(value))
            }
            guard truth else { return }
        }
        contents.slots |= 1 << UInt32(place)
        slotNodes[slotBase + place] = Int32(value)
    }

    /// Slots that stand together: a phrase, or the one entry of a mapping.
    private mutating func takeJoint(row: Int, key: Int, value: Int, slotBase: Int, _ contents: inout Contents) {
        let index = document.resolve(value)
        let node = document.nodes[index]
        guard let (name, second) = schema.rows[row].entry else {
            guard node.kind == .scalar, !node.isNothing else {
                contents.isDamaged = true
                return reportShape(key, "one value such as `POST /orders`", index)
            }
            for place in schema.rows[row].phrase {
                contents.slots |= 1 << UInt32(place)
                slotNodes[slotBase + place] = Int32(index)
            }
            return
        }
        let entry = index + 1
        guard node.kind == .mapping, entry < Int(node.subtreeEnd),
            case let content = Int(document.nodes[entry].subtreeEnd),
            Int(document.nodes[content].subtreeEnd) == Int(node.subtreeEnd), !document.nodes[entry].isRefused
        else {
            contents.isDamaged = true
            return reportShape(key, "a mapping with one entry", index)
        }
        for (place, filler) in [(name, entry), (second, content)] {
            contents.slots |= 1 << UInt32(place)
            slotNodes[slotBase + place] = Int32(filler)
        }
    }

    /// The slots of a group: a mapping of them, or the word of a flag among them.
    private mutating func takeGroup(row: Int, key: Int, value: Int, slotBase: Int, _ contents: inout Contents) {
        guard let keys = schema.rows[row].group else { return }
        let index = document.resolve(value)
        let node = document.nodes[index]
        switch node.kind {
        case .mapping:
            let inner = sort(index, by: keys, row: row, slotBase: slotBase, owner: key)
            contents.slots |= inner.slots
            contents.isDamaged = contents.isDamaged || inner.isDamaged
        case .scalar:
            let flag = schema.rows[row].slots.firstIndex { slot in
                slot.isGrouped && slot.flag.map { document.text[node.textRange].elementsEqual($0.utf8) } ?? false
            }
            guard let flag else {
                contents.isDamaged = true
                return reportGroupWord(row: row, key: key, value: index)
            }
            contents.slots |= 1 << UInt32(flag)
            slotNodes[slotBase + flag] = Int32(index)
        case .sequence, .alias:
            contents.isDamaged = true
            reportShape(key, "a mapping", index)
        }
    }
}
