// SPDX-License-Identifier: Apache-2.0

/// A condition on an event: tests of its type, its headers and its fields, joined by `and`, `or` and `not`.
///
/// Of a field or header that an event does not have every test is false, so `is not "x"` holds then, as `not` of a test.
public indirect enum Filter: Sendable, Hashable {
    /// One test.
    case test(Test)
    /// All of these; none: always.
    case all([Filter])
    /// At least one of these; none: never.
    case any([Filter])
    /// Not this.
    case not(Filter)

    /// What a test looks at, and how.
    public struct Test: Sendable, Hashable {
        /// What is looked at.
        public let subject: Subject
        /// What must hold of it.
        public let comparison: Comparison

        /// A test.
        public init(_ subject: Subject, _ comparison: Comparison) {
            self.subject = subject
            self.comparison = comparison
        }
    }

    /// What a test looks at.
    public enum Subject: Sendable, Hashable {
        /// The event's type, such as `order.placed`.
        case type
        /// A header by name.
        case header(String)
        /// A field by name.
        case field(String)
    }

    /// What must hold of a value.
    public enum Comparison: Sendable, Hashable {
        /// It is one of these; one for `is`, several for `in`.
        case isOneOf([FilterScalar])
        /// It is a text that starts so.
        case startsWith(String)
        /// It is a text that ends so.
        case endsWith(String)
        /// It is there.
        case exists
        /// It is larger.
        case above(FilterScalar)
        /// It is smaller.
        case below(FilterScalar)
        /// It is as large or larger.
        case atLeast(FilterScalar)
        /// It is as small or smaller.
        case atMost(FilterScalar)
    }
}

/// A value that an event has and a filter compares with.
public enum FilterScalar: Sendable, Hashable {
    /// A text; two are equal when their bytes are.
    case text(String)
    /// A number.
    case number(Double)
    /// True or false.
    case boolean(Bool)
    /// A day, as seconds from 1970 to its start (UTC).
    case date(Int64)
    /// A moment, as seconds from 1970 (UTC).
    case instant(Int64)

    /// The type of field that holds such a value.
    public var type: FieldType {
        switch self {
        case .text: .text
        case .number: .number
        case .boolean: .boolean
        case .date: .date
        case .instant: .instant
        }
    }
}

/// The types of the fields that events declare.
public enum FieldType: String, Sendable, Hashable, CaseIterable {
    case text, number, boolean, date, instant
}

/// What a filter asks an event for.
public protocol FilterableEvent {
    /// The event's type.
    var type: String { get }
    /// A header by name, nil where it has none.
    func header(_ name: String) -> String?
    /// A field by name, nil where it has none.
    func field(_ name: String) -> FilterScalar?
}

extension Filter {
    /// Whether it holds of an event.
    public func matches(_ event: some FilterableEvent) -> Bool {
        switch self {
        case .test(let test): test.matches(event)
        case .all(let parts): parts.allSatisfy { $0.matches(event) }
        case .any(let parts): parts.contains { $0.matches(event) }
        case .not(let part): !part.matches(event)
        }
    }

    /// The same condition without conditions inside of the same kind, double `not` and repeated parts; parts keep their order.
    public var normalised: Filter {
        switch self {
        case .test: return self
        case .not(let part):
            if case .not(let inner) = part { return inner.normalised }
            return .not(part.normalised)
        case .all(let parts):
            let flat = Self.flat(parts.map(\.normalised)) { if case .all(let inner) = $0 { inner } else { nil } }
            return flat.count == 1 ? flat[0] : .all(flat)
        case .any(let parts):
            let flat = Self.flat(parts.map(\.normalised)) { if case .any(let inner) = $0 { inner } else { nil } }
            return flat.count == 1 ? flat[0] : .any(flat)
        }
    }

    private static func flat(_ parts: [Filter], _ inner: (Filter) -> [Filter]?) -> [Filter] {
        var seen: Set<Filter> = []
        return parts.flatMap { inner($0) ?? [$0] }.filter { seen.insert($0).inserted }
    }

    /// All tests in it, in order.
    public var tests: [Test] {
        switch self {
        case .test(let test): [test]
        case .all(let parts), .any(let parts): parts.flatMap(\.tests)
        case .not(let part): part.tests
        }
    }
}

extension Filter.Test {
    /// Whether it holds of an event.
    public func matches(_ event: some FilterableEvent) -> Bool {
        switch subject {
        case .type: comparison.matches(.text(event.type))
        case .header(let name): event.header(name).map { comparison.matches(.text($0)) } ?? false
        case .field(let name): event.field(name).map { comparison.matches($0) } ?? false
        }
    }
}

extension Filter.Comparison {
    /// Whether it holds of a value; of a value of another type than it compares with it does not.
    public func matches(_ value: FilterScalar) -> Bool {
        switch self {
        case .isOneOf(let scalars): scalars.contains { $0.order(to: value) == 0 }
        case .startsWith(let prefix): value.textBytes.map { $0.starts(with: prefix.utf8) } ?? false
        case .endsWith(let suffix): value.textBytes.map { $0.reversed().starts(with: suffix.utf8.reversed()) } ?? false
        case .exists: true
        case .above(let bound): value.order(to: bound).map { $0 > 0 } ?? false
        case .below(let bound): value.order(to: bound).map { $0 < 0 } ?? false
        case .atLeast(let bound): value.order(to: bound).map { $0 >= 0 } ?? false
        case .atMost(let bound): value.order(to: bound).map { $0 <= 0 } ?? false
        }
    }
}

extension FilterScalar {
    var textBytes: String.UTF8View? { if case .text(let text) = self { text.utf8 } else { nil } }

    /// Below, at or above zero as it is smaller, equal or larger; nil for values of different types and what is no number.
    func order(to other: FilterScalar) -> Int? {
        switch (self, other) {
        case (.text(let left), .text(let right)):
            left.utf8.elementsEqual(right.utf8) ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        case (.number(let left), .number(let right)):
            left == right ? 0 : left < right ? -1 : left > right ? 1 : nil
        case (.boolean(let left), .boolean(let right)): left == right ? 0 : left ? 1 : -1
        case (.date(let left), .date(let right)), (.instant(let left), .instant(let right)):
            left == right ? 0 : left < right ? -1 : 1
        default: nil
        }
    }
}
