// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Warns of what is declared or brought in and nothing makes use of; runs last, and only on files without errors.
struct UnusedStage {
    let names: NameResolver

    private var packages: [Package] { names.workspace.packages }

    func run() {
        reportImports()
        reportConstants()
        if packages.contains(where: \.declaresCalls) { reportPolicies() }
        if packages.contains(where: { !$0.policies.isEmpty }) { reportShared() }
    }

    private func reportImports() {
        for (file, scope) in names.workspace.scopes.enumerated() {
            for (alias, brought) in scope.aliases where !names.usedImports.contains(brought.ordinal) {
                report(
                    .unusedUse, "nothing in this file comes from `\(alias)`", brought.statement.headRange, file,
                    "brought in for nothing", "delete this statement")
            }
        }
    }

    private func reportConstants() {
        for package in packages {
            let overlays = package.environments.values.flatMap(\.constants)
            for (name, declared) in Array(package.constants) + overlays
            where !names.usedConstants.contains(package.name(name)) {
                report(
                    .unusedLet, "nothing reads `$\(name)`", declared.nameRange, declared.file,
                    "declared for nothing", "delete this statement")
            }
        }
    }

    /// Only where calls are declared: elsewhere all policies may be meant for code that names them.
    private func reportPolicies() {
        for package in packages {
            for (name, declared) in package.policies where !names.usedPolicies.contains(package.name(name)) {
                report(
                    .unusedPolicy, "nothing uses policy `\(name)`", declared.nameRange, declared.file,
                    "declared for nothing", "name it behind `using` or `extends`, or delete it")
            }
        }
    }

    /// Only where there are policies: elsewhere shared steps stand ready for policies to come.
    private func reportShared() {
        for package in packages {
            for (name, declared) in package.budgets where !names.usedBudgets.contains(package.name(name)) {
                report(
                    .unusedShared, "no step refers to shared budget `\(name)`", declared.nameRange, declared.file,
                    "declared for nothing", "write `budget \(name)` in a retry or a hedge, or delete it")
            }
            for (kind, table) in package.shared {
                for (name, declared) in table where !(names.usedShared[kind]?.contains(package.name(name)) ?? false) {
                    report(
                        .unusedShared, "no policy refers to shared \(kind.rawValue) `\(name)`", declared.nameRange,
                        declared.file, "declared for nothing",
                        "refer to it in a policy, or delete it")
                }
            }
        }
    }

    private func report(
        _ id: DiagnosticID, _ message: String, _ range: SourceRange, _ file: Int, _ label: String, _ help: String
    ) {
        names.findings.report(
            Diagnostic(
                id, message, at: names.workspace.files.label(range, in: file, label),
                helps: [Diagnostic.Help(help)]))
    }
}

extension Package {
    /// Whether one of its operations says what it calls, in any environment.
    fileprivate var declaresCalls: Bool {
        let overlays = environments.values.flatMap(\.operations)
        return (Array(operations.values) + overlays).contains { operation in
            operation.statement.statements.contains { $0.form == .calls }
        }
    }
}
