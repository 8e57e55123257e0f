// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirEvents
import WeirPolicy
import WeirRabbitMQ

/// `weir dlq list`: how much lies where.
struct DeadLettersList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the queues of events that were given up, and how many lie there.",
        discussion: """
            EXAMPLES
              weir dlq list --broker amqp://operator:secret@localhost/platform
              WEIR_BROKER=amqps://rabbit.internal weir dlq list --format json
            """)

    @OptionGroup var broker: DeadLettersBroker
    @OptionGroup var workspace: WorkspaceArguments

    @Option(help: "text or json.")
    var format = ApiAt.Format.text

    func run() async throws {
        let found = try await broker.open(workspace) { _, transport, topology in
            // Asks once for all, so that a broker that is not there is said to be.
            try await transport.reach()
            var found: [(queue: QualifiedName, events: Int?)] = []
            for queue in DeadLetters.queues(of: topology) { found.append((queue, await transport.depth(of: queue))) }
            return found
        }
        guard !found.isEmpty else { throw CommandError("no policy file says where events go that are given up") }
        let terminal = Terminal.standardOutput
        switch format {
        case .json:
            let rows = found.map { queue, events in
                JSONValue.object([
                    "queue": .string("\(queue)"), "events": events.map { .integer(Int64($0)) } ?? .null,
                ])
            }
            terminal.line(String(decoding: JSONValue.array(rows).bytes, as: UTF8.self))
        case .text:
            let width = found.map { "\($0.queue)".count }.max() ?? 0
            for (queue, events) in found {
                let name = "\(queue)".padded(to: width)
                terminal.line("\(name)  \(events.map { counted($0, "event") } ?? "is not at the broker")")
            }
        }
    }
}

extension String {
    /// The text with blanks behind it.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
}
