// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirSyntax
import WeirWorkspace

/// `weir fmt`: the one style, by re-spacing alone.
struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Formats policy files in the one style there is.",
        discussion: """
            Only white space changes: steps are never moved and comments stay. A file
            with errors is left alone. YAML has formatters of its own and is not touched.

            EXAMPLES
              weir fmt                  format the workspace
              weir fmt --check          fail if something is not formatted, for CI
              weir fmt --diff a.weir    show what would change
              weir fmt -                from standard input to standard output
            """)

    @OptionGroup var workspace: WorkspaceArguments

    @Flag(help: "Write nothing; exit with 1 when a file is not formatted.")
    var check = false

    @Flag(help: "Write nothing; show what would change.")
    var diff = false

    func run() throws {
        let snapshot = try workspace.snapshot()
        let files = snapshot.files.filter { $0.form == .weir }
        guard !files.isEmpty || !snapshot.diagnostics.isEmpty else { throw NothingMatched(root: snapshot.root.path) }
        var changed: [String] = []
        var refusals: [Diagnostic] = snapshot.diagnostics
        for file in files {
            switch Formatter.format(file) {
            case .unchanged: if isStandardInput { write(file.bytes) }
            case .changed(let bytes):
                changed.append(file.path)
                try deliver(bytes, for: file, in: snapshot)
            case .refused(let diagnostic):
                refusals.append(diagnostic)
                if isStandardInput { write(file.bytes) }
            }
        }
        try conclude(changed: changed, refusals: refusals, files: files)
    }

    private var isStandardInput: Bool { workspace.paths == ["-"] && !check && !diff }

    private func deliver(_ bytes: [UInt8], for file: SourceFile, in snapshot: WorkspaceSnapshot) throws {
        if diff {
            Terminal.standardOutput.write(UnifiedDiff.text(from: file.bytes, to: bytes, path: file.path))
        } else if check {
            Terminal.standardOutput.line(file.path)
        } else if isStandardInput {
            write(bytes)
        } else {
            try FileWriting.replace(snapshot.location(of: file), with: bytes)
        }
    }

    private func conclude(changed: [String], refusals: [Diagnostic], files: [SourceFile]) throws {
        let terminal = Terminal.standardError
        if !refusals.isEmpty {
            let sources = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
            let renderer = DiagnosticRenderer(isColoured: terminal.isColoured) { sources[$0] }
            terminal.write(renderer.render(refusals))
        }
        let verb = check || diff ? "to format" : "formatted"
        terminal.line(
            "\(changed.count) of \(files.count) files \(verb)"
                + (refusals.isEmpty ? "" : ", \(refusals.count) left alone"))
        guard refusals.isEmpty, changed.isEmpty || !(check || diff) else { throw ExitStatus.findings }
    }

    private func write(_ bytes: [UInt8]) { Terminal.standardOutput.write(bytes) }
}
