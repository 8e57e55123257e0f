// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension TestReader {
    func publication(_ statement: Statement) -> TestCase.Publication? {
        guard !statement.isDamaged,
            let target = Publications(names: names, file: file)
                .resolve(statement.value(.event), to: statement.value(.to)),
            let event = resolve(.event, statement.value(.event))
        else { return nil }
        var fields: [String: FilterScalar] = [:]
        for value in statement.values(.with) {
            guard let (name, scalar) = value.fieldPair() else { continue }
            checkField(name, scalar, value, of: event)
            fields[name] = scalar
        }
        return TestCase.Publication(
            event: target.event, exchange: target.exchange, fields: fields, place: place(statement))
    }

    /// A claim of what became of events; nil for other claims.
    func deliveryClaim(_ statement: Statement) -> TestCase.Expectation.Claim? {
        if let queue = statement.value(.deadLetteredTo) { return resolve(.queue, queue).map { .deadLettered($0.name) } }
        for (slot, isExpected) in [(Slot.deliveredTo, true), (.notDeliveredTo, false)] {
            let values = statement.values(slot)
            guard !values.isEmpty else { continue }
            let found = values.compactMap { resolve(.subscription, $0)?.name }
            return found.count == values.count ? .delivered(found, isExpected: isExpected) : nil
        }
        return nil
    }

    private func resolve(_ kind: RoutingKind, _ value: Value?) -> (name: QualifiedName, declared: Declared)? {
        value.flatMap { names.resolve(.routing(kind), $0, in: file) }
    }

    /// A field that the event does not have, or that holds something else, would make the test observe nothing.
    private func checkField(
        _ name: String, _ scalar: FilterScalar, _ value: Value, of event: (name: QualifiedName, declared: Declared)
    ) {
        let fields = event.declared.statement.statements.filter { $0.form == .eventField }
        let known = fields.compactMap { $0.value(.name)?.text }
        guard !known.isEmpty else { return }
        guard let field = fields.first(where: { $0.value(.name)?.text == name }) else {
            names.findings.report(
                UnknownName(kind: "field", name: name, candidates: known)
                    .diagnostic(at: files.label(value.range, in: file)))
            return
        }
        guard let type = field.value(.type).flatMap({ FieldType(rawValue: $0.text) }), type != scalar.type else {
            return
        }
        names.findings.report(
            Diagnostic(
                .filterTypeMismatch, "`\(name)` holds a \(type.rawValue), and this is a \(scalar.type.rawValue)",
                at: files.label(value.range, in: file),
                secondary: [files.label(field.headRange, in: event.declared.file, "declared here")]))
    }
}
