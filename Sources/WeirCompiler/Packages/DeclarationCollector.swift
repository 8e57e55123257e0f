// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Collects what one file declares into its package, and reports what is declared twice.
struct DeclarationCollector {
    let file: Int
    let findings: Findings

    func collect(into workspace: inout Workspace) {
        let number = workspace.scopes[file].package
        for statement in workspace.files.trees[file].statements {
            switch statement.form {
            case .test:
                if let value = statement.value(.name) {
                    workspace.tests.append(declared(statement, number, value.range))
                }
            case .environment: collectEnvironment(statement, number, &workspace)
            case .defaults:
                for block in statement.statements {
                    guard let kind = block.form.defaultsOf else { continue }
                    let entry = declared(block, number, block.keywordRange)
                    insert(
                        entry, kind, "`defaults` for `\(kind.rawValue)`", into: &workspace.packages[number].defaults,
                        workspace.files)
                }
            default: collectNamed(statement, number, &workspace)
            }
        }
    }

    private func collectNamed(_ statement: Statement, _ number: Int, _ workspace: inout Workspace) {
        guard let value = statement.value(.name) else { return }
        let entry = declared(statement, number, value.range)
        let name = value.text
        switch statement.form {
        case .policy:
            insert(entry, name, "policy `\(name)`", into: &workspace.packages[number].policies, workspace.files)
        case .constant:
            insert(entry, name, "constant `\(name)`", into: &workspace.packages[number].constants, workspace.files)
        case .sharedBudget:
            insert(entry, name, "shared budget `\(name)`", into: &workspace.packages[number].budgets, workspace.files)
        case .api:
            insert(entry, name, "api `\(name)`", into: &workspace.packages[number].apis, workspace.files)
        case .service:
            insert(entry, name, "service `\(name)`", into: &workspace.packages[number].services, workspace.files)
            for operation in statement.statements where operation.form == .operation {
                guard let own = operation.value(.name) else { continue }
                insert(
                    declared(operation, number, own.range), "\(name).\(own.text)", "operation `\(name).\(own.text)`",
                    into: &workspace.packages[number].operations, workspace.files)
            }
        case let form:
            if let kind = RoutingKind(form) {
                insert(
                    entry, name, "\(kind.words) `\(name)`",
                    into: &workspace.packages[number].routing[kind, default: [:]], workspace.files)
            }
            guard let kind = form.sharedKind else { return }
            insert(
                entry, name, "shared \(kind.rawValue) `\(name)`",
                into: &workspace.packages[number].shared[kind, default: [:]], workspace.files)
        }
    }

    private func collectEnvironment(_ statement: Statement, _ number: Int, _ workspace: inout Workspace) {
        guard let value = statement.value(.name) else { return }
        let name = value.text
        var parts = workspace.packages[number].environments[name] ?? EnvironmentParts()
        if let first = parts.blocks.first(where: { $0.file == file }) {
            reportDuplicate("environment `\(name)`", value.range, first, workspace.files)
        }
        parts.blocks.append(declared(statement, number, value.range))
        for inner in statement.statements {
            guard let value = inner.value(.name) else { continue }
            let entry = declared(inner, number, value.range)
            let text = value.text
            switch inner.form {
            case .constant:
                insert(entry, text, "constant `\(text)` of \(name)", into: &parts.constants, workspace.files)
            case .sharedBudget:
                insert(entry, text, "shared budget `\(text)` of \(name)", into: &parts.budgets, workspace.files)
            case .policyOverlay: parts.policies.append(entry)
            case .operationOverlay: parts.operations.append(entry)
            case let form:
                guard let kind = form.sharedKind else { continue }
                insert(
                    entry, text, "shared \(kind.rawValue) `\(text)` of \(name)",
                    into: &parts.shared[kind, default: [:]], workspace.files)
            }
        }
        workspace.packages[number].environments[name] = parts
    }

    private func declared(_ statement: Statement, _ package: Int, _ range: SourceRange) -> Declared {
        Declared(statement: statement, file: file, package: package, nameRange: range)
    }

    private func insert<Key: Hashable>(
        _ entry: Declared, _ key: Key, _ what: @autoclosure () -> String, into table: inout [Key: Declared],
        _ files: FileTable
    ) {
        if let first = table[key] {
            reportDuplicate(what(), entry.nameRange, first, files)
            table[key]?.isDuplicated = true
        } else {
            table[key] = entry
        }
    }

    private func reportDuplicate(_ what: String, _ range: SourceRange, _ first: Declared, _ files: FileTable) {
        findings.report(
            Diagnostic(
                .duplicateName, "\(what) is declared twice", at: files.label(range, in: file, "declared again here"),
                secondary: [files.label(first.nameRange, in: first.file, "first declared here")],
                helps: [Diagnostic.Help("rename one of them, or delete it")]))
    }
}

extension Form {
    /// The kind of step that a block of `defaults` fills in.
    var defaultsOf: StepKind? {
        switch self {
        case .defaultRetry: .retry
        case .defaultBreaker: .breaker
        case .defaultLimit: .limit
        case .defaultBulkhead: .bulkhead
        default: nil
        }
    }

    /// The kind of step that a `shared` statement declares.
    var sharedKind: StepKind? {
        switch self {
        case .sharedBreaker: .breaker
        case .sharedBulkhead: .bulkhead
        case .sharedLimit: .limit
        case .sharedRetry: .retry
        default: nil
        }
    }

    /// The kind of step that a statement of a pipeline is.
    var stepKind: StepKind? {
        switch self {
        case .deadline: .deadline
        case .timeout: .timeout
        case .limit: .limit
        case .bulkhead: .bulkhead
        case .retry: .retry
        case .breaker: .breaker
        case .hedge: .hedge
        case .fallback: .fallback
        case .cache: .cache
        case .coalesce: .coalesce
        case .throttle: .throttle
        case .chaosStep: .chaos
        default: nil
        }
    }
}
