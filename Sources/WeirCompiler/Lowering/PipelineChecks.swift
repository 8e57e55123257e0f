// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// The rules that a whole pipeline must keep to be enforceable.
///
/// Findings name no policy, so that steps which others inherit are one finding.
struct PipelineChecks {
    let names: NameResolver

    private static let mayWrapDeadline: Set<StepKind> = [.fallback, .cache, .coalesce]

    private var files: FileTable { names.workspace.files }

    /// Only what answers without the callee may stand outside of the deadline, which could not bound anything there.
    func check(_ drafts: [StepDraft]) {
        guard let position = drafts.firstIndex(where: { $0.kind == .deadline }) else { return }
        let deadline = drafts[position]
        let outside = drafts[..<position].filter { !Self.mayWrapDeadline.contains($0.kind) && !$0.isDamaged }
        guard let first = outside.first, !deadline.isDamaged else { return }
        let list = outside.map { "`\($0.words)`" }
        let subject =
            list.count == 1
            ? "\(list[0]) stands" : list.dropLast().joined(separator: ", ") + " and \(list[list.count - 1]) stand"
        names.findings.report(
            Diagnostic(
                .deadlineNotOutermost, "\(subject) outside of the deadline",
                at: label(first, "the deadline does not bound this"),
                secondary: outside.dropFirst().map { label($0, "nor this") } + [
                    label(deadline, "bounds only what stands below it")
                ],
                helps: [
                    Diagnostic.Help(
                        "put `deadline` first; only `fallback`, `cache` and `coalesce` may stand outside of it")
                ]))
    }

    private func label(_ step: StepDraft, _ text: String) -> Diagnostic.Label {
        files.label(step.statement.keywordRange, in: step.file, text)
    }

    /// Attempts without number need something that ends them.
    func checkEnds(_ steps: some Sequence<(StepDraft, PipelineStep)>) {
        var hasDeadline = false
        for (draft, step) in steps {
            switch step.policy {
            case .deadline: hasDeadline = true
            case .retry(let retry) where retry.attempts == nil && retry.giveUpAfter == nil && !hasDeadline:
                let words = files.form(draft.file) == .weir ? "give up after …" : "give-up-after: …"
                names.findings.report(
                    Diagnostic(
                        .endlessRetry, "nothing ends these unlimited attempts",
                        at: files.label(draft.statement.headRange, in: draft.file, "no number, no time"),
                        helps: [Diagnostic.Help("add a `deadline` outside of it, or `\(words)` to it")]))
            default: break
            }
        }
    }
}
