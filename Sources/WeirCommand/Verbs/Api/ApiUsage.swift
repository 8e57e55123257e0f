// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirLifecycle
import WeirPolicy

/// `weir api usage`: who breaks on the sunset date.
struct ApiUsage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage",
        abstract: "Lists who still calls what is on its way out.",
        discussion: """
            Reads counts as JSON: what `sqlite3 -json` makes of the table of a service's
            store, or what the service writes itself.

            EXAMPLES
              sqlite3 -json usage.sqlite 'SELECT * FROM api_usage' > counts.json
              weir api usage --counts counts.json --today 2026-11-25
              weir api usage --counts - --today 2026-11-25 --since 2026-11-01 --format json < counts.json
            """)

    @OptionGroup var workspace: WorkspaceArguments
    @OptionGroup var selection: ApiSelection

    @Option(
        help: ArgumentHelp("The counts; `-` is standard input.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var counts: String

    @Option(help: "The day from which days are counted.", transform: Moment.read)
    var today: Instant

    @Option(help: "The first day to look at; 90 days before today by default.", transform: Moment.read)
    var since: Instant?

    @Option(help: "text or json.")
    var format = ApiAt.Format.text

    func run() throws {
        let apis = try selection.apis(of: CompiledWorkspace(try workspace.whole()))
        let first = since?.date ?? CalendarDate(daysSince1970: today.date.daysSince1970 - 90)
        let counts = try CountsFile.read(counts).filter { $0.key.day >= first }
        let reports = apis.map { UsageReport(ApiLifecycle($0), counts, at: today) }
        let terminal = Terminal.standardOutput
        switch format {
        case .json: terminal.write(JSON.array(reports.map(\.json)).indentedText)
        case .text: terminal.write(reports.map { Self.text($0, since: first) }.joined(separator: "\n"))
        }
    }

    private static func text(_ report: UsageReport, since: CalendarDate) -> String {
        guard !report.rows.isEmpty else { return "\(report.api): nobody has called what ends since \(since)\n" }
        let head = ["SUNSET", "DAYS", "CONSUMER", "VERSION", "ROUTE", "SERVED", "REFUSED", "LAST CALL"]
        let cells = report.rows.map { row in
            [
                "\(row.sunset)", "\(row.daysLeft)", row.consumer, "\(row.version)", row.route, "\(row.served)",
                "\(row.refused)", "\(row.lastDay)",
            ]
        }
        let widths = head.indices.map { column in ([head] + cells).map { $0[column].count }.max() ?? 0 }
        let lines = ([head] + cells).map { row in
            let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            var line = "  " + padded.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
        return "\(report.api): who breaks, unless something happens; calls since \(since)\n"
            + lines.map { $0 + "\n" }.joined()
    }
}
