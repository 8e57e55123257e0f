// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirSyntax
import WeirWorkspace

/// `weir convert`: policy files in the other of their two forms.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Converts policy files to YAML, or to the language's own text.",
        discussion: """
            Statements, values, documentation and comments are kept. The result is read
            again and compared before anything is printed; a file that would not mean the
            same is refused. Files that are in the form already are passed over.

            EXAMPLES
              weir convert --to yaml shop.weir              print the YAML twin
              weir convert --to weir shop.weir.yaml -o a.weir
              weir convert --to yaml --write policies       write each twin beside its file
              weir convert --to weir - < shop.weir.yaml     from standard input
            """)

    @OptionGroup var workspace: WorkspaceArguments

    @Option(help: "The form: yaml or weir.")
    var to: WrittenForm

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    @Flag(help: "Write each result beside its file, with the other ending.")
    var write = false

    @Flag(help: "Write over files that exist.")
    var force = false

    func validate() throws {
        guard !write || output == "-" else { throw ValidationError("`--write` and `--output` exclude each other") }
        guard !write || workspace.paths != ["-"] else {
            throw ValidationError("`--write` has no file to write beside; standard input goes to `--output`")
        }
    }

    func run() throws {
        let snapshot = try workspace.snapshot()
        let found = workspace.paths == ["-"] ? snapshot.files.map(standardInput) : snapshot.files
        guard !found.isEmpty || !snapshot.diagnostics.isEmpty else { throw NothingMatched(root: snapshot.root.path) }
        let files = found.filter { $0.form != to.form }
        guard !files.isEmpty || !snapshot.diagnostics.isEmpty else {
            throw CommandError(
                "nothing to convert: every file is \(to == .yaml ? "YAML" : "in the language's own text")")
        }
        guard write || files.count <= 1 else {
            throw CommandError("\(files.count) files would be printed as one; name one, or say `--write`")
        }
        let results = files.map { (file: $0, result: Converter.convert($0, to: to.form)) }
        for (file, result) in results {
            if case .converted(let bytes) = result { try deliver(bytes, for: file, in: snapshot) }
        }
        try conclude(results, unread: snapshot.diagnostics)
    }

    /// Standard input has the other form unless a path says which.
    private func standardInput(_ file: SourceFile) -> SourceFile {
        guard workspace.stdinPath == nil, to == .weir else { return file }
        return SourceFile(path: Converter.path(file.path, in: .yaml), form: .yaml, bytes: file.bytes)
    }

    private func deliver(_ bytes: [UInt8], for file: SourceFile, in snapshot: WorkspaceSnapshot) throws {
        guard write || output != "-" else { return Terminal.standardOutput.write(bytes) }
        let target = write ? Converter.path(snapshot.location(of: file), in: to.form) : output
        guard force || !FileWriting.exists(target) else {
            throw CommandError("`\(target)` exists; `--force` writes over it")
        }
        try FileWriting.replace(target, with: bytes)
    }

    private func conclude(_ results: [(file: SourceFile, result: ConversionResult)], unread: [Diagnostic]) throws {
        var complaints = unread
        var isOurFault = false
        for (_, result) in results {
            switch result {
            case .converted: break
            case .refused(let diagnostic): complaints.append(diagnostic)
            case .failed(let diagnostic):
                complaints.append(diagnostic)
                isOurFault = true
            }
        }
        let terminal = Terminal.standardError
        if !complaints.isEmpty {
            let sources = Dictionary(results.map { ($0.file.path, $0.file) }) { first, _ in first }
            terminal.write(DiagnosticRenderer(isColoured: terminal.isColoured) { sources[$0] }.render(complaints))
        }
        if write {
            terminal.line("\(results.count - complaints.count + unread.count) of \(results.count) files converted")
        }
        if isOurFault { throw ExitStatus.internalFault }
        if !complaints.isEmpty { throw ExitStatus.findings }
    }
}
