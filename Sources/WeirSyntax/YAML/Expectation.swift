// SPDX-License-Identifier: Apache-2.0

/// What a slot wants, in words, and what is said of tokens that are something else.
struct Expectation {
    let types: [ValueType]
    /// The key that the value stands under.
    let owner: String

    /// What is wrong with tokens that fit none of the types.
    func fault(_ range: Range<Int>, of tokens: [Token], text: [UInt8]) -> Fault {
        func spelling(_ place: Int) -> String {
            String(decoding: text[Int(tokens[place].start)..<tokens[place].end], as: UTF8.self)
        }
        let owner = owner.count > 40 ? owner.prefix(40) + "…" : owner[...]
        guard let first = range.first else {
            return Fault(.expectedValue, "`\(owner)` needs \(noun), found nothing", at: range, "expected \(sample)")
        }
        let found = spelling(first)
        if tokens[first].kind == .integer, let unit {
            if range.count == 2, spelling(first + 1).allSatisfy({ $0.isLetter || $0 == "%" || $0 == "/" }) {
                let joined = found + spelling(first + 1)
                return Fault(
                    .spaceInUnit, "`\(found) \(spelling(first + 1))` has a space before its unit", at: range,
                    "expected \(sample)", help: "write `\(joined)`", mend: .replace(range, joined))
            }
            if range.count == 1 {
                return Fault(
                    .bareNumber, "`\(owner)` needs \(noun), and `\(found)` has no unit", at: range,
                    "expected \(sample)", help: "did you mean `\(found)\(unit)`?",
                    mend: .replace(range, found + unit), applicability: .unsafe)
            }
        }
        let all = range.prefix(8).map(spelling).joined(separator: " ")
        if tokens[first].kind == .malformed {
            return Fault(.malformedValue, "`\(found)` is not \(noun)", at: first..<first + 1, "expected \(sample)")
        }
        let words = types.flatMap(\.words)
        if range.count == 1, let near = KeySpelling.nearest(to: found, in: words, within: 2) {
            return Fault(
                .expectedValue, "`\(owner)` needs \(noun), found `\(all)`", at: range, "expected \(sample)",
                help: "did you mean `\(near)`?", mend: .replace(range, near))
        }
        return Fault(.expectedValue, "`\(owner)` needs \(noun), found `\(all)`", at: range, "expected \(sample)")
    }

    /// The unit that a bare number most likely lacks.
    private var unit: String? {
        for type in types {
            switch type {
            case .duration: return "s"
            case .percent: return "%"
            case .factor: return "x"
            case .rate: return "/s"
            default: continue
            }
        }
        return nil
    }

    /// The types in a few words.
    private var noun: String { types.map(Self.noun).joined(separator: " or ") }

    private var sample: String { types.map(Self.sample).joined(separator: ", or ") }

    private static func noun(_ type: ValueType) -> String {
        switch type {
        case .name: "a name"
        case .path: "a name or path"
        case .text: "a text"
        case .literal: "a literal"
        case .rule: "the name of a rule"
        case .method: "an HTTP method"
        case .step: "a kind of step"
        case .integer, .count: "a whole number"
        case .duration: "a duration"
        case .rate: "a rate"
        case .percent: "a percentage"
        case .factor: "a factor"
        case .date: "a date"
        case .instant: "an instant"
        case .outcome: "an outcome"
        case .key: "a key"
        case .reply: "a reply"
        case .window: "a part of time"
        case .bound: "a bound"
        case .answer: "an answer"
        case .oneOf(let words): words.count == 1 ? "`\(words[0])`" : "one of its words"
        case .flag(let word): "`\(word)`"
        }
    }

    private static func sample(_ type: ValueType) -> String {
        switch type {
        case .name: "lower-case letters, digits and hyphens"
        case .path: "names joined by dots, such as `payments.authorize`"
        case .text: "any text"
        case .literal: "a duration, rate, percentage, factor, number, date or text"
        case .rule: "a name such as `missing-load`"
        case .method: "a method such as `GET`"
        case .integer: "a number such as `20`"
        case .count: "a number such as `20`, or a `$constant`"
        case .duration: "a duration such as `2s` or `250ms`, or a `$constant`"
        case .rate: "a rate such as `100/s`, or a `$constant`"
        case .percent: "a percentage such as `50%`, or a `$constant`"
        case .factor: "a factor such as `2x`, or a `$constant`"
        case .date: "a date such as `2026-03-01`"
        case .instant: "an instant such as `2026-03-01T09:00:00Z`"
        case .reply: "a reply such as `status 503`"
        case .window: "`until 10s` or `from 1s to 2s`"
        case .bound: "`exactly 1`, `at most 25` or `at least 3`"
        case .outcome: "\(words(type)), `status 503`, `any failure`, `error Name` or `grpc name`"
        case .key: "\(words(type)), `header Name` or `field name`"
        case .answer: "\(words(type)) or `status 503`"
        case .step, .oneOf, .flag: words(type)
        }
    }

    private static func words(_ type: ValueType) -> String { type.words.map { "`\($0)`" }.joined(separator: ", ") }
}
