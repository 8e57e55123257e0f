// SPDX-License-Identifier: Apache-2.0

/// What may stand at a place: words, values, or the end of the statement.
struct Expectation {
    /// The words, each once.
    private(set) var words: [Word] = []
    /// The types of values that may begin here.
    private(set) var types: [ValueType] = []
    /// The tokens that may stand here, signs and parts of values of several words.
    private(set) var kinds = KindSet()
    /// Whether the statement may be over.
    private(set) var mayEnd = false
    /// Whether it may go on with a block.
    private(set) var mayOpen = false

    init(_ misses: PatternMachine.Misses, _ grammar: Grammar) {
        for value in misses.values {
            for type in grammar.program.places[value].types where !types.contains(type) { types.append(type) }
        }
        // Where a value is due, a part that may be left out before it is not what is missing.
        let isDue = !types.isEmpty && !misses.instructions.contains { grammar.program.instructions[$0].code == .end }
        for index in misses.instructions where !(isDue && grammar.program.isOptional(index)) {
            let instruction = grammar.program.instructions[index]
            switch instruction.code {
            case .word: add(Word(number: instruction.first))
            case .wordOf: for word in grammar.program.wordSets[Int(instruction.first)].words { add(word) }
            case .kinds: kinds.formUnion(instruction.kinds)
            case .end:
                mayEnd = true
                mayOpen = mayOpen || instruction.kinds.contains(.openBrace)
            default: break
            }
        }
    }

    private mutating func add(_ word: Word) { if !words.contains(word) { words.append(word) } }

    /// The tokens that would be a value here.
    var valueKinds: KindSet {
        var all = kinds
        for type in types { all.formUnion(type.kinds) }
        return all
    }

    /// The words that may stand here, those of values included.
    func allWords(_ grammar: Grammar) -> [String] {
        words.map(grammar.vocabulary.spelling) + types.flatMap(\.words)
    }

    /// Whether only values may stand here.
    var isValue: Bool { words.isEmpty && kinds == KindSet() && !mayEnd && !types.isEmpty }

    /// `expected a, b or c`; nil where nothing is known.
    func label(_ grammar: Grammar) -> String? {
        var parts = types.flatMap(\.expectedParts)
        parts += words.map { "`\(grammar.vocabulary.spelling($0))`" }
        parts += kindParts
        if mayEnd { parts.append("the end of the line") }
        if mayOpen { parts.append("`{`") }
        guard let last = parts.last else { return nil }
        var seen: Set<String> = []
        let others = parts.dropLast().filter { $0 != last && seen.insert($0).inserted }
        guard others.count < 12 else { return nil }
        guard !others.isEmpty else { return "expected " + last }
        let hasInnerOr = others.contains { $0.contains(" or ") }
        return "expected " + others.joined(separator: ", ") + (hasInnerOr ? ", or " : " or ") + last
    }

    private var kindParts: [String] {
        var parts: [String] = []
        if kinds.contains(.comma) { parts.append("`,`") }
        if kinds.contains(.equals) { parts.append("`=`") }
        if kinds.contains(.integer) { parts.append("a whole number") }
        if kinds.contains(.range) { parts.append("a range such as `500..599`") }
        if kinds.contains(.duration) { parts.append("a duration such as `2s`") }
        if kinds.contains(.string) { parts.append("a text in quotes") }
        if kinds.contains(.name) { parts.append("a name") }
        if kinds.contains(.openParenthesis) { parts.append("`(`") }
        if kinds.contains(.closeParenthesis) { parts.append("`)`") }
        return parts
    }
}

extension ValueType {
    /// The type with its article, for `needs …`.
    var noun: String {
        switch self {
        case .name, .path: "a name"
        case .text: "a text in quotes"
        case .literal: "a value"
        case .rule: "the name of a rule"
        case .method: "an HTTP method"
        case .step: "a kind of step"
        case .integer: "a whole number"
        case .count: "a count"
        case .duration: "a duration"
        case .rate: "a rate"
        case .percent: "a percentage"
        case .factor: "a factor"
        case .size: "a size"
        case .date: "a date"
        case .instant: "an instant"
        case .outcome: "an outcome"
        case .key: "a key"
        case .reply: "a status"
        case .window: "a time"
        case .bound: "a bound"
        case .answer: "an answer"
        case .filter: "a condition"
        case .period: "a span of the calendar"
        case .version: "a version"
        case .reader: "a place that names a version"
        case .consumer: "a place that names a consumer"
        case .headerPair: "a header and its value"
        case .fieldPair: "a field and its value"
        case .oneOf, .flag: "a word"
        }
    }

    /// What may be written for it, with examples.
    var expectedParts: [String] {
        switch self {
        case .name: ["a name such as `card-payments`"]
        case .path: ["a name such as `payments.authorize`"]
        case .text: ["a text such as `\"team-checkout\"`"]
        case .literal: ["a value such as `2s`, `50%` or `\"text\"`"]
        case .rule: ["the name of a rule such as `missing-load`"]
        case .method: ["`GET`", "`HEAD`", "`POST`", "`PUT`", "`PATCH`", "`DELETE`"]
        case .integer: ["a whole number such as `503`"]
        case .count: ["a count such as `20`", "a `$constant`"]
        case .duration: ["a duration such as `2s` or `250ms`", "a `$constant`"]
        case .rate: ["a rate such as `100/s`", "a `$constant`"]
        case .percent: ["a percentage such as `50%`", "a `$constant`"]
        case .factor: ["a factor such as `2x`", "a `$constant`"]
        case .size: ["a size such as `64KiB`"]
        case .date: ["a date such as `2026-12-31`"]
        case .instant: ["an instant such as `2026-03-01T09:00:00Z`"]
        case .reply: ["`status` and a number"]
        case .window: ["`from`", "`until`"]
        case .bound: ["`exactly`", "`at most`", "`at least`"]
        case .key: ["`caller`", "`operation`", "`header \"…\"`", "`field …`"]
        case .answer: ["`success`", "`failure`", "`fallback`", "`status …`"]
        case .outcome: ["an outcome such as `timeout`, `status 500..599` or `any failure`"]
        case .filter: ["a condition such as `region is \"eu\"`"]
        case .period: ["a span such as `12 months`", "a `$constant`"]
        case .version: ["a version such as `v2` or `2026-03-01`"]
        case .reader: ["`path \"…\"`", "`header \"…\"`", "`accept \"…\"`", "`query \"…\"`"]
        case .consumer: ["`caller`", "`header \"…\"`", "`claim \"…\"`"]
        case .headerPair: ["a header such as `header \"X-API-Version\" \"v1\"`"]
        case .fieldPair: ["a field such as `region \"uk\"`"]
        case .step, .oneOf, .flag: words.map { "`\($0)`" }
        }
    }
}
