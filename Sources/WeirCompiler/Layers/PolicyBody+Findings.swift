// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

extension PolicyBody {
    private var files: FileTable { names.workspace.files }

    func reportRepeated(_ draft: StepDraft, _ other: StepDraft) {
        guard !draft.isDamaged else { return }
        let isReference = draft.shared != nil && draft.shared == other.shared
        let helps =
            isReference || ![.limit, .breaker, .bulkhead, .retry].contains(draft.kind)
            ? [Diagnostic.Help("keep one of them")]
            : [
                Diagnostic.Help(
                    "keep one of them, or make each a shared \(draft.kind.rawValue) with a name of its own")
            ]
        names.findings.report(
            Diagnostic(
                .repeatedStep, "`\(title)` has two steps `\(draft.words)` that nothing tells apart",
                at: files.label(draft.statement.keywordRange, in: file, "the second one"),
                secondary: [files.label(other.statement.keywordRange, in: other.file, "the first one")], helps: helps))
    }

    func reportUnplaced(_ draft: StepDraft, _ steps: [StepDraft]) {
        let sameKind = steps.filter { $0.kind == draft.kind }
        let form = files.form(file)
        var secondary: [Diagnostic.Label] = []
        var helps: [Diagnostic.Help] = []
        if let other = sameKind.first {
            secondary = [
                files.label(other.statement.keywordRange, in: other.file, "the inherited one is `\(other.words)`")
            ]
            helps = [
                Diagnostic.Help(
                    "to put it in the place of the inherited one, first `\(other.removal(in: form))`, then place it")
            ]
            if draft.shared == nil, let shared = other.shared {
                helps.append(
                    Diagnostic.Help(
                        "to change it for all its users, change the shared \(draft.kind.rawValue) `\(shared.name)`"))
            }
        } else if let anchor = steps.first(where: { Self.rank($0.kind) > Self.rank(draft.kind) }) {
            helps = [Diagnostic.Help("say where it goes, for example `\(anchor.neighbour(.before, in: form))`")]
        } else if let anchor = steps.last {
            helps = [Diagnostic.Help("say where it goes, for example `\(anchor.neighbour(.after, in: form))`")]
        }
        let list = steps.map { "`\($0.words)`" }.joined(separator: ", ")
        names.findings.report(
            Diagnostic(
                .unplacedStep, "`\(draft.words)` is new in `\(title)`, and nothing says where it goes",
                at: files.label(draft.statement.headRange, in: file, "not among the inherited steps"),
                secondary: secondary,
                notes: list.isEmpty ? [] : ["the steps so far, outermost first: \(list)"], helps: helps))
    }

    func reportMissingRemoval(_ statement: Statement, _ target: StepTarget) {
        // In YAML the statement is an element of a list, whose dash and indentation would be left over.
        let isWhole = files.form(file) == .weir
        let edit = Diagnostic.Edit(file: files.path(file), range: statement.headRange, replacement: "")
        names.findings.report(
            Diagnostic(
                .removedMissingStep, "`\(title)` has no step `\(target.words)` to remove",
                at: files.label(statement.headRange, in: file, "removes nothing"),
                helps: [
                    Diagnostic.Help(
                        isWhole ? "delete this statement" : "delete this element", edits: isWhole ? [edit] : [],
                        applicability: .display)
                ]))
    }

    func reportMissingAnchor(_ statement: Statement, _ target: StepTarget, _ steps: [StepDraft]) {
        let list = steps.map { "`\($0.words)`" }.joined(separator: ", ")
        let range = statement.value(.step)?.range ?? statement.headRange
        names.findings.report(
            Diagnostic(
                .unknownName,
                "`\(title)` has no step `\(target.words)` to stand \(statement.form == .before ? "before" : "after")",
                at: files.label(range, in: file, "not among the steps"),
                notes: [list.isEmpty ? "there are no steps so far" : "the steps so far, outermost first: \(list)"]))
    }

    func reportAmbiguous(_ statement: Statement, _ target: StepTarget, _ steps: [StepDraft]) {
        let form = files.form(file)
        let list = target.positions(in: steps).map { "`\(steps[$0].name(in: form))`" }.joined(separator: " or ")
        let range = statement.value(.step)?.range ?? statement.headRange
        names.findings.report(
            Diagnostic(
                .unknownName, "`\(title)` has several steps `\(target.words)`",
                at: files.label(range, in: file, "which one is meant?"), helps: [Diagnostic.Help("write \(list)")]))
    }

    func reportSettings(on reference: Value, _ statement: Statement, _ kind: StepKind) {
        var secondary: [Diagnostic.Label] = []
        if let found = names.find(.shared(kind), reference.text, from: file) {
            secondary = [files.label(found.declared.nameRange, in: found.declared.file, "its settings stand here")]
        }
        let first = statement.statements.first(where: { _ in true })
        names.findings.report(
            Diagnostic(
                .settingsOnReference, "`\(reference.text)` is shared, and one policy cannot set it for itself",
                at: files.label(first?.keywordRange ?? reference.range, in: file, "set beside a reference"),
                secondary: secondary,
                helps: [Diagnostic.Help("move the settings to the shared \(kind.rawValue) `\(reference.text)`")]))
    }

    /// The place of a kind in the recommended order.
    private static func rank(_ kind: StepKind) -> Int { StepKind.allCases.firstIndex(of: kind) ?? 0 }
}
