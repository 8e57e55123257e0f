// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirEvents
import WeirPolicy
import WeirRabbitMQ

/// Where the events lie, and which of them are meant.
struct DeadLettersBroker: ParsableArguments {
    @Option(help: ArgumentHelp("The broker; `WEIR_BROKER` says it too.", valueName: "url"))
    var broker = "amqp://localhost"

    @Option(help: "What begins all names at the broker, as the service is configured.")
    var prefix = ""

    @Option(name: .customLong("env"), help: "The environment whose overlays are laid over the base.")
    var environment: String?

    /// Does something with the dead letters of the policies' queues.
    func open<Result>(
        _ workspace: WorkspaceArguments,
        _ body: (_ letters: DeadLetters, _ transport: RabbitMQTransport, _ topology: EventTopology) async throws ->
            Result
    ) async throws -> Result {
        let compiled = CompiledWorkspace(try workspace.whole())
        try compiled.requireSound()
        let topology = try compiled.graph(environment: environment).topology.withSagas
        let url: BrokerURL
        do throws(BrokerURL.Mistake) { url = try BrokerURL(broker) } catch { throw CommandError("\(error)") }
        do {
            let transport = try RabbitMQTransport(
                RabbitMQConfiguration(url, prefix: prefix, name: "weir-dlq", patience: .seconds(10)))
            defer { transport.close() }
            transport.adopt(topology)
            return try await body(DeadLetters(transport, topology), transport, topology)
        } catch let error as TransportError {
            throw CommandError("\(error)", .internalFault)
        }
    }
}

/// Which events are meant.
struct DeadLettersSelection: ParsableArguments {
    @Argument(help: "The queue, in full or the end of its name.")
    var queue: String

    @Option(name: .customLong("id"), help: ArgumentHelp("Only the event of this id; may be repeated.", valueName: "id"))
    var ids: [String] = []

    @Option(help: ArgumentHelp("Only events of this type.", valueName: "type"))
    var type: String?

    @Option(help: ArgumentHelp("Only what was given up for this, such as `exhausted`.", valueName: "reason"))
    var reason: String?

    var selection: DeadLetter.Selection { DeadLetter.Selection(ids: Set(ids), type: type, reason: reason) }

    func queue(in topology: EventTopology) throws -> QualifiedName {
        let known = DeadLetters.queues(of: topology)
        let found = known.filter { $0.answers(to: queue) }
        if let only = found.first, found.count == 1 { return only }
        let names = (found.isEmpty ? known : found).map { "`\($0)`" }.joined(separator: ", ")
        throw CommandError(
            known.isEmpty
                ? "no policy file says where events go that are given up"
                : "\(found.isEmpty ? "no queue of events that were given up is" : "several queues are") called `\(queue)`: \(names)"
        )
    }
}

/// `1 event`, `2 events`.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(number == 1 ? noun : noun + "s")" }
