// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Finds what a name in a file means: first in the file's own package, then behind a used package's name, then by the full
/// path; reports names that mean nothing.
///
/// A class, because it also remembers which `use` statements, constants, policies and shared steps were of use to any stage.
final class NameResolver {
    /// The kinds of thing that a path may name.
    enum Kind: Hashable {
        case policy, operation, service, api, budget
        case shared(StepKind)
        case routing(RoutingKind)

        var words: String {
            switch self {
            case .policy: "policy"
            case .operation: "operation"
            case .service: "service"
            case .api: "api"
            case .budget: "shared budget"
            case .shared(let kind): "shared \(kind.rawValue)"
            case .routing(let kind): kind.words
            }
        }

        /// How many parts a name has inside its package.
        var parts: Int { self == .operation ? 2 : 1 }
    }

    let workspace: Workspace
    let findings: Findings
    private(set) var usedImports: Set<Int> = []
    var usedConstants: Set<QualifiedName> = []
    private(set) var usedPolicies: Set<QualifiedName> = []
    private(set) var usedShared: [StepKind: Set<QualifiedName>] = [:]
    private(set) var usedBudgets: Set<QualifiedName> = []

    init(_ workspace: Workspace, findings: Findings) {
        self.workspace = workspace
        self.findings = findings
    }

    /// The declaration that a path names, nil when there is none of that kind.
    func find(_ kind: Kind, _ path: String, from file: Int) -> (name: QualifiedName, declared: Declared)? {
        if kind == .routing(.event) { return findEvent(path, from: file) }
        let scope = workspace.scopes[file]
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > kind.parts else { return lookUp(kind, path, in: scope.package) }
        let name = parts.suffix(kind.parts).joined(separator: ".")
        let qualifier = parts.dropLast(kind.parts).joined(separator: ".")
        if let brought = scope.aliases[qualifier], let found = lookUp(kind, name, in: brought.package) {
            usedImports.insert(brought.ordinal)
            return found
        }
        guard let package = workspace.packageNumbers[qualifier] else { return nil }
        for brought in scope.aliases.values where brought.package == package { usedImports.insert(brought.ordinal) }
        return lookUp(kind, name, in: package)
    }

    /// An event's name has any number of parts, so every place between two may be the end of a package's name.
    private func findEvent(_ path: String, from file: Int) -> (name: QualifiedName, declared: Declared)? {
        let scope = workspace.scopes[file]
        if let own = lookUp(.routing(.event), path, in: scope.package) { return own }
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        for count in stride(from: parts.count - 1, to: 0, by: -1) {
            let qualifier = parts[..<count].joined(separator: ".")
            let name = parts[count...].joined(separator: ".")
            let package = scope.aliases[qualifier]?.package ?? workspace.packageNumbers[qualifier]
            guard let package, let found = lookUp(.routing(.event), name, in: package) else { continue }
            for brought in scope.aliases.values where brought.package == package { usedImports.insert(brought.ordinal) }
            return found
        }
        return nil
    }

    /// The declaration that a value names; reports it when there is none.
    func resolve(_ kind: Kind, _ value: Value, in file: Int) -> (name: QualifiedName, declared: Declared)? {
        guard !value.isDamaged else { return nil }
        let path = value.text
        guard let found = find(kind, path, from: file) else {
            report(kind, value, path, file)
            return nil
        }
        switch kind {
        case .policy: usedPolicies.insert(found.name)
        case .shared(let step): usedShared[step, default: []].insert(found.name)
        case .budget: usedBudgets.insert(found.name)
        case .operation, .service, .api, .routing: break
        }
        return found
    }

    private func lookUp(_ kind: Kind, _ name: String, in package: Int) -> (name: QualifiedName, declared: Declared)? {
        let table = workspace.packages[package]
        let declared =
            switch kind {
            case .policy: table.policies[name]
            case .operation: table.operations[name]
            case .service: table.services[name]
            case .api: table.apis[name]
            case .budget: table.budgets[name]
            case .shared(let step): table.shared[step]?[name]
            case .routing(let routing): table.routing[routing]?[name]
            }
        return declared.map { (table.name(name), $0) }
    }

    private func report(_ kind: Kind, _ value: Value, _ path: String, _ file: Int) {
        let place = workspace.files.label(value.range, in: file)
        if let (words, other) = otherKind(kind, path, file) {
            findings.report(
                Diagnostic(
                    .wrongKind, "`\(path)` is a \(words), and a \(kind.words) is due here".withArticles,
                    at: place,
                    secondary: [workspace.files.label(other.nameRange, in: other.file, "declared here")]))
            return
        }
        findings.report(
            UnknownName(kind: kind.words, name: path, candidates: names(of: kind, from: file)).diagnostic(at: place))
    }

    /// The declaration of another kind that a path names.
    private func otherKind(_ kind: Kind, _ path: String, _ file: Int) -> (String, Declared)? {
        let kinds: [Kind] =
            [.policy, .operation, .service, .api, .budget]
            + [.breaker, .bulkhead, .limit, .retry].map { Kind.shared($0) }
            + RoutingKind.allCases.map { Kind.routing($0) }
        for other in kinds where other != kind {
            if let found = find(other, path, from: file) { return (other.words, found.declared) }
        }
        return nil
    }

    /// All names of a kind as a file may write them.
    func names(of kind: Kind, from file: Int) -> [String] {
        let scope = workspace.scopes[file]
        var names = Self.names(of: kind, in: workspace.packages[scope.package])
        for (alias, brought) in scope.aliases {
            names += Self.names(of: kind, in: workspace.packages[brought.package]).map { "\(alias).\($0)" }
        }
        return names
    }

    static func names(of kind: Kind, in package: Package) -> [String] {
        switch kind {
        case .policy: Array(package.policies.keys)
        case .operation: Array(package.operations.keys)
        case .service: Array(package.services.keys)
        case .api: Array(package.apis.keys)
        case .budget: Array(package.budgets.keys)
        case .shared(let step): Array(package.shared[step, default: [:]].keys)
        case .routing(let routing): Array(package.routing[routing, default: [:]].keys)
        }
    }
}

extension String {
    /// `a operation` as `an operation`.
    var withArticles: String {
        ["operation", "event", "exchange", "audit"].reduce(self) { $0.replacing(" a \($1)", with: " an \($1)") }
    }
}
