// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirExport
import WeirPolicy

/// `weir api at`: the whole API as of a moment.
struct ApiAt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "at",
        abstract: "Shows every version and route as it is at a moment.",
        discussion: """
            EXAMPLES
              weir api at 2027-03-02
              weir api at 2027-06-01T14:30:00Z --format json
              weir api at 2027-03-02 policies/gateway
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "A day, or a moment such as 2027-06-01T14:30:00Z.", transform: Moment.read)
    var moment: Instant

    @OptionGroup var workspace: WorkspaceArguments
    @OptionGroup var selection: ApiSelection

    @Option(help: "text or json.")
    var format = Format.text

    func run() throws {
        let moments = try selection.apis(of: CompiledWorkspace(try workspace.whole())).map { ApiMoment($0, at: moment) }
        let terminal = Terminal.standardOutput
        switch format {
        case .text: terminal.write(moments.map(\.text).joined(separator: "\n"))
        case .json: terminal.write(JSON.array(moments.map(\.json)).indentedText)
        }
    }
}

/// Which APIs a verb is about.
struct ApiSelection: ParsableArguments {
    @Option(help: "One API, by its full name or the end of it; all by default.")
    var api: String?

    func apis(of compiled: CompiledWorkspace) throws -> [ApiNode] {
        try compiled.requireSound()
        let all = try compiled.graph(environment: nil).apis
        guard let api else {
            guard !all.isEmpty else { throw CommandError("no policy file declares an API") }
            return all
        }
        let found = all.filter { "\($0.name)" == api || "\($0.name)".hasSuffix("." + api) }
        guard found.isEmpty else { return found }
        let known = all.map { "`\($0.name)`" }.joined(separator: ", ")
        throw CommandError("there is no API `\(api)`" + (known.isEmpty ? "" : "; there are \(known)"))
    }
}
