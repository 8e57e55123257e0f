// SPDX-License-Identifier: Apache-2.0

/// One row of the language table: everything that parser, YAML reader, formatter, schema, completion, hover and reference
/// pages know of a statement.
public struct StatementRow: Sendable {
    /// The statement.
    public let form: Form
    /// The blocks it may stand in.
    public let places: [BlockKind]
    /// Its words and slots, in the notation of ``Pattern``.
    public let pattern: String
    /// The block that it opens, and whether it must.
    public let block: Block?
    /// How it stands in YAML.
    public let yaml: YAMLForm
    /// Whether a block may hold it more than once.
    public let repeats: Bool
    /// One sentence of documentation.
    public let summary: String
    /// What is known of its slots: bounds, default, documentation.
    public let slots: [Slot: SlotFacts]
    /// Whether this version's runtime enforces it.
    public let capability: Capability
    /// One line of the language that shows it.
    public let example: String

    /// Whether it is a step of a pipeline, or changes one.
    var isStep: Bool {
        if case .step = yaml.placement { true } else { false }
    }

    /// The block that a statement opens.
    public enum Block: Sendable, Hashable {
        case required(BlockKind)
        case optional(BlockKind)

        /// Which block it is.
        public var kind: BlockKind {
            switch self {
            case .required(let kind), .optional(let kind): kind
            }
        }
    }

    /// Whether the runtime enforces a statement, or `Weir.load` refuses it with this stable id.
    public enum Capability: Sendable, Hashable {
        case enforced
        /// What a service attaches enforces it; without that it is refused.
        case attached(id: String)
        case declaredOnly(id: String)
    }
}

/// What the table says of one slot of a row.
public struct SlotFacts: Sendable {
    /// One sentence.
    public let summary: String
    /// The value when it is left out, in the words of the language; nil: none.
    public let byDefault: String?
    /// The bounds of a count, both ends included; nil: those of its type.
    public let bounds: ClosedRange<Int>?
    /// The values of it that this version's runtime does not enforce; nil: it enforces all.
    public let gap: Gap?

    /// Values that are understood, and that the runtime does not enforce.
    public struct Gap: Sendable, Hashable {
        /// The stable id with which `Weir.load` refuses them.
        public let id: String
        /// The values that it enforces all the same.
        public let enforced: Set<String>

        /// All values but these.
        public init(id: String, except enforced: Set<String> = []) {
            self.id = id
            self.enforced = enforced
        }
    }

    /// The facts of a slot.
    public init(
        _ summary: String, byDefault: String? = nil, bounds: ClosedRange<Int>? = nil, gap: Gap? = nil
    ) {
        self.summary = summary
        self.byDefault = byDefault
        self.bounds = bounds
        self.gap = gap
    }
}
