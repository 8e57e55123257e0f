// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Checks what a subscription reads of its events: a field that none of them has, a value of a type that the field never holds.
struct FilterChecks {
    private let scope: EventScope
    /// The types that arrive; nil where that is not declared.
    private let arriving: [EventNode]?

    init(_ scope: EventScope, _ arriving: [EventNode]?) {
        self.scope = scope
        self.arriving = arriving
    }

    /// The condition that a value spells, its tests checked.
    func filter(_ value: Value?) -> Filter? {
        guard let value, !value.isDamaged else { return nil }
        guard let filter = value.filter() else {
            scope.report(
                .reservedField, "this condition cannot be read", at: value.range,
                label: "`not` stands here as the name of a field", help: "no field can have that name")
            return nil
        }
        for place in value.filterTests() { check(place) }
        return filter
    }

    /// Checks that some event that arrives has a field.
    func check(field value: Value) {
        guard !value.isDamaged else { return }
        _ = types(of: value.text, at: value.range)
    }

    private func check(_ place: FilterTestPlace) {
        let (test, range) = (place.test, place.range)
        for case .number(let number) in test.comparison.scalars where number > Double(JSON.largestInteger) {
            scope.report(
                .outOfBounds, "a number in a condition is at most \(JSON.largestInteger)", at: range)
        }
        switch test.subject {
        case .type: checkTypes([.text], of: "type", test.comparison, range)
        case .header(let name): checkTypes([.text], of: "header \(name)", test.comparison, range)
        case .field(let name):
            guard let types = types(of: name, at: place.subject) else { return }
            checkTypes(types, of: name, test.comparison, range)
        }
    }

    private func checkTypes(
        _ types: Set<FieldType>, of subject: String, _ comparison: Filter.Comparison, _ range: SourceRange
    ) {
        let held = types.map(\.words).sorted().joined(separator: " or ")
        if let order = comparison.orderWords, types.isSubset(of: [.text, .boolean]) {
            scope.report(
                .filterTypeMismatch, "`\(subject)` holds \(held), which has no order for `\(order)`", at: range)
        } else if let wrong = comparison.valueTypes.first(where: { !types.contains($0) }) {
            scope.report(
                .filterTypeMismatch, "`\(subject)` holds \(held), and is compared with \(wrong.words)", at: range)
        }
    }

    /// The types that a field has in the events that arrive; nil where nothing is known of them, or none has it.
    private func types(of field: String, at range: SourceRange) -> Set<FieldType>? {
        guard let arriving, !arriving.isEmpty else { return nil }
        let types = Set(arriving.compactMap { $0.field(field) })
        guard types.isEmpty else { return types }
        scope.names.findings.report(
            UnknownName(
                kind: "field", name: field, candidates: Set(arriving.flatMap { $0.fields.map(\.name) }).sorted(),
                secondary: []
            ).diagnostic(at: scope.files.label(range, in: scope.file, "none of the events that arrive has it")))
        return nil
    }
}

extension FieldType {
    /// The type with its article.
    var words: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .boolean: "true or false"
        case .date: "a date"
        case .instant: "an instant"
        }
    }
}

extension Filter.Comparison {
    /// The words of a comparison that needs an order.
    fileprivate var orderWords: String? {
        switch self {
        case .above: "above"
        case .below: "below"
        case .atLeast: "at least"
        case .atMost: "at most"
        case .isOneOf, .startsWith, .endsWith, .exists: nil
        }
    }

    fileprivate var scalars: [FilterScalar] {
        switch self {
        case .isOneOf(let scalars): scalars
        case .above(let bound), .below(let bound), .atLeast(let bound), .atMost(let bound): [bound]
        case .startsWith, .endsWith, .exists: []
        }
    }

    fileprivate var valueTypes: [FieldType] {
        switch self {
        case .startsWith, .endsWith: [.text]
        default: scalars.map(\.type)
        }
    }
}
