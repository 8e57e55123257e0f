// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirCompiler
import WeirExport
import WeirPolicy

/// `weir graph`: the workspace as a picture, or as nodes and edges for programs.
struct Graph: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draws what the policies say: calls, events, APIs, and what extends what.",
        discussion: """
            The picture goes to standard output unless -o names a file. The same files
            give the same bytes.

            EXAMPLES
              weir graph calls --format svg -o calls.svg   services, operations, and the policies between them
              weir graph extends                           which policy extends which, as Mermaid
              weir graph api --on 2026-10-01               versions and their states on a day
              weir graph calls --format dot | dot -Tpdf -o calls.pdf
            """)

    enum View: String, ExpressibleByArgument, CaseIterable {
        case calls, events, api, extends
    }

    @Argument(
        help: """
            What to draw: calls (services, operations, policies), events (from publishers to handlers), api \
            (versions, their dates and routes), or extends (policies and shared steps).
            """)
    var view: View

    @OptionGroup var workspace: WorkspaceArguments

    @Option(
        help: "mermaid, dot, json or svg.", completion: .list(DiagramFormat.allCases.map(\.rawValue)),
        transform: FormatWord.read)
    var format = DiagramFormat.mermaid

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    @Option(name: .customLong("env"), help: "The environment whose overlays are laid over the base.")
    var environment: String?

    @Option(
        help: ArgumentHelp("For api: show the state of each version on this day.", valueName: "date"),
        transform: Moment.read)
    var on: Instant?

    func validate() throws {
        guard on == nil || view == .api else { throw ValidationError("`--on` is for `weir graph api`") }
    }

    func run() throws {
        let compiled = CompiledWorkspace(try workspace.whole())
        try compiled.requireSound()
        let text = diagram(try compiled.graph(environment: environment), compiled.compilation).text(format)
        if output == "-" {
            Terminal.standardOutput.write(text)
        } else {
            try FileWriting.replace(output, with: Array(text.utf8))
        }
    }

    private func diagram(_ graph: PolicyGraph, _ compilation: Compilation) -> Diagram {
        switch view {
        case .calls: .calls(graph)
        case .events: .events(graph)
        case .api: .api(graph, on: on)
        case .extends: .extends(graph, inheritance: compilation.inheritance)
        }
    }
}
