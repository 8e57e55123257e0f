// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirAnalysis
import WeirCompiler
import WeirPolicy
import WeirSyntax

/// `weir explain`: a policy or an operation as it runs, with the origin of every value.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows a policy as it runs: every value, who set it, and the worst case.",
        discussion: """
            EXAMPLES
              weir explain card-payments                 a policy of the workspace
              weir explain card-payments --env staging   the same with an environment's overlays
              weir explain payments.authorize            an operation, and the policies of its callers
              weir explain S003                          a finding's meaning
            """)

    @Argument(help: "A policy, an operation, or the code or name of a finding.")
    var target: String

    @OptionGroup var workspace: WorkspaceArguments

    @Option(name: .customLong("env"), help: "The environment whose overlays are laid over the base.")
    var environment: String?

    func run() throws {
        if let finding = DiagnosticCatalogue.find(target) {
            Terminal.standardOutput.line(
                "\(finding.code) \(finding.path) (\(finding.severity.word))\n\n  \(finding.summary)")
            return
        }
        let compiled = CompiledWorkspace(try workspace.whole())
        try compiled.requireSound()
        let graph = try compiled.graph(environment: environment)
        let style = Style(isColoured: Terminal.standardOutput.isColoured)
        let text = ExplanationText(style: style, width: min(Terminal.standardOutput.width, 120))
        if let policy = try policy(in: compiled.compilation, graph) {
            Terminal.standardOutput.write(text.policy(PolicyExplanation(policy, in: graph, width: text.drawingWidth)))
        } else if let operation = try operation(in: graph) {
            Terminal.standardOutput.write(text.operation(OperationExplanation(operation, in: graph)))
        } else {
            throw unknown(in: compiled.compilation)
        }
    }

    private func policy(in compilation: Compilation, _ graph: PolicyGraph) throws -> ResolvedPolicy? {
        let names = compilation.policies(named: target)
        guard names.count < 2 else { throw ambiguous(names) }
        return names.first.flatMap { graph.policy($0) }
    }

    private func operation(in graph: PolicyGraph) throws -> OperationNode? {
        let found = graph.operations.filter {
            $0.name.description == target || $0.name.name == target || $0.name.name.hasSuffix(".\(target)")
        }
        guard found.count < 2 else { throw ambiguous(found.map(\.name)) }
        return found.first
    }

    private func ambiguous(_ names: [QualifiedName]) -> CommandError {
        CommandError("`\(target)` may be \(names.map { "`\($0)`" }.joined(separator: " or ")); name it in full")
    }

    private func unknown(in compilation: Compilation) -> CommandError {
        let near =
            compilation.suggestions(for: target, kind: .policy) + compilation.suggestions(for: target, kind: .operation)
        let hint = near.isEmpty ? "" : "; did you mean \(near.prefix(3).map { "`\($0)`" }.joined(separator: " or "))?"
        return CommandError("no policy, operation or finding is called `\(target)`\(hint)")
    }
}
