// SPDX-License-Identifier: Apache-2.0

/// A keyword of the language by number; 0 is no keyword at all.
struct Word: Hashable, Sendable {
    let number: UInt16

    /// Not a keyword.
    static let none = Word(number: 0)
}

/// All keywords of the language, numbered, with a hash table from a token's bytes to the number.
struct Vocabulary: Sendable {
    /// The keywords by number.
    private(set) var spellings: [String] = [""]
    private var bytes: [UInt8] = []
    private var ends: [UInt16] = [0]
    private var slots = [UInt16](repeating: 0, count: 1 << 10)
    private var numbers: [String: Word] = [:]

    /// The number of a keyword, new where it has none.
    mutating func insert(_ spelling: String) -> Word {
        if let known = numbers[spelling] { return known }
        let word = Word(number: UInt16(spellings.count))
        spellings.append(spelling)
        bytes += Array(spelling.utf8)
        ends.append(UInt16(bytes.count))
        numbers[spelling] = word
        let utf8 = Array(spelling.utf8)
        var slot = Self.hash(utf8, 0, utf8.count) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = word.number
        return word
    }

    /// The keyword with this spelling.
    func word(_ spelling: String) -> Word { numbers[spelling] ?? .none }

    /// How a keyword is written.
    func spelling(_ word: Word) -> String { spellings[Int(word.number)] }

    /// Few bytes are enough to tell keywords apart; the spelling is compared anyway.
    @inline(__always)
    fileprivate static func hash<Text: ByPlace<UInt8>>(_ text: Text, _ start: Int, _ length: Int) -> Int {
        let first = Int(text[start])
        let middle = Int(text[start + length / 2])
        let last = Int(text[start + length - 1])
        return first &* 31 &+ middle &* 71 &+ last &* 173 &+ length &* 419
    }
}

extension Vocabulary {
    /// The finished hash table where reading it counts no references.
    struct Lookup: Sendable {
        private let bytes: ElementView<UInt8>
        private let ends: ElementView<UInt16>
        private let slots: ElementView<UInt16>
        private let mask: Int

        init(_ vocabulary: Vocabulary) {
            bytes = ElementView(keeping: vocabulary.bytes)
            ends = ElementView(keeping: vocabulary.ends)
            slots = ElementView(keeping: vocabulary.slots)
            mask = vocabulary.slots.count - 1
        }

        /// The keyword that a token's text spells.
        @inline(__always)
        func word<Text: ByPlace<UInt8>>(_ text: Text, _ token: Token) -> Word {
            let start = Int(token.start)
            let length = Int(token.length)
            var slot = Vocabulary.hash(text, start, length) & mask
            while true {
                let number = slots[slot]
                if number == 0 || spells(number, text, start, length) { return Word(number: number) }
                slot = (slot + 1) & mask
            }
        }

        @inline(__always)
        private func spells<Text: ByPlace<UInt8>>(
            _ number: UInt16, _ text: Text, _ start: Int, _ length: Int
        ) -> Bool {
            let from = Int(ends[Int(number) - 1])
            guard Int(ends[Int(number)]) - from == length else { return false }
            for offset in 0..<length where bytes[from + offset] != text[start + offset] { return false }
            return true
        }
    }
}

/// A set of keywords.
struct WordSet: Sendable {
    /// The most keywords that a set tells apart; the vocabulary has fewer, which a test checks.
    static let capacity = 512

    private var bits = InlineArray<8, UInt64>(repeating: 0)

    /// Whether it holds no keyword.
    var isEmpty: Bool { bits.indices.allSatisfy { bits[$0] == 0 } }

    /// Whether a keyword is in it; no keyword never is.
    @inline(__always)
    func contains(_ word: Word) -> Bool {
        bits[Int(word.number >> 6) & 7] >> UInt64(word.number & 63) & 1 == 1
    }

    /// Adds a keyword.
    mutating func insert(_ word: Word) { bits[Int(word.number >> 6)] |= 1 << UInt64(word.number & 63) }

    /// Adds the keywords of another set.
    mutating func formUnion(_ other: WordSet) {
        for place in bits.indices { bits[place] |= other.bits[place] }
    }

    /// The keywords in it by number.
    var words: [Word] {
        var words: [Word] = []
        for place in bits.indices {
            var rest = bits[place]
            while rest != 0 {
                words.append(Word(number: UInt16(place * 64 + rest.trailingZeroBitCount)))
                rest &= rest - 1
            }
        }
        return words
    }
}
