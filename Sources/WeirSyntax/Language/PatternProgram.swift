// SPDX-License-Identifier: Apache-2.0

/// The patterns of all rows as one flat list of instructions for the ``PatternMachine``.
struct PatternProgram: Sendable {
    /// One step of a match.
    struct Instruction: Sendable {
        /// What a step does.
        enum Code: UInt8, Sendable {
            /// One of two keywords stands here; both are the same where there is one.
            case word
            /// One of a set of keywords stands here (`first` is the number of the set).
            case wordOf
            /// A token of one of the kinds stands here.
            case kinds
            /// A value begins (`first` is the number of its ``ValuePlace``).
            case open
            /// The value ends.
            case close
            /// Goes on at `first`, or else at `second`.
            case split
            /// Goes on at `first`.
            case jump
            /// The statement's head is over, which a token of one of the kinds shows.
            case end
        }

        let code: Code
        var first: UInt16 = 0
        var second: UInt16 = 0
        var kinds = KindSet()
    }

    /// A place for a value in a pattern: its slot, the types it takes, its bounds.
    struct ValuePlace: Sendable {
        let slot: Slot
        let types: [ValueType]
        let isList: Bool
        /// The bounds of a count, both ends included.
        let bounds: ClosedRange<Int>?
    }

    /// The tokens that something may begin with.
    struct First: Sendable {
        var kinds = KindSet()
        var words = WordSet()

        /// Whether a token may begin it.
        @inline(__always)
        func accepts(_ kind: TokenKind, _ word: Word) -> Bool { kinds.contains(kind) || words.contains(word) }
    }

    var instructions: [Instruction] = []
    /// The places for values.
    private(set) var places: [ValuePlace] = []
    /// The slots of the places; by place.
    private(set) var slots: [Slot] = []
    /// The bounds of whole numbers in the places; by place.
    private(set) var bounds: [ClosedRange<Int>] = []
    var wordSets: [WordSet] = []
    /// For the targets of splits, what they may begin with; by instruction.
    var firsts: [First] = []

    /// Whether an instruction begins a part that may be left out; the second way of a choice begins behind a jump.
    func isOptional(_ index: Int) -> Bool {
        guard index > 0, instructions[index - 1].code == .split, Int(instructions[index - 1].first) == index else {
            return false
        }
        return instructions[Int(instructions[index - 1].second) - 1].code != .jump
    }

    /// The finished program where reading it counts no references.
    struct Tables: Sendable {
        let instructions: ElementView<Instruction>
        let firsts: ElementView<First>
        let wordSets: ElementView<WordSet>
        let slots: ElementView<Slot>
        let bounds: ElementView<ClosedRange<Int>>

        init(_ program: PatternProgram) {
            instructions = ElementView(keeping: program.instructions)
            firsts = ElementView(keeping: program.firsts)
            wordSets = ElementView(keeping: program.wordSets)
            slots = ElementView(keeping: program.slots)
            bounds = ElementView(keeping: program.bounds)
        }
    }

    /// Adds a place for values; the result is its number.
    mutating func add(_ place: ValuePlace) -> Int {
        places.append(place)
        slots.append(place.slot)
        bounds.append(place.bounds ?? 0...Int.max)
        return places.count - 1
    }
}

/// A set of token kinds.
struct KindSet: Sendable, Hashable {
    private(set) var bits: UInt32 = 0

    /// The set of some kinds.
    init(_ kinds: TokenKind...) { for kind in kinds { bits |= 1 << UInt32(kind.rawValue) } }

    /// Whether a kind is in it.
    @inline(__always)
    func contains(_ kind: TokenKind) -> Bool { bits &>> UInt32(kind.rawValue) & 1 == 1 }

    /// Adds the kinds of another set.
    mutating func formUnion(_ other: KindSet) { bits |= other.bits }
}
