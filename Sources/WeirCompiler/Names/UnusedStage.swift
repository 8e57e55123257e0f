// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// Warns of packages and constants that nothing makes use of; runs last, and only on files without errors.
struct UnusedStage {
    let names: NameResolver

    func run() {
        let files = names.workspace.files
        for (file, scope) in names.workspace.scopes.enumerated() {
            for (alias, brought) in scope.aliases where !names.usedImports.contains(brought.ordinal) {
                let range = brought.statement.headRange
                names.findings.report(
                    Diagnostic(
                        .unusedUse, "nothing in this file comes from `\(alias)`",
                        at: files.label(range, in: file, "brought in for nothing"),
                        helps: [Diagnostic.Help("delete this statement")]))
            }
        }
        for package in names.workspace.packages {
            let overlays = package.environments.values.flatMap(\.constants)
            for (name, declared) in Array(package.constants) + overlays
            where !names.usedConstants.contains(package.name(name)) {
                names.findings.report(
                    Diagnostic(
                        .unusedLet, "nothing reads `$\(name)`",
                        at: files.label(declared.nameRange, in: declared.file, "declared for nothing"),
                        helps: [Diagnostic.Help("delete this statement")]))
            }
        }
    }
}
