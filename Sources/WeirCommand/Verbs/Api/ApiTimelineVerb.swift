// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirExport
import WeirPolicy

/// `weir api timeline`: the lives of versions side by side.
struct ApiTimelineVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Draws when versions live and end.",
        discussion: """
            The same files give the same bytes: no clock is read, `--today` marks a day.

            EXAMPLES
              weir api timeline --today 2026-11-25
              weir api timeline --format svg -o api.svg
              weir api timeline --format mermaid
              weir api timeline --format ics -o api.ics
            """)

    @OptionGroup var workspace: WorkspaceArguments
    @OptionGroup var selection: ApiSelection

    @Option(
        help: "text, svg, mermaid or ics.", completion: .list(TimelineFormat.allCases.map(\.rawValue)),
        transform: FormatWord.read)
    var format = TimelineFormat.text

    @Option(help: "A day to mark.", transform: Moment.read)
    var today: Instant?

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    func run() throws {
        let apis = try selection.apis(of: CompiledWorkspace(try workspace.whole()))
        let timelines = apis.compactMap { ApiTimeline($0) }
        guard !timelines.isEmpty else { throw CommandError("no version has a date, so there is nothing to draw") }
        let terminal = Terminal.standardOutput
        let text = ApiTimeline.text(timelines, format, today: today, width: min(terminal.width, 120))
        if output == "-" {
            terminal.write(text)
        } else {
            try FileWriting.replace(output, with: Array(text.utf8))
        }
    }
}
