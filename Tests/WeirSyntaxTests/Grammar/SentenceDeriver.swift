// SPDX-License-Identifier: Apache-2.0

/// A generator of random numbers that a seed determines (SplitMix64), so that a failing case can be made again.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Derives random sentences from a grammar, to a bounded depth.
struct SentenceDeriver {
    private static let mostRepeats = 3
    /// What stands for "any character but…": letters of several scripts, marks, what JSON and YAML trip over.
    private static let pool = Array("abcxyz ABC 019 -_.,:;!?#{}[]()<>/*&|%@'`~$^+= éß日本🙂".unicodeScalars)

    private let grammar: EBNF
    private let keywords: Set<String>
    private let depths: [String: Int]
    private var numbers: SeededNumbers
    /// Between tokens: one space, or any trivia that the grammar allows.
    private let isWild: Bool

    init(_ grammar: EBNF, seed: UInt64, isWild: Bool = false) {
        self.grammar = grammar
        self.keywords = grammar.keywords
        self.depths = Self.depths(grammar)
        self.numbers = SeededNumbers(seed: seed)
        self.isWild = isWild
    }

    /// A sentence of a rule; beyond the depth everything is as short as it can be.
    mutating func sentence(of rule: String = "file", depth: Int = 12) -> String {
        derive(.rule(rule), depth: depth, isToken: EBNF.isToken(rule))
    }

    private mutating func derive(_ expression: EBNF.Expression, depth: Int, isToken: Bool) -> String {
        switch expression {
        case .literal(let text): return text
        case .characters(let ranges, let isNegated): return String(scalar(ranges, isNegated: isNegated))
        case .rule(let name): return derive(rule: name, depth: depth)
        case .sequence(let parts):
            return join(parts.map { derive($0, depth: depth, isToken: isToken) }, isToken: isToken)
        case .choice(let parts):
            let cheapest = parts.map(cost).min() ?? 0
            let open = depth > 0 ? parts : parts.filter { cost($0) == cheapest }
            return derive(open.randomElement(using: &numbers) ?? parts[0], depth: depth, isToken: isToken)
        case .optional(let part): return repeated(part, 0...1, depth: depth, isToken: isToken)
        case .zeroOrMore(let part): return repeated(part, 0...Self.mostRepeats, depth: depth, isToken: isToken)
        case .oneOrMore(let part): return repeated(part, 1...Self.mostRepeats, depth: depth, isToken: isToken)
        }
    }

    private mutating func derive(rule name: String, depth: Int) -> String {
        guard let body = grammar.rules[name] else { return "" }
        let text = derive(body, depth: depth - 1, isToken: EBNF.isToken(name))
        if name == "NAME" || name == "RULE", keywords.contains(text) { return text + "-x" }
        return text
    }

    private mutating func repeated(
        _ part: EBNF.Expression, _ times: ClosedRange<Int>, depth: Int, isToken: Bool
    ) -> String {
        let count = depth > 0 || isToken ? Int.random(in: times, using: &numbers) : times.lowerBound
        return join((0..<count).map { _ in derive(part, depth: depth, isToken: isToken) }, isToken: isToken)
    }

    private mutating func join(_ parts: [String], isToken: Bool) -> String {
        if isToken { return parts.joined() }
        var text = ""
        for part in parts where !part.isEmpty {
            if !text.isEmpty, text.last != "\n" || isWild {
                text += gap(after: text.last ?? " ", before: part.first ?? " ")
            }
            text += part
        }
        return text
    }

    private mutating func gap(after last: Character, before first: Character) -> String {
        guard isWild else { return " " }
        if last == "\n" {
            // Never in the first column, where a declaration's word ends blocks that somebody forgot to close.
            let gaps = [" ", "  ", "\t", "\n ", "# a comment\n\t", "   # another, \"quoted\"\n\n\n  "]
            return gaps.randomElement(using: &numbers) ?? " "
        }
        if last == "," { return [" ", "", "\n", "  # one\n  ", "\t"].randomElement(using: &numbers) ?? " " }
        if first == "\n" { return ["", " ", "  # trailing"].randomElement(using: &numbers) ?? "" }
        if first == "," || last == "." || first == "." { return "" }
        return [" ", "   ", "\t"].randomElement(using: &numbers) ?? " "
    }

    private mutating func scalar(_ ranges: [ClosedRange<UInt32>], isNegated: Bool) -> Character {
        if isNegated {
            let open = Self.pool.filter { scalar in !ranges.contains { $0.contains(scalar.value) } }
            return Character(open.randomElement(using: &numbers) ?? "x")
        }
        let range = ranges.randomElement(using: &numbers) ?? 0x78...0x78
        return Character(Unicode.Scalar(UInt32.random(in: range, using: &numbers)) ?? "x")
    }

    private func cost(_ expression: EBNF.Expression) -> Int { Self.cost(expression, depths) }

    /// How deep the shortest sentence of each rule is.
    private static func depths(_ grammar: EBNF) -> [String: Int] {
        var depths: [String: Int] = [:]
        var before: [String: Int]?
        while before != depths {
            before = depths
            for (name, body) in grammar.rules { depths[name] = min(1 + cost(body, depths), 1000) }
        }
        return depths
    }

    private static func cost(_ expression: EBNF.Expression, _ depths: [String: Int]) -> Int {
        switch expression {
        case .literal, .characters, .optional, .zeroOrMore: 0
        case .rule(let name): depths[name] ?? 1000
        case .sequence(let parts): parts.map { cost($0, depths) }.max() ?? 0
        case .choice(let parts): parts.map { cost($0, depths) }.min() ?? 0
        case .oneOrMore(let part): cost(part, depths)
        }
    }
}
