// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// How other statements name a step, in the form that the reader writes.
extension StepDraft {
    /// The statement that takes the step out: `remove breaker card-gateway`.
    func removal(in form: SourceFile.Form) -> String {
        form == .weir ? "remove \(words)" : "remove: \(name(in: form))"
    }

    /// The statement that puts others beside it: `before retry { … }`.
    func neighbour(_ side: Form, in form: SourceFile.Form) -> String {
        guard form == .yaml else { return "\(side) \(words) { … }" }
        let shared = shared.map { ", shared: \($0.name)" } ?? ""
        return "\(side): { step: \(kind.rawValue)\(shared), insert: [ … ] }"
    }

    /// The step where a statement refers to it.
    func name(in form: SourceFile.Form) -> String {
        guard form == .yaml, let shared else { return words }
        return "{ step: \(kind.rawValue), shared: \(shared.name) }"
    }
}
