// SPDX-License-Identifier: Apache-2.0

import WeirAnalysis
import WeirCompiler
import WeirExport
import WeirPolicy
import WeirSyntax
import WeirWorkspace

/// A workspace as read and compiled, and how to print what was found in the files that were asked for.
struct CompiledWorkspace {
    let compilation: Compilation
    /// The paths that were asked for.
    let asked: Set<String>
    private let selection: WorkspaceSelection
    private let sources: [String: SourceFile]
    /// What is wrong with dates that have been published.
    private let published: [Diagnostic]

    init(_ selection: WorkspaceSelection) {
        self.selection = selection
        asked = Set(selection.asked.files.map(\.path))
        let snapshot = selection.whole
        compilation = Compiler.compile(
            files: snapshot.files, options: CompilerOptions(rootIsKnown: snapshot.root.rootIsKnown))
        published = PublishedDateCheck.findings(snapshot, compilation)
        sources = Dictionary(snapshot.files.map { ($0.path, $0) }) { first, _ in first }
    }

    var root: WorkspaceRoot { selection.whole.root }

    /// The findings that concern what was asked for, of reading and of compiling, in order.
    var diagnostics: [Diagnostic] {
        let found = (compilation.diagnostics + published).filter { finding in
            asked.contains(finding.primary.file) || finding.secondary.contains { asked.contains($0.file) }
        }
        return (selection.asked.diagnostics + found).inOrder
    }

    /// What the runtime of this version does not enforce, a remark a statement.
    var remarks: [Diagnostic] {
        EnforcementRemarks.remarks(compilation.unenforced) { sources[$0] }.filter { asked.contains($0.primary.file) }
    }

    /// The tests of the files that were asked for.
    var tests: [TestCase] { compilation.tests.filter { asked.contains($0.place.file) } }

    /// How many files were looked at, those that could not be read among them.
    var fileCount: Int { asked.union(selection.asked.diagnostics.map(\.primary.file)).count }

    /// A renderer that knows the files as they were read.
    func renderer(isColoured: Bool) -> DiagnosticRenderer {
        let sources = sources
        return DiagnosticRenderer(isColoured: isColoured) { sources[$0] }
    }

    /// Writes findings for programs.
    var findingsText: FindingsText {
        let sources = sources
        return FindingsText { sources[$0] }
    }

    /// The policies as they are in an environment, or without one.
    func graph(environment: String?) throws -> PolicyGraph {
        if let environment { try requireEnvironment(environment) }
        guard let graph = compilation.graph(environment: environment) else { throw ExitStatus.findings }
        return graph
    }

    /// Ends the verb unless some file declares the environment.
    func requireEnvironment(_ name: String) throws {
        guard !compilation.environments.contains(name) else { return }
        let known = compilation.environments.map { "`\($0)`" }.joined(separator: ", ")
        throw CommandError("there is no environment `\(name)`" + (known.isEmpty ? "" : "; there are \(known)"))
    }

    /// Ends the verb unless there is something to work on and the whole is free of errors, which are printed otherwise.
    func requireSound() throws {
        let all = selection.whole.diagnostics + compilation.diagnostics + published
        let errors = all.filter { $0.severity == .error }.inOrder
        if asked.isEmpty && errors.isEmpty { throw NothingMatched(root: root.path) }
        guard !errors.isEmpty else { return }
        let terminal = Terminal.standardError
        terminal.write(renderer(isColoured: terminal.isColoured).render(errors))
        terminal.line(errors.summary(files: Set(sources.keys).union(errors.map(\.primary.file)).count))
        throw ExitStatus.findings
    }
}

/// No policy file where one was looked for.
struct NothingMatched: Error, CustomStringConvertible {
    let root: String
    var description: String {
        "no policy file (`*.weir`, `*.weir.yaml`) was found from \(root); name a file or a directory"
    }
}
