// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// What one environment lays over policies and operations, by the full names of what it changes.
struct OverlayTable {
    private(set) var policies: [QualifiedName: Declared] = [:]
    private(set) var operations: [QualifiedName: Declared] = [:]
    /// The packages whose constants the environment changes.
    private(set) var packagesWithConstants: Set<Int> = []
    /// Shared steps that it changes.
    private(set) var shared: [StepKind: Set<QualifiedName>] = [:]
    /// Whether it changes a shared budget.
    private(set) var changesBudgets = false

    /// Collects the overlays of an environment; names that mean nothing are reported.
    init(_ environment: String, _ names: NameResolver) {
        for (number, package) in names.workspace.packages.enumerated() {
            guard let parts = package.environments[environment] else { continue }
            if !parts.constants.isEmpty { packagesWithConstants.insert(number) }
            for declared in parts.policies {
                Self.add(.policy, declared, environment, to: &policies, names)
            }
            for declared in parts.operations {
                Self.add(.operation, declared, environment, to: &operations, names)
            }
            checkConstants(parts, package, environment, names)
            for (name, declared) in parts.budgets {
                changesBudgets = true
                if package.budgets[name] == nil { reportUnknownBudget(name, declared, package, names) }
            }
            for (kind, table) in parts.shared {
                for (name, declared) in table {
                    guard package.shared[kind]?[name] == nil else {
                        shared[kind, default: []].insert(package.name(name))
                        continue
                    }
                    reportUnknownShared(kind, name, declared, package, names)
                }
            }
        }
    }

    private static func add(
        _ kind: NameResolver.Kind, _ declared: Declared, _ environment: String,
        to table: inout [QualifiedName: Declared], _ names: NameResolver
    ) {
        guard let value = declared.statement.value(.name),
            let found = names.resolve(kind, value, in: declared.file)
        else { return }
        guard !found.declared.isDuplicated else { return }  // Which of the two it changes is open.
        let files = names.workspace.files
        if let first = table[found.name] {
            names.findings.report(
                Diagnostic(
                    .duplicateName, "\(environment) changes \(kind.words) `\(found.name.name)` twice",
                    at: files.label(declared.nameRange, in: declared.file, "changed again here"),
                    secondary: [files.label(first.nameRange, in: first.file, "first changed here")],
                    helps: [Diagnostic.Help("put both changes into one block")]))
        } else {
            table[found.name] = declared
        }
    }

    /// A constant keeps its type in every environment.
    private func checkConstants(
        _ parts: EnvironmentParts, _ package: Package, _ environment: String, _ names: NameResolver
    ) {
        let files = names.workspace.files
        for (name, declared) in parts.constants {
            guard let base = package.constants[name], let baseValue = base.statement.value(.value),
                let value = declared.statement.value(.value), value.kind != baseValue.kind, !value.isDamaged,
                !base.isDuplicated,
                !baseValue.isDamaged
            else { continue }
            names.findings.report(
                Diagnostic(
                    .wrongKind,
                    "`$\(name)` is \(value.kind.typeWords) in \(environment), and \(baseValue.kind.typeWords) elsewhere",
                    at: files.label(value.range, in: declared.file, "\(value.kind.typeWords) here"),
                    secondary: [files.label(baseValue.range, in: base.file, "\(baseValue.kind.typeWords) here")]))
        }
    }

    private func reportUnknownBudget(
        _ name: String, _ declared: Declared, _ package: Package, _ names: NameResolver
    ) {
        names.findings.report(
            UnknownName(kind: "shared budget", name: name, candidates: Array(package.budgets.keys))
                .diagnostic(at: names.workspace.files.label(declared.nameRange, in: declared.file)))
    }

    private func reportUnknownShared(
        _ kind: StepKind, _ name: String, _ declared: Declared, _ package: Package, _ names: NameResolver
    ) {
        names.findings.report(
            UnknownName(
                kind: "shared \(kind.rawValue)", name: name,
                candidates: Array(package.shared[kind, default: [:]].keys)
            ).diagnostic(at: names.workspace.files.label(declared.nameRange, in: declared.file)))
    }
}
