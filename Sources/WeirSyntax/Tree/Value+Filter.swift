// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

extension Value {
    /// The condition that it spells, normalised; nil for other values and for one that is damaged.
    ///
    /// `not` binds tightest, then `and`, then `or`. Nesting is bounded by ``Limits/filterDepth`` before.
    public func filter() -> Filter? {
        guard !isDamaged else { return nil }
        var reader = FilterReader(value: self)
        guard let filter = reader.alternatives(), reader.isAtEnd else { return nil }
        return filter.normalised
    }

    /// The tests of the condition in order, with their places; none for other values and for one that is damaged.
    public func filterTests() -> [FilterTestPlace] {
        guard !isDamaged else { return [] }
        var reader = FilterReader(value: self)
        _ = reader.alternatives()
        return reader.tests
    }
}

/// A test in a condition, and where it is written.
public struct FilterTestPlace: Sendable, Hashable {
    /// The test.
    public let test: Filter.Test
    /// Where its field, header or `type` stands.
    public let subject: SourceRange
    /// Where all of it stands.
    public let range: SourceRange
}

/// Reads a filter from a value's tokens, from left to right.
private struct FilterReader {
    let value: Value
    private(set) var tests: [FilterTestPlace] = []
    private var place = 0

    init(value: Value) { self.value = value }

    var isAtEnd: Bool { place == value.tokens.count }

    mutating func alternatives() -> Filter? { joined("or", Filter.any) { $0.conjunction() } }

    private mutating func conjunction() -> Filter? { joined("and", Filter.all) { $0.negation() } }

    private mutating func joined(
        _ word: String, _ join: ([Filter]) -> Filter, _ part: (inout FilterReader) -> Filter?
    ) -> Filter? {
        guard let first = part(&self) else { return nil }
        var parts = [first]
        while take(word) {
            guard let next = part(&self) else { return nil }
            parts.append(next)
        }
        return parts.count == 1 ? first : join(parts)
    }

    private mutating func negation() -> Filter? {
        // The grammar takes `not` for a name, too; no field may have that name, so here it never is one.
        if take("not") { return negation().map { .not($0) } }
        guard kind(place) == .openParenthesis else { return test() }
        place += 1
        guard let inner = alternatives(), kind(place) == .closeParenthesis else { return nil }
        place += 1
        return inner
    }

    private mutating func test() -> Filter? {
        let start = place
        guard let subject = subject() else { return nil }
        let subjectEnd = place
        for comparison in FilterWords.comparisons.reversed() where begins(with: comparison.words) {
            place += comparison.words.count
            guard let found = self.comparison(comparison) else { return nil }
            let test = Filter.Test(subject, found)
            tests.append(
                FilterTestPlace(test: test, subject: range(start..<subjectEnd), range: range(start..<place)))
            return comparison.key == "is-not" ? .not(.test(test)) : .test(test)
        }
        return nil
    }

    private func begins(with words: [String]) -> Bool {
        words.indices.allSatisfy { kind(place + $0) == .name && value.word(place + $0) == words[$0] }
    }

    private mutating func subject() -> Filter.Subject? {
        guard kind(place) == .name else { return nil }
        let word = value.word(place)
        place += 1
        switch word {
        case "type": return .type
        case "header" where kind(place) == .string:
            place += 1
            return value.string(ofToken: place - 1).map(Filter.Subject.header)
        default: return .field(word)
        }
    }

    private mutating func comparison(_ comparison: FilterWords.Comparison) -> Filter.Comparison? {
        switch comparison.key {
        case "is", "is-not": return scalar().map { .isOneOf([$0]) }
        case "in":
            guard let first = scalar() else { return nil }
            var values = [first]
            while kind(place) == .comma {
                place += 1
                guard let next = scalar() else { return nil }
                values.append(next)
            }
            return .isOneOf(values)
        case "starts-with": return text().map { .startsWith($0) }
        case "ends-with": return text().map { .endsWith($0) }
        case "exists": return .exists
        case "above": return scalar().map { .above($0) }
        case "below": return scalar().map { .below($0) }
        case "at-least": return scalar().map { .atLeast($0) }
        case "at-most": return scalar().map { .atMost($0) }
        default: return nil
        }
    }

    private mutating func text() -> String? {
        place += 1
        return value.string(ofToken: place - 1)
    }

    private mutating func scalar() -> FilterScalar? {
        place += 1
        return value.scalar(ofToken: place - 1)
    }

    private mutating func take(_ word: String) -> Bool {
        guard kind(place) == .name, value.word(place) == word else { return false }
        place += 1
        return true
    }

    private func kind(_ place: Int) -> TokenKind { value.kind(ofToken: place) }

    private func range(_ places: Range<Int>) -> SourceRange {
        let first = Int(value.node.firstToken)
        return value.tree.range(ofToken: first + places.lowerBound)
            .through(value.tree.range(ofToken: first + places.upperBound - 1))
    }
}

extension Value {
    /// The field that it names with its value; nil for other values.
    public func fieldPair() -> (name: String, value: FilterScalar)? {
        guard tokens.count == 2, kind == .name else { return nil }
        return scalar(ofToken: 1).map { (word(0), $0) }
    }

    /// The value that a token spells; nil for other tokens.
    fileprivate func scalar(ofToken offset: Int) -> FilterScalar? {
        let bytes = bytes(ofToken: offset)
        switch kind(ofToken: offset) {
        case .string: return string(ofToken: offset).map { .text($0) }
        case .integer: return Literal.integer(bytes).map { .number(Double($0)) }
        case .date: return Literal.secondsSince1970(bytes).map { .date($0) }
        case .instant: return Literal.secondsSince1970(bytes).map { .instant($0) }
        case .name where word(offset) == "true": return .boolean(true)
        case .name where word(offset) == "false": return .boolean(false)
        default: return nil
        }
    }
}
