// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
public import WeirSyntax

/// What a set of policy files means, and what is wrong with it.
public struct Compilation: Sendable {
    /// The findings of all stages, by file, offset and code.
    public let diagnostics: [Diagnostic]
    /// The environments that the files declare, in order of their names.
    public let environments: [String]
    /// The tests in order of file and place.
    public let tests: [TestCase]
    /// The statements that this version's runtime does not enforce.
    public let unenforced: [Unenforced]
    /// The `allow` statements in order of file and place.
    public let allowances: [Allowance]
    /// Everything that is declared, in order of file and place.
    public let declarations: [Declaration]

    private let graphs: ResolvedGraphs?

    /// Whether something is wrong that keeps the files from having a meaning.
    public var hasErrors: Bool { graphs == nil }

    /// The policy that each policy extends, where it extends one; empty when there are errors.
    public var inheritance: [QualifiedName: QualifiedName] { graphs?.inheritance ?? [:] }

    /// The graph of an environment, or of the base; nil when there are errors or no file declares the environment.
    public func graph(environment: String? = nil) -> PolicyGraph? { graphs?.graph(environment: environment) }

    /// Where the parts of a graph are written.
    public func sourceMap(environment: String? = nil) -> SourceMap? {
        graph(environment: environment).map { SourceMap($0) }
    }

    /// Runs the stages, each on what the one before it made.
    init(trees: [SyntaxTree], options: CompilerOptions) {
        let findings = Findings()
        let workspace = PackageStage(FileTable(trees), options: options, findings: findings).run()
        let names = NameResolver(workspace, findings: findings)
        let resolved = GraphStage(names).run()
        let tests = TestStage(names: names).run()
        let isSound = !findings.hasErrors && !trees.contains { $0.diagnostics.contains { $0.severity == .error } }
        if isSound { UnusedStage(names: names).run() }
        let facts = FactStage(workspace)
        diagnostics = (trees.flatMap(\.diagnostics) + findings.all).inOrder
        environments = workspace.environments
        graphs = isSound ? resolved : nil
        self.tests = isSound ? tests : []
        unenforced = facts.unenforced
        allowances = facts.allowances
        declarations = facts.declarations
    }
}

extension Compilation {
    /// The policies that a person may mean by a name: a full name, or the last parts of one; several when it is ambiguous.
    public func policies(named name: String) -> [QualifiedName] {
        let all = declarations.filter { $0.kind == .policy }.map(\.name)
        let exact = all.filter { $0.description == name }
        return exact.isEmpty ? all.filter { $0.description.hasSuffix(".\(name)") }.sorted() : exact
    }

    /// The operations that a person may mean by a name, in the same manner.
    public func operations(named name: String) -> [QualifiedName] {
        let all = declarations.filter { $0.kind == .operation }.map(\.name)
        let exact = all.filter { $0.description == name }
        return exact.isEmpty ? all.filter { $0.description.hasSuffix(".\(name)") }.sorted() : exact
    }

    /// The names of a kind within two edits of a name, nearest first; short names and full names.
    public func suggestions(for name: String, kind: Declaration.Kind) -> [String] {
        let all = declarations.filter { $0.kind == kind }
        return NearestName.near(name, among: Set(all.flatMap { [$0.name.name, $0.name.description] }).sorted())
    }
}
