// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Turns the declarations of sagas, audits and chaos profiles into nodes.
struct SagaLowering {
    private let scope: EventScope
    private let known: KnownEvents

    init(_ scope: EventScope, _ known: KnownEvents) {
        self.scope = scope
        self.known = known
    }

    func saga(_ name: QualifiedName, _ declared: Declared) -> SagaNode? {
        let statement = declared.statement
        let isWhole = [
            scope.needs(.startWhen, "start when", declared, .saga),
            scope.needs(.correlateBy, "correlate by", declared, .saga),
            scope.needs(.sagaStep, "step", declared, .saga),
        ].allSatisfy(\.self)
        let start = scope.events(statement.first(.startWhen), .startWhen)
        var steps: [SagaNode.Step] = []
        var seen: [String: Value] = [:]
        for step in statement.all(.sagaStep) {
            guard let value = step.value(.name) else { continue }
            if let first = seen[value.text] {
                scope.report(
                    .duplicateName, "step `\(value.text)` is declared twice", at: value.range,
                    label: "declared again here", help: "rename one of them",
                    secondary: [scope.files.label(first.range, in: scope.file, "first declared here")])
            }
            seen[value.text] = value
            steps.append(self.step(value.text, step))
        }
        let key = statement.first(.correlateBy)?.value(.correlateBy)
        if let key { check(key, start + steps.flatMap { $0.awaits + $0.failsWhen }) }
        let within = scope.reader.duration(statement.first(.timeLimit)?.value(.within))
        guard isWhole, let key else { return nil }
        return SagaNode(
            name: name, start: start, key: key.text, steps: steps, within: within ?? SagaNode.defaultWithin)
    }

    private func step(_ name: String, _ step: Statement) -> SagaNode.Step {
        scope.reportContradiction(
            step, .sagaCall, .sagaPublish, "a step either calls an operation or publishes an event")
        let action =
            step.all(.sagaCall).first.flatMap { call(in: $0, .operation) }
            ?? step.all(.sagaPublish).first.flatMap { publication(in: $0, .event) }
        let undo = step.all(.compensate).first
        let compensation = undo.flatMap { undo in
            undo.value(.call) == nil ? publication(in: undo, .publish) : call(in: undo, .call)
        }
        return SagaNode.Step(
            name: name, action: action, awaits: scope.events(step.first(.await), .await),
            failsWhen: scope.events(step.first(.failWhen), .failWhen), compensation: compensation,
            within: scope.reader.duration(step.first(.timeLimit)?.value(.within)))
    }

    private func call(in statement: Statement, _ slot: Slot) -> SagaNode.Action? {
        let policy = scope.name(.policy, statement.value(.using))
        return scope.name(.operation, statement.value(slot)).map { .call($0, policy: policy) }
    }

    private func publication(in statement: Statement, _ slot: Slot) -> SagaNode.Action? {
        Publications(names: scope.names, file: scope.file)
            .resolve(statement.value(slot), to: statement.value(.to))
            .map { .publish($0.event, to: $0.exchange) }
    }

    /// The field that tells runs apart must be in every event, or some would belong to none.
    private func check(_ key: Value, _ events: [QualifiedName]) {
        guard !key.isDamaged else { return }
        for name in events {
            guard let event = known.events[name], event.field(key.text) == nil else { continue }
            return scope.names.findings.report(
                UnknownName(kind: "field", name: key.text, candidates: event.fields.map(\.name))
                    .diagnostic(at: scope.files.label(key.range, in: scope.file, "`\(event.type)` does not have it")))
        }
    }

    func audit(_ name: QualifiedName, _ declared: Declared) -> AuditNode? {
        let statement = declared.statement
        guard scope.needs(.from, "from", declared, .audit) else { return nil }
        return AuditNode(
            name: name, sources: scope.sources(statement, known.exchanges),
            keep: scope.reader.duration(statement.first(.keep)?.value(.keep)),
            mostBytes: statement.first(.holdBytes)?.value(.holdBytes)?.size())
    }

    func chaosProfile(_ name: QualifiedName, _ declared: Declared) -> ChaosProfileNode? {
        let statement = declared.statement
        guard scope.needs(.profileFor, "for", declared, .chaosProfile) else { return nil }
        let late = statement.all(.delayEvents).first
        return ChaosProfileNode(
            name: name, duplicate: scope.reader.ratio(statement.first(.duplicateEvents)?.value(.duplicate)) ?? .zero,
            delay: scope.reader.ratio(late?.value(.share)) ?? .zero,
            delayBy: scope.reader.duration(late?.value(.by)) ?? .zero,
            dropAcks: scope.reader.ratio(statement.first(.dropAcks)?.value(.dropAcks)) ?? .zero,
            subscriptions: statement.first(.profileFor)?.values(.for).compactMap {
                scope.name(.routing(.subscription), $0)
            } ?? [])
    }
}
