// SPDX-License-Identifier: Apache-2.0

/// How a statement stands in the YAML twin: under which key of its parent, and in which shape.
public struct YAMLForm: Sendable {
    /// Where it stands in the mapping of its parent.
    public enum Placement: Sendable, Hashable {
        /// Under a key of its own.
        case key(String)
        /// As an element of the list under the key.
        case list(String)
        /// In the mapping under the key (dots descend: `shared.breakers`), by the name in the slot.
        case named(String, by: Slot)
        /// In the mapping under the key, by a key that is a phrase: a word and a text, as in `POST /orders`.
        case phrased(String, by: Phrase)
        /// As a one-key mapping in the parent's step list (``BlockKind/stepList``).
        case step(String)
    }

    /// What stands there.
    public enum Shape: Sendable, Hashable {
        /// The value of one slot: a scalar, or a list where the slot takes one.
        case scalar(Slot)
        /// A mapping: slots and the block's statements by their keys, `description` for documentation.
        case mapping
        /// A scalar for this slot alone, else a mapping.
        case scalarOrMapping(Slot)
        /// `true` or `false`, whichever this row means.
        case flag(Bool)
        /// `true` when no slot is given, else a mapping.
        case flagOrMapping
        /// A scalar with the statement's words as the language writes them; its last text needs no quotes.
        case phrase
    }

    /// Where it stands.
    public let placement: Placement
    /// What stands there.
    public let shape: Shape
    /// Slots that stand in a mapping of their own under this key; a flag among them is written as the key's scalar.
    public let group: Group?

    /// A key with slots of the statement below it: `to: { status: 503 }`, `to: cached`.
    public struct Group: Sendable, Hashable {
        let key: String
        let slots: [Slot]
    }

    /// A word and the text behind it, which needs no quotes: `POST /orders`.
    public struct Phrase: Sendable, Hashable {
        /// The slot of the word.
        public let word: Slot
        /// The slot of the text.
        public let text: Slot

        init(_ word: Slot, _ text: Slot) {
            self.word = word
            self.text = text
        }
    }

    /// Slots of the statement that stand together under one key.
    public enum Joint: Sendable, Hashable {
        /// As a scalar: `http: POST /orders`.
        case phrase(key: String, Phrase)
        /// As a mapping with one entry, whose key and value they are: `header: { Deprecation: "@1772323200" }`.
        case entry(key: String, name: Slot, value: Slot)
    }

    /// Slots that stand together under one key.
    public let joint: Joint?

    /// A placement and a shape.
    public init(_ placement: Placement, _ shape: Shape, group: Group? = nil, joint: Joint? = nil) {
        self.placement = placement
        self.shape = shape
        self.group = group
        self.joint = joint
    }
}
