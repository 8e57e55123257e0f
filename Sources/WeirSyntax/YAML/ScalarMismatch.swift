// SPDX-License-Identifier: Apache-2.0

/// Says what is wrong with the tokens of a scalar that are no value of its slot.
struct ScalarMismatch {
    /// What the slot takes.
    let types: [ValueType]
    /// Whether it takes a list of these.
    var isList = false
    /// The key that the scalar stands under.
    let owner: String
    let tokens: [Token]
    let text: [UInt8]

    /// The fault of a scalar's tokens.
    func fault(_ range: Range<Int>) -> Fault {
        guard let first = range.first else {
            return Fault(.expectedValue, "`\(owner)` needs \(noun), found nothing", at: range, label)
        }
        let found = spelling(first..<first + 1)
        let all = written(range.prefix(8))
        if tokens[first].kind == .integer, let unit {
            if range.count == 2, fits(found + spelling(first + 1..<first + 2)) {
                return Fault(
                    .spaceInUnit, "`\(all)` has a space before its unit", at: range, label,
                    help: "write `\(found + spelling(first + 1..<first + 2))`",
                    mend: .replace(range, found + spelling(first + 1..<first + 2)))
            }
            if range.count == 1 {
                return Fault(
                    .bareNumber, "`\(owner)` needs \(noun), and `\(found)` has no unit", at: range, label,
                    help: "did you mean `\(found)\(unit)`?", mend: .replace(range, found + unit),
                    applicability: .unsafe)
            }
        }
        let joined = all.replacing(" ", with: "")
        if range.count > 1, range.allSatisfy({ tokens[$0].kind == .duration }), fits(joined) {
            return Fault(
                .spaceInUnit, "the parts of the duration `\(all)` stand apart", at: range, "expected one word",
                help: "write `\(joined)`", mend: .replace(range, joined))
        }
        if let near = nearStatus(range, after: found) { return near }
        if isList, range.contains(where: { tokens[$0].kind == .comma }) {
            return Fault(
                .expectedValue, "`\(owner)` needs \(noun), found several: `\(all)`", at: range, label,
                help: "write them as a list", mend: .replace(range, "[\(all)]"))
        }
        let isMalformed = tokens[first].kind == .malformed
        let near = range.count == 1 || all.hasPrefix("${") ? suggestion(for: all) : nil
        return Fault(
            isMalformed ? .malformedValue : .expectedValue,
            isMalformed || all == owner ? "`\(all)` is not \(noun)" : "`\(owner)` needs \(noun), found `\(all)`",
            at: range, label,
            help: near.map { "did you mean `\($0)`?" } ?? commentAdvice(range),
            mend: near.map { .replace(range, $0) })
    }

    /// `status 5xx` and the like.
    private func nearStatus(_ range: Range<Int>, after word: String) -> Fault? {
        guard word == "status", range.count == 2 else { return nil }
        let last = range.upperBound - 1..<range.upperBound
        let statuses = KindSet(.integer, .range)
        guard let near = LiteralSuggestion.texts(for: spelling(last), statuses).first else { return nil }
        return Fault(
            .malformedValue, "`\(spelling(last))` cannot stand after `status`", at: last, "expected `\(near)`",
            help: "write `\(near)`", mend: .replace(last, near))
    }

    /// Nothing that a scalar holds is a comment.
    private func commentAdvice(_ range: Range<Int>) -> String? {
        guard let last = range.last, tokens[last].kind == .unknown, spelling(last..<last + 1).hasPrefix("#") else {
            return nil
        }
        return "a comment needs a space before its `#`"
    }

    /// The text from the first token to the last; word by word where they come from several places, as those of a filter do.
    private func written(_ range: Range<Int>) -> String {
        guard let first = range.first, let last = range.last else { return "" }
        let isOneRun = range.dropFirst().allSatisfy { Int(tokens[$0].start) >= tokens[$0 - 1].end }
        guard isOneRun else { return spelling(range) }
        return String(decoding: text[Int(tokens[first].start)..<tokens[last].end], as: UTF8.self)
    }

    private func suggestion(for word: String) -> String? {
        if let literal = LiteralSuggestion.texts(for: word, kinds).first(where: { $0 != word && $0.first != "\"" }) {
            return literal
        }
        return EditDistance.nearest(to: word, among: types.flatMap(\.words))
    }

    private func fits(_ word: String) -> Bool { LiteralSuggestion.texts(for: word, kinds).contains(word) }

    private var kinds: KindSet {
        var kinds = KindSet()
        for type in types { kinds.formUnion(type.kinds) }
        return kinds
    }

    /// The unit that a bare number most likely lacks.
    private var unit: String? {
        for type in types {
            switch type {
            case .duration: return "s"
            case .percent: return "%"
            case .factor: return "x"
            case .rate: return "/s"
            case .period: return " months"
            default: continue
            }
        }
        return nil
    }

    /// The types in a few words, each once.
    private var noun: String {
        var nouns: [String] = []
        for type in types where !nouns.contains(type.noun) { nouns.append(type.noun) }
        return nouns.joined(separator: " or ")
    }

    private var label: String {
        var parts: [String] = []
        for part in types.flatMap(\.expectedParts) where !parts.contains(part) { parts.append(part) }
        guard let last = parts.last else { return "" }
        let others = parts.dropLast()
        return "expected " + (others.isEmpty ? last : others.joined(separator: ", ") + " or " + last)
    }

    private func spelling(_ range: Range<Int>) -> String {
        range.map { String(decoding: text[Int(tokens[$0].start)..<tokens[$0].end], as: UTF8.self) }
            .joined(separator: " ")
    }
}
