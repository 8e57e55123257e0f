// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Collects, file by file, the facts that tools ask for: declarations, allowances, and what is not enforced.
struct FactStage {
    let workspace: Workspace
    private(set) var declarations: [Declaration] = []
    private(set) var allowances: [Allowance] = []
    private(set) var unenforced: [Unenforced] = []

    /// The ids of the statements that are not enforced; looked up for every statement there is.
    private static let declaredOnly: [Form: String] = Dictionary(
        LanguageTable.rows.compactMap { row in
            if case .declaredOnly(let id) = row.capability { (row.form, id) } else { nil }
        }
    ) { first, _ in first }

    /// The slots of which some values are not enforced.
    private static let gaps: [Form: [Slot: SlotFacts.Gap]] = Dictionary(
        LanguageTable.rows.compactMap { row in
            let gaps = row.slots.compactMapValues(\.gap)
            return gaps.isEmpty ? nil : (row.form, gaps)
        }
    ) { first, _ in first }

    private static func gap(of statement: Statement) -> String? {
        guard let gaps = gaps[statement.form] else { return nil }
        for value in statement.allValues {
            if let gap = gaps[value.slot], !gap.enforced.contains(value.text) { return gap.id }
        }
        return nil
    }

    init(_ workspace: Workspace) {
        self.workspace = workspace
        for file in workspace.scopes.indices {
            for statement in workspace.files.trees[file].statements { visit(statement, file, .file, isCovered: false) }
        }
    }

    /// - Parameter isCovered: whether a statement around it is not enforced, which says as much of all in its block.
    private mutating func visit(
        _ statement: Statement, _ file: Int, _ scope: Allowance.Scope, isCovered: Bool
    ) {
        var inner = scope
        let form = statement.form
        if form == .allow {
            allow(statement, file, scope)
            return
        }
        if form.stepKind == nil, SettingKey(form) == nil, let name = statement.value(.name)?.text {
            let package = workspace.package(of: file)
            switch form {
            case .policy:
                inner = .policy(package.name(name), environment: nil)
                declare(.policy, package.name(name), statement, file)
            case .service:
                inner = .service(package.name(name))
                declare(.service, package.name(name), statement, file)
            case .api:
                inner = .api(package.name(name))
                declare(.api, package.name(name), statement, file)
            case .operation:
                guard case .service(let service) = scope else { break }
                inner = .operation(package.name("\(service.name).\(name)"), environment: nil)
                declare(.operation, package.name("\(service.name).\(name)"), statement, file)
            case .environment:
                inner = .environment(name)
                declare(.environment, package.name(name), statement, file)
            case .constant where scope == .file: declare(.constant, package.name(name), statement, file)
            case .sharedBudget where scope == .file: declare(.budget, package.name(name), statement, file)
            case .policyOverlay: inner = overlay(.policy, name, scope, file)
            case .operationOverlay: inner = overlay(.operation, name, scope, file)
            default:
                guard scope == .file else { break }
                if let kind = form.sharedKind {
                    declare(Self.kind(kind), package.name(name), statement, file)
                } else if let kind = RoutingKind(form)?.declaration {
                    inner = .declaration(kind, package.name(name))
                    declare(kind, package.name(name), statement, file)
                }
            }
        }
        let isReported = !isCovered && checkCapability(statement, file)
        for child in statement.statements { visit(child, file, inner, isCovered: isCovered || isReported) }
    }

    private mutating func declare(
        _ kind: Declaration.Kind, _ name: QualifiedName, _ statement: Statement, _ file: Int
    ) {
        let range = statement.value(.name)?.range ?? statement.keywordRange
        declarations.append(
            Declaration(
                kind: kind, name: name, place: workspace.files.place(range, in: file),
                documentation: statement.documentation))
    }

    private func overlay(
        _ kind: NameResolver.Kind, _ path: String, _ scope: Allowance.Scope, _ file: Int
    ) -> Allowance.Scope {
        guard case .environment(let environment) = scope else { return scope }
        let names = NameResolver(workspace, findings: Findings())
        guard let found = names.find(kind, path, from: file) else { return scope }
        return kind == .policy
            ? .policy(found.name, environment: environment) : .operation(found.name, environment: environment)
    }

    private mutating func allow(_ statement: Statement, _ file: Int, _ scope: Allowance.Scope) {
        guard !statement.isDamaged, let because = statement.value(.because)?.string() else { return }
        allowances.append(
            Allowance(
                rules: statement.values(.rules).map(\.text), because: because, until: statement.value(.until)?.text,
                scope: scope, place: workspace.files.place(statement.keywordRange, in: file)))
    }

    /// Notes a statement that is not enforced; whether it is.
    private mutating func checkCapability(_ statement: Statement, _ file: Int) -> Bool {
        guard let id = Self.declaredOnly[statement.form] ?? Self.gap(of: statement) else { return false }
        unenforced.append(
            Unenforced(
                id: id, words: workspace.files.trees[file].words(in: statement.headRange),
                place: workspace.files.place(statement.keywordRange, in: file)))
        return true
    }

    private static func kind(_ step: StepKind) -> Declaration.Kind {
        switch step {
        case .breaker: .breaker
        case .bulkhead: .bulkhead
        case .limit: .limit
        default: .retry
        }
    }
}

extension SyntaxTree {
    /// The file's text in a range, on one line.
    func words(in range: SourceRange) -> String {
        let end = min(Int(range.end), source.bytes.count)
        let text = String(decoding: source.bytes[min(Int(range.start), end)..<end], as: UTF8.self)
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }
}
