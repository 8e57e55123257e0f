// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// The rules that a whole pipeline must keep to be enforceable.
struct PipelineChecks {
    let names: NameResolver
    let title: String

    private var files: FileTable { names.workspace.files }

    /// Only `fallback` may stand outside of the deadline, which could not bound anything else there.
    func check(_ drafts: [StepDraft]) {
        guard let position = drafts.firstIndex(where: { $0.kind == .deadline }) else { return }
        let deadline = drafts[position]
        for outside in drafts[..<position] where outside.kind != .fallback {
            names.findings.report(
                Diagnostic(
                    .deadlineNotOutermost, "`\(outside.words)` stands outside of the deadline of `\(title)`",
                    at: files.label(
                        outside.statement.keywordRange, in: outside.file, "the deadline does not bound this"),
                    secondary: [
                        files.label(
                            deadline.statement.keywordRange, in: deadline.file, "bounds only what stands below it")
                    ],
                    helps: [Diagnostic.Help("put `deadline` first; only `fallback` may stand outside of it")]))
        }
    }

    /// Attempts without number need something that ends them.
    func checkEnds(_ steps: some Sequence<(StepDraft, PipelineStep)>) {
        var hasDeadline = false
        for (draft, step) in steps {
            switch step.policy {
            case .deadline: hasDeadline = true
            case .retry(let retry) where retry.attempts == nil && retry.giveUpAfter == nil && !hasDeadline:
                names.findings.report(
                    Diagnostic(
                        .endlessRetry, "nothing ends the unlimited attempts of `\(title)`",
                        at: files.label(draft.statement.headRange, in: draft.file, "no number, no time"),
                        helps: [Diagnostic.Help("add a `deadline` outside of it, or `give up after …` to it")]))
            default: break
            }
        }
    }
}
