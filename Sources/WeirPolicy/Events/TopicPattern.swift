// SPDX-License-Identifier: Apache-2.0

/// A pattern of a topic binding, matched exactly as RabbitMQ does it: words between dots, `*` for one word (an empty one, too),
/// `#` for any number of words. Words are compared as bytes; `*` and `#` count only as whole words.
public struct TopicPattern: Sendable, Hashable {
    /// The most bytes that a pattern or a routing key may have.
    public static let mostBytes = 255

    /// A word of a pattern.
    public enum Word: Sendable, Hashable {
        /// This word and no other.
        case literal([UInt8])
        /// Any one word.
        case one
        /// Any number of words, none included.
        case many
    }

    /// The pattern as written.
    public let text: String
    /// Its words; the empty pattern has none.
    public let words: [Word]

    /// A pattern.
    /// - Throws: ``InvalidValue`` when it is longer than ``mostBytes``.
    public init(_ text: String) throws(InvalidValue) {
        try require(text.utf8.count <= Self.mostBytes, "matching", text, "at most \(Self.mostBytes) bytes")
        self.text = text
        words = Self.words(of: text).map { word in
            switch word {
            case [UInt8(ascii: "*")]: .one
            case [UInt8(ascii: "#")]: .many
            default: .literal(word)
            }
        }
    }

    /// Whether it has no wildcard, so that it matches one key only.
    public var isLiteral: Bool {
        words.allSatisfy { if case .literal = $0 { true } else { false } }
    }

    /// The words of a routing key or a pattern: what stands between its dots; the empty text has none.
    public static func words(of text: String) -> [[UInt8]] {
        guard !text.isEmpty else { return [] }
        return text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Whether it matches a routing key.
    public func matches(_ key: String) -> Bool { matches(words: Self.words(of: key)) }

    /// Whether it matches a routing key, given as its words; at most one step a pair of words.
    ///
    /// Behind a `#` the rest is tried at every place; of several `#` only the last needs to be moved.
    public func matches(words key: [[UInt8]]) -> Bool {
        var (place, word) = (0, 0)
        var many = -1
        var retry = 0
        while word < key.count {
            if place < words.count, words[place] == .many {
                many = place
                retry = word
                place += 1
            } else if place < words.count, words[place].matches(key[word]) {
                place += 1
                word += 1
            } else if many >= 0 {
                retry += 1
                word = retry
                place = many + 1
            } else {
                return false
            }
        }
        return words[place...].allSatisfy { $0 == .many }
    }
}

extension TopicPattern.Word {
    func matches(_ word: [UInt8]) -> Bool {
        switch self {
        case .literal(let own): own == word
        case .one, .many: true
        }
    }
}

extension TopicPattern: CustomStringConvertible {
    /// The pattern as written.
    public var description: String { text }
}

/// The pattern as an automaton: a state is how many of its words have been read.
extension TopicPattern {
    /// Adds what a `#` lets be passed without a word.
    func close(_ states: inout TopicStates) {
        for place in words.indices where words[place] == .many && states.contains(place) { states.insert(place + 1) }
    }

    /// The states after one word.
    func step(_ states: TopicStates, accepts: (Word) -> Bool) -> TopicStates {
        var next = TopicStates(count: words.count + 1)
        for place in words.indices where states.contains(place) && accepts(words[place]) {
            next.insert(words[place] == .many ? place : place + 1)
        }
        close(&next)
        return next
    }

    /// The states before the first word.
    var start: TopicStates {
        var states = TopicStates(count: words.count + 1)
        states.insert(0)
        close(&states)
        return states
    }
}

/// A set of states of a pattern.
struct TopicStates: Hashable {
    private var bits: [UInt64]

    init(count: Int) { bits = [UInt64](repeating: 0, count: (count + 63) / 64) }

    var isEmpty: Bool { bits.allSatisfy { $0 == 0 } }

    func contains(_ state: Int) -> Bool { bits[state >> 6] >> UInt64(state & 63) & 1 == 1 }

    mutating func insert(_ state: Int) { bits[state >> 6] |= 1 << UInt64(state & 63) }

    mutating func remove(_ state: Int) { bits[state >> 6] &= ~(1 << UInt64(state & 63)) }
}
