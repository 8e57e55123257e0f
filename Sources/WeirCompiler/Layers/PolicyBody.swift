// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Applies the statements of one policy, or of one overlay, to the steps it starts from.
struct PolicyBody {
    let names: NameResolver
    /// The file of the statements.
    let file: Int
    let layer: Layer
    /// The name of the policy.
    let title: String
    /// Whether there is something to start from: an extended policy, or the policy below an overlay.
    let isChild: Bool

    func apply(_ body: Statement, to steps: inout [StepDraft]) {
        let inherited = steps
        for statement in body.statements {
            switch statement.form {
            case .remove: remove(statement, from: &steps)
            case .before, .after: insert(statement, into: &steps)
            default: if let kind = statement.form.stepKind { put(statement, kind, into: &steps, inherited) }
            }
        }
    }

    /// A step at the policy's own level: one that is there already, or in a policy without parent the next one.
    private func put(
        _ statement: Statement, _ kind: StepKind, into steps: inout [StepDraft], _ inherited: [StepDraft]
    ) {
        let draft = draft(of: statement, kind)
        func isInherited(_ step: StepDraft) -> Bool { inherited.contains { $0 === step } }
        if let position = steps.firstIndex(where: { $0.kind == kind && $0.shared == draft.shared }) {
            guard isInherited(steps[position]) else { return reportRepeated(draft, steps[position]) }
            steps[position] = steps[position].overridden(by: draft)
        } else if let position = steps.firstIndex(where: { $0.kind == kind && $0.shared == nil }) {
            // A reference in the place of a step of one's own: from here on the state and the settings are the shared ones.
            guard isInherited(steps[position]) else { return reportRepeated(draft, steps[position]) }
            steps[position] = draft
        } else if let other = steps.first(where: { $0.kind == kind }), !isChild, draft.shared == nil {
            reportRepeated(draft, other)
        } else if isChild, !draft.isDamaged {
            reportUnplaced(draft, steps)
        } else {
            steps.append(draft)
        }
    }

    private func remove(_ statement: Statement, from steps: inout [StepDraft]) {
        guard let target = target(of: statement) else { return }
        let positions = target.positions(in: steps)
        if positions.isEmpty {
            reportMissingRemoval(statement, target)
        } else if positions.count > 1 {
            reportAmbiguous(statement, target, steps)
        } else {
            steps.remove(at: positions[0])
        }
    }

    private func insert(_ statement: Statement, into steps: inout [StepDraft]) {
        guard let target = target(of: statement) else { return }
        let positions = target.positions(in: steps)
        guard let anchor = positions.first else { return reportMissingAnchor(statement, target, steps) }
        guard positions.count == 1 else { return reportAmbiguous(statement, target, steps) }
        var position = statement.form == .before ? anchor : anchor + 1
        for inner in statement.statements {
            guard let kind = inner.form.stepKind else { continue }
            let draft = draft(of: inner, kind)
            if let other = steps.first(where: { $0.kind == kind && ($0.shared == nil || draft.shared == nil) })
                ?? steps.first(where: { $0.kind == kind && $0.shared == draft.shared })
            {
                reportRepeated(draft, other)
                continue
            }
            steps.insert(draft, at: position)
            position += 1
        }
    }

    private func draft(of statement: Statement, _ kind: StepKind) -> StepDraft {
        guard let reference = statement.value(.shared) else {
            let settings = SettingCollector(names: names).settings(of: statement, kind, in: file, layer: layer)
            return StepDraft(
                kind: kind, home: file, statement: statement, file: file, settings: settings,
                isDamaged: statement.isDamaged)
        }
        if statement.statements.contains(where: { _ in true }) { reportSettings(on: reference, statement, kind) }
        let found = names.resolve(.shared(kind), reference, in: file)
        return StepDraft(
            kind: kind, shared: found?.name, home: found?.declared.file ?? file, statement: statement, file: file,
            isDamaged: statement.isDamaged || found == nil)
    }

    /// The step that `remove`, `before` or `after` names; nil when its name means nothing, which is reported.
    private func target(of statement: Statement) -> StepTarget? {
        guard !statement.isDamaged, let word = statement.value(.step), let kind = StepKind(rawValue: word.text) else {
            return nil
        }
        guard let reference = statement.value(.shared) else { return StepTarget(kind: kind, shared: nil) }
        return names.resolve(.shared(kind), reference, in: file).map { StepTarget(kind: kind, shared: $0.name) }
    }
}

/// A step as `remove`, `before` and `after` name it.
struct StepTarget {
    let kind: StepKind
    /// Which of several references; nil: the only step of the kind.
    let shared: QualifiedName?

    var words: String { shared.map { "\(kind.rawValue) \($0.name)" } ?? kind.rawValue }

    func positions(in steps: [StepDraft]) -> [Int] {
        steps.indices.filter { steps[$0].kind == kind && (shared == nil || steps[$0].shared == shared) }
    }
}
