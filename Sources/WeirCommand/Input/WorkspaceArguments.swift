// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import WeirAnalysis
import WeirCompiler
import WeirSyntax
import WeirWorkspace

/// The paths that most verbs take, and how they become a compiled workspace.
struct WorkspaceArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Files or directories; `-` is standard input.", valueName: "path"),
        completion: .file(extensions: ["weir", "yaml", "yml"]))
    var paths: [String] = []

    @Option(help: ArgumentHelp("The path that standard input is known by.", valueName: "path"))
    var stdinPath = "standard-input.weir"

    /// Reads what the paths name.
    ///
    /// No path is the whole workspace. Files and directories are read alone, so a name from elsewhere is unknown there.
    func snapshot() throws -> WorkspaceSnapshot {
        if paths == ["-"] {
            return .text(try StandardInput.read(), path: stdinPath, in: .discover(from: "."))
        }
        guard !paths.contains("-") else {
            throw ValidationError("`-` stands alone: standard input is one file, not part of a list")
        }
        for path in paths { try requireSomething(at: path) }
        let root = WorkspaceRoot.discover(from: paths.first ?? ".")
        guard !paths.isEmpty else { return .read(root) }
        return .read(paths, in: root)
    }

    private func requireSomething(at path: String) throws {
        var status = stat()
        guard stat(path, &status) != 0, errno == ENOENT else { return }
        let isLink = lstat(path, &status) == 0
        throw ValidationError(isLink ? "`\(path)` is a symbolic link to nothing" : "there is no `\(path)`")
    }
}

/// A workspace as read and compiled, and how to print what was found.
struct CompiledWorkspace {
    let snapshot: WorkspaceSnapshot
    let compilation: Compilation
    private let sources: [String: SourceFile]

    init(_ snapshot: WorkspaceSnapshot) {
        self.snapshot = snapshot
        compilation = Compiler.compile(
            files: snapshot.files, options: CompilerOptions(rootIsKnown: snapshot.root.rootIsKnown))
        sources = Dictionary(snapshot.files.map { ($0.path, $0) }) { first, _ in first }
    }

    /// All findings, of reading and of compiling, in order.
    var diagnostics: [Diagnostic] { (snapshot.diagnostics + compilation.diagnostics).inOrder }

    /// What the runtime of this version does not enforce, a remark a statement.
    var remarks: [Diagnostic] { EnforcementRemarks.remarks(compilation.unenforced) { sources[$0] } }

    /// A renderer that knows the files as they were read.
    func renderer(isColoured: Bool) -> DiagnosticRenderer {
        let sources = sources
        return DiagnosticRenderer(isColoured: isColoured) { sources[$0] }
    }

    /// Ends the verb unless there is something to work on and it is free of errors, which are printed otherwise.
    func requireSound() throws {
        if snapshot.files.isEmpty && diagnostics.isEmpty { throw NothingMatched(root: snapshot.root.path) }
        guard diagnostics.contains(where: { $0.severity == .error }) else { return }
        let terminal = Terminal.standardError
        terminal.write(renderer(isColoured: terminal.isColoured).render(diagnostics.filter { $0.severity == .error }))
        terminal.line(diagnostics.summary(files: snapshot.files.count))
        throw snapshot.files.isEmpty ? ExitStatus.usage : ExitStatus.findings
    }
}

/// No policy file where one was looked for.
struct NothingMatched: Error, CustomStringConvertible {
    let root: String
    var description: String {
        "no policy file (`*.weir`, `*.weir.yaml`) was found from \(root); name a file or a directory"
    }
}
