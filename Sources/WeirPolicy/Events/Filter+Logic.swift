// SPDX-License-Identifier: Apache-2.0

/// What follows from a filter, decided by intervals, sets of values, and beginnings and ends of texts.
extension Filter {
    /// The most cases that a condition is taken apart into; beyond, nothing is claimed.
    static let mostCases = 4096

    /// Whether a filter is the same for every event.
    public enum Constant: Sendable, Hashable {
        case always
        case never
    }

    /// Whether every event of which this holds is one of which the other holds; nil where it is too large to say.
    /// - Parameter types: the types that events may have; nil: any.
    public func implies(_ other: Filter, types: Set<String>? = nil) -> Bool? {
        Filter.all([self, .not(other)]).isPossible(types: types).map { !$0 }
    }

    /// Whether it is the same for every event; nil where it is not, or is too large to say.
    /// - Parameter types: the types that events may have; nil: any.
    public func constant(types: Set<String>? = nil) -> Constant? {
        if isPossible(types: types) == false { return .never }
        return Filter.not(self).isPossible(types: types) == false ? .always : nil
    }

    /// Whether it can hold of an event; nil where it is too large to say.
    public func isPossible(types: Set<String>? = nil) -> Bool? {
        guard let cases = cases(isNegated: false) else { return nil }
        return cases.contains { literals in
            var subjects: [Subject: SubjectConstraints] = [:]
            for literal in literals {
                let subject = literal.test.subject
                subjects[subject, default: SubjectConstraints()].add(literal.test.comparison, literal.isNegated)
            }
            return subjects.allSatisfy { subject, constraints in
                guard subject == .type else { return constraints.canHold(mayBeAbsent: true) }
                guard let types else { return constraints.canHold(mayBeAbsent: false) }
                return types.contains { constraints.allows(.text($0)) }
            }
        }
    }

    private struct Literal: Hashable {
        let test: Test
        let isNegated: Bool
    }

    /// The condition as cases, each a list of tests that hold or do not; nil where there are too many.
    private func cases(isNegated: Bool) -> [[Literal]]? {
        switch self {
        case .test(let test): return [[Literal(test: test, isNegated: isNegated)]]
        case .not(let part): return part.cases(isNegated: !isNegated)
        case .all(let parts): return Self.cases(parts, isNegated, isProduct: !isNegated)
        case .any(let parts): return Self.cases(parts, isNegated, isProduct: isNegated)
        }
    }

    private static func cases(_ parts: [Filter], _ isNegated: Bool, isProduct: Bool) -> [[Literal]]? {
        var found: [[Literal]] = isProduct ? [[]] : []
        for part in parts {
            guard let inner = part.cases(isNegated: isNegated) else { return nil }
            if isProduct {
                guard found.count * inner.count <= mostCases else { return nil }
                found = found.flatMap { head in inner.map { head + $0 } }
            } else {
                found += inner
                guard found.count <= mostCases else { return nil }
            }
        }
        return found
    }
}

/// What one case of a filter asks of one subject.
struct SubjectConstraints {
    private var positive: [Filter.Comparison] = []
    private var negative: [Filter.Comparison] = []

    mutating func add(_ comparison: Filter.Comparison, _ isNegated: Bool) {
        if isNegated { negative.append(comparison) } else { positive.append(comparison) }
    }

    /// Whether a value meets them all.
    func allows(_ value: FilterScalar) -> Bool {
        positive.allSatisfy { $0.matches(value) } && !negative.contains { $0.matches(value) }
    }

    /// Whether some value, or where it may be absent none at all, meets them all.
    func canHold(mayBeAbsent: Bool) -> Bool {
        if positive.isEmpty, mayBeAbsent { return true }
        if negative.contains(.exists) { return false }
        let sets: [[FilterScalar]] = positive.compactMap { if case .isOneOf(let values) = $0 { values } else { nil } }
        if let values = sets.first { return values.contains { allows($0) } }
        let types = Set(positive.compactMap(\.type))
        guard types.count <= 1 else { return false }
        switch types.first {
        case .boolean: return allows(.boolean(true)) || allows(.boolean(false))
        case .text: return canHoldText
        case .number, .date, .instant: return canHoldNumber
        case nil: return true
        }
    }

    /// Texts begin with the longest beginning asked for, end with the longest end, and have anything between.
    private var canHoldText: Bool {
        // An order of texts is not asked for, because no statement can; where one is, a text is taken to exist.
        let prefixes = positive.compactMap { if case .startsWith(let text) = $0 { Array(text.utf8) } else { nil } }
        let suffixes = positive.compactMap { if case .endsWith(let text) = $0 { Array(text.utf8) } else { nil } }
        let prefix = prefixes.max { $0.count < $1.count } ?? []
        let suffix = suffixes.max { $0.count < $1.count } ?? []
        guard prefixes.allSatisfy({ prefix.starts(with: $0) }),
            suffixes.allSatisfy({ suffix.reversed().starts(with: $0.reversed()) })
        else { return false }
        return !negative.contains { comparison in
            switch comparison {
            case .startsWith(let text): prefix.starts(with: text.utf8)
            case .endsWith(let text): suffix.reversed().starts(with: text.utf8.reversed())
            default: false
            }
        }
    }

    /// Numbers and times between two bounds, but for finitely many; only a single point can be all excluded.
    private var canHoldNumber: Bool {
        var low = Bound(value: -.infinity, isIncluded: false)
        var high = Bound(value: .infinity, isIncluded: false)
        func tighten(_ comparison: Filter.Comparison, _ isNegated: Bool) {
            switch (comparison, isNegated) {
            case (.above(let bound), false), (.atMost(let bound), true):
                low = max(low, Bound(value: bound.magnitude, isIncluded: false), isLow: true)
            case (.atLeast(let bound), false), (.below(let bound), true):
                low = max(low, Bound(value: bound.magnitude, isIncluded: true), isLow: true)
            case (.below(let bound), false), (.atLeast(let bound), true):
                high = max(high, Bound(value: bound.magnitude, isIncluded: false), isLow: false)
            case (.atMost(let bound), false), (.above(let bound), true):
                high = max(high, Bound(value: bound.magnitude, isIncluded: true), isLow: false)
            default: break
            }
        }
        let type = positive.compactMap(\.type).first
        for comparison in positive { tighten(comparison, false) }
        for comparison in negative where comparison.type == type { tighten(comparison, true) }
        if type != .number { return canHoldWhole(low, high, type: type) }
        if low.value > high.value { return false }
        guard low.value == high.value else { return true }
        return low.isIncluded && high.isIncluded && allows(.number(low.value))
    }

    /// Times come in whole seconds, days in whole days.
    private func canHoldWhole(_ low: Bound, _ high: Bound, type: FieldType?) -> Bool {
        let step: Int64 = type == .date ? 86_400 : 1
        guard low.value > -.infinity, high.value < .infinity else { return true }
        let first = Int64(low.value) + (low.isIncluded ? 0 : step)
        let last = Int64(high.value) - (high.isIncluded ? 0 : step)
        var value = first
        // As many values as there are exclusions may be taken out; one more is free.
        for _ in 0...negative.reduce(0, { $0 + $1.size }) where value <= last {
            if allows(type == .date ? .date(value) : .instant(value)) { return true }
            value += step
        }
        return false
    }

    private struct Bound {
        let value: Double
        let isIncluded: Bool
    }

    private func max(_ one: Bound, _ other: Bound, isLow: Bool) -> Bound {
        if one.value == other.value { return one.isIncluded ? other : one }
        return (one.value > other.value) == isLow ? one : other
    }
}

extension Filter.Comparison {
    /// The type of value that it compares with; nil where any will do.
    public var type: FieldType? {
        switch self {
        case .isOneOf(let values): values.first?.type
        case .startsWith, .endsWith: .text
        case .exists: nil
        case .above(let bound), .below(let bound), .atLeast(let bound), .atMost(let bound): bound.type
        }
    }

    /// How many values it names.
    var size: Int { if case .isOneOf(let values) = self { values.count } else { 1 } }
}

extension FilterScalar {
    /// A number or a time as a number; times fit exactly.
    var magnitude: Double {
        switch self {
        case .number(let value): value
        case .date(let seconds), .instant(let seconds): Double(seconds)
        case .text, .boolean: 0
        }
    }
}
