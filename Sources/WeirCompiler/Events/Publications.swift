// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Resolves what is published where, and reports events that the exchange does not carry.
struct Publications {
    let names: NameResolver
    let file: Int

    /// The event and the exchange that two values name.
    func resolve(_ event: Value?, to exchange: Value?) -> OperationNode.Publication? {
        let type = event.flatMap { names.resolve(.routing(.event), $0, in: file) }
        let target = exchange.flatMap { names.resolve(.routing(.exchange), $0, in: file) }
        guard let event, let type, let target else { return nil }
        check(event, type.name, target)
        return OperationNode.Publication(event: type.name, exchange: target.name)
    }

    private func check(_ value: Value, _ event: QualifiedName, _ exchange: (name: QualifiedName, declared: Declared)) {
        guard let carries = exchange.declared.statement.first(.carries), !carries.isDamaged else { return }
        let carried = carries.values(.carries).map {
            names.find(.routing(.event), $0.text, from: exchange.declared.file)?.name
        }
        // A name there that means nothing may be this event, misspelt.
        guard !carried.contains(event), !carried.contains(nil) else { return }
        let files = names.workspace.files
        names.findings.report(
            Diagnostic(
                .notCarried, "`\(exchange.name.name)` does not carry `\(event.name)`",
                at: files.label(value.range, in: file, "published here"),
                secondary: [
                    files.label(carries.keywordRange, in: exchange.declared.file, "what it carries stands here")
                ], helps: [Diagnostic.Help("add the event to what the exchange carries, or publish it elsewhere")]))
    }
}
