// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirPolicy
import WeirRabbitMQ

/// `weir events definitions`: the topology as RabbitMQ imports it.
struct EventsDefinitions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "definitions",
        abstract: "Writes the topology as definitions that RabbitMQ imports.",
        discussion: """
            Exchanges, queues and bindings of the policies, the queues of waits and dead
            letters among them: what a service declares when it starts. Import it, and the
            service needs no permission to configure. An import changes nothing that exists.

            EXAMPLES
              weir events definitions --rabbitmq 3.10 -o definitions.json
              rabbitmqctl import_definitions definitions.json
            """)

    @OptionGroup var workspace: WorkspaceArguments

    @Option(
        name: .customLong("rabbitmq"), help: ArgumentHelp("The broker's version, 3.10 or later.", valueName: "version"))
    var version = "\(BrokerDefinitions.Version.oldest)"

    @Option(help: "What begins all names, as the service is configured.")
    var prefix = ""

    @Option(name: .customLong("vhost"), help: "The virtual host.")
    var virtualHost = "/"

    @Option(name: .customLong("env"), help: "The environment whose overlays are laid over the base.")
    var environment: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    func validate() throws {
        guard BrokerDefinitions.Version(version) != nil else {
            throw ValidationError(
                "`--rabbitmq` must be a version such as \(BrokerDefinitions.Version.oldest), the oldest, or a later one"
            )
        }
    }

    func run() throws {
        let compiled = CompiledWorkspace(try workspace.whole())
        try compiled.requireSound()
        let graph = try compiled.graph(environment: environment)
        guard !graph.topology.exchanges.isEmpty || !graph.topology.queues.isEmpty else {
            throw CommandError("no policy file declares an exchange or a queue")
        }
        let definitions = BrokerDefinitions(graph.topology.withSagas, prefix: prefix, virtualHost: virtualHost)
        guard definitions.tooLong.isEmpty else {
            throw CommandError("RabbitMQ has no room for names so long: \(definitions.tooLong.joined(separator: ", "))")
        }
        let version = BrokerDefinitions.Version(version) ?? .oldest
        let text = definitions.text(for: version)
        if output == "-" {
            Terminal.standardOutput.write(text)
        } else {
            try FileWriting.replace(output, with: Array(text.utf8))
        }
    }
}
