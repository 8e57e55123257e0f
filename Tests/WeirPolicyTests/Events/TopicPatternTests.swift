// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirPolicy

@Suite struct TopicPatternTests {
    @Test(arguments: [
        ("a.*", "a", false), ("a.*", "a.", true), ("a.#", "a", true), ("a.#", "a.", true), ("a.*.b", "a..b", true),
        ("a..b", "a.b", false), ("a.#.b", "a.b", true), ("a.#.*.b", "a.b", false), ("#", "", true), ("*", "", false),
        ("*", ".", false), ("*.*", ".", true), ("#.#", "", true), ("*.#", "", false), ("a.b", "a.*", false),
        ("a.*", "a.*", true), ("", "", true), ("", ".", false), ("a*", "ab", false), ("a*", "a*", true),
        ("**", "a", false), ("##", "a", false), ("##", "##", true), ("A.b", "a.b", false), ("a.b", "a.b.", false),
        ("#.b", "b", true), ("#.b", "a.a.b", true), ("#.b", "a.b.a", false), ("*.b.#", "a.b", true),
        ("\u{E9}", "e\u{301}", false), ("a.#.b.#.c", "a.x.b.b.y.c", true), ("a.#.b.#.c", "a.c.b", false),
    ])
    func `matches a key as the broker does`(pattern: String, key: String, isMatch: Bool) throws {
        #expect(try TopicPattern(pattern).matches(key) == isMatch)
    }

    @Test func `has at most 255 bytes`() throws {
        _ = try TopicPattern(String(repeating: "a", count: 255))
        #expect(throws: InvalidValue.self) { _ = try TopicPattern(String(repeating: "é", count: 128)) }
    }

    @Test(arguments: [
        ("#", "a.b", true), ("a.*", "a.b", true), ("a.*", "a.#", false), ("a.#", "a.*.*", true),
        ("#.*", "*.#", true), ("*.#", "#.*", true), ("a.#.b", "a.*.b", true), ("a.*.b", "a.#.b", false),
        ("#.a.#", "a", true), ("#.a.#", "#.a.*", true), ("#.a.*.#", "a.a.#", true), ("a", "a", true), ("a", "b", false),
    ])
    func `says whether it matches all that another one does`(large: String, small: String, isSo: Bool) throws {
        #expect(try TopicPattern(large).subsumes(TopicPattern(small)) == isSo)
    }

    @Test(arguments: 0..<400) func `relates patterns as a search of all short keys does`(seed: UInt64) throws {
        var words = TopicWords(seed: seed)
        let (one, other) = (words.pattern(), words.pattern())
        let (left, right) = (try TopicPattern(one), try TopicPattern(other))
        let keys = TopicWords.allKeys
        #expect(
            left.overlaps(right) == keys.contains { left.matches($0) && right.matches($0) }, "\(one) and \(other)")
        #expect(
            left.subsumes(right) == keys.allSatisfy { left.matches($0) || !right.matches($0) }, "\(one) and \(other)")
    }

    @Test func `decides at once about patterns made to be hard`() throws {
        let tail = String(repeating: ".*", count: 100)
        #expect(try TopicPattern("#.x" + tail).subsumes(TopicPattern("x.#.x" + tail)))
        #expect(try !TopicPattern("#.x" + tail).overlaps(TopicPattern("#.y" + tail)))
        #expect(try !TopicPattern("#.x" + tail).subsumes(TopicPattern("#.y" + tail)))
    }
}

/// Random patterns over few words, and all keys that can tell two of them apart.
struct TopicWords {
    /// Keys of up to six words over two words and one that no pattern has.
    static let allKeys: [String] = {
        var keys = [""]
        var longest = [""]
        for length in 1...6 {
            longest = longest.flatMap { key in ["a", "b", "z"].map { length == 1 ? $0 : "\(key).\($0)" } }
            keys += longest
        }
        return keys
    }()

    private var numbers: GraphGenerator

    init(seed: UInt64) { numbers = GraphGenerator(seed: seed) }

    mutating func pick(_ bound: Int) -> Int { numbers.pick(bound) }

    /// A pattern of up to four words.
    mutating func pattern() -> String {
        (0..<pick(5)).map { _ in ["a", "b", "*", "#", "#"][pick(5)] }.joined(separator: ".")
    }
}
