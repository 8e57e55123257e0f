// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirCompiler
import WeirSyntax
import WeirWorkspace

/// `weir check`: parse, resolve and report; the verb for CI.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks policy files and says what is wrong with them.",
        discussion: """
            Findings go to standard output, the summary to standard error.

            EXAMPLES
              weir check                            the whole workspace
              weir check policies --fail-on warning stricter, for CI
              weir check --report json=check.json   for people on the screen, for programs in a file
              cat a.weir | weir check -             an editor's buffer
            """)

    enum Bar: String, ExpressibleByArgument, CaseIterable {
        case error, warning, info

        /// The mildest severity that fails the run.
        var severity: Diagnostic.Severity {
            switch self {
            case .error: .error
            case .warning: .warning
            case .info: .information
            }
        }
    }

    @OptionGroup var workspace: WorkspaceArguments

    @Option(
        help: """
            human (with source lines), concise (one line each), json (one document) or jsonl (a document a line); \
            concise when piped.
            """)
    var format: FindingsFormat?

    @Option(
        help: ArgumentHelp(
            "Write the findings to a file as well; may be given several times.", valueName: "format=path"))
    var report: [FindingsReport] = []

    @Option(help: "The mildest finding that makes the exit code 1: error, warning or info.")
    var failOn = Bar.error

    @Option(name: .customLong("env"), help: "An environment that must exist.")
    var environment: String?

    @Flag(help: "Exit with 0 whatever was found.")
    var exitZero = false

    @Flag(help: "Show remarks, such as statements that the runtime does not enforce yet.")
    var showInfo = false

    func run() throws {
        let watch = Stopwatch()
        let compiled = CompiledWorkspace(try workspace.whole())
        guard !compiled.asked.isEmpty || !compiled.diagnostics.isEmpty else {
            throw NothingMatched(root: compiled.root.path)
        }
        if let environment, environment != "all" { try compiled.requireEnvironment(environment) }
        let showsRemarks = showInfo || failOn == .info
        let found = compiled.diagnostics + (showsRemarks ? compiled.remarks : [])
        let shown = found.filter { showsRemarks || $0.severity < .information }
        let output = Terminal.standardOutput
        let format = format ?? (output.isInteractive ? .human : .concise)
        output.write(format.text(shown, compiled, isColoured: output.isColoured))
        for report in report { try report.write(shown, compiled) }
        Terminal.standardError.line(summary(compiled, watch))
        if !exitZero, found.contains(where: { $0.severity <= failOn.severity }) {
            throw ExitStatus.findings
        }
    }

    private func summary(_ compiled: CompiledWorkspace, _ watch: Stopwatch) -> String {
        let fixes = compiled.diagnostics.count { $0.helps.contains { !$0.edits.isEmpty && $0.applicability == .safe } }
        let hidden = compiled.remarks.count
        let parts: [String?] = [
            compiled.diagnostics.summary(files: compiled.fileCount), watch.text,
            fixes > 0 ? "\(fixes) with a sure fix" : nil,
            hidden > 0 && !showInfo ? "\(hidden) not enforced by this version (--show-info)" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: " · ")
    }
}
