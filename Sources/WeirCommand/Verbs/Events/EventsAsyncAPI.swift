// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirExport
import WeirPolicy

/// `weir events asyncapi`: the events as AsyncAPI describes them.
struct EventsAsyncAPI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "asyncapi",
        abstract: "Writes an AsyncAPI 3.0 description of the events.",
        discussion: """
            A channel an exchange and a queue, a message a type with its fields, an
            operation a publisher and a subscription. It is JSON, which is YAML, too.

            EXAMPLES
              weir events asyncapi
              weir events asyncapi --title "Shop events" --version 1.4.0 -o events.asyncapi.json
              weir events asyncapi --env staging policies
            """)

    @OptionGroup var workspace: WorkspaceArguments

    @Option(help: "What the description is called.")
    var title = "Events"

    @Option(help: "Its version; by default the beginning of the graph's hash.")
    var version: String?

    @Option(name: .customLong("env"), help: "The environment whose overlays are laid over the base.")
    var environment: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    func run() throws {
        let compiled = CompiledWorkspace(try workspace.whole())
        try compiled.requireSound()
        let graph = try compiled.graph(environment: environment)
        guard !graph.topology.events.isEmpty else { throw CommandError("no policy file declares an event") }
        let text = AsyncAPIDocument(graph).text(title: title, version: version)
        if output == "-" {
            Terminal.standardOutput.write(text)
        } else {
            try FileWriting.replace(output, with: Array(text.utf8))
        }
    }
}
