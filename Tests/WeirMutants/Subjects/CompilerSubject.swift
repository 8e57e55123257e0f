// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy
import WeirSyntax

/// The compiler: findings can be shown, an error means no graph, and a graph comes back equal from its JSON.
final class CompilerSubject: MutantSubject {
    func flaw(_ mutant: SourceFile) throws -> String? {
        let compilation = Compiler.compile([SyntaxTree.parse(mutant)])
        let hasError = compilation.diagnostics.contains { $0.severity == .error }
        guard hasError == compilation.hasErrors else { return "an error and a graph do not exclude each other" }
        for finding in compilation.diagnostics where finding.primary.range.end > mutant.bytes.count {
            return "a finding stands outside of the file: \(finding.message)"
        }
        _ = DiagnosticRenderer { _ in mutant }.render(compilation.diagnostics)
        guard let graph = compilation.graph() else { return nil }
        let json = graph.canonicalJSON
        return try PolicyGraph(canonicalJSON: json).canonicalJSON == json ? nil : "the graph reads back different"
    }
}
