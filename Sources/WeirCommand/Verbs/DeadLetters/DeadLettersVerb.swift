// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir dlq`: what was given up, and what is to become of it.
struct DeadLettersVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dlq",
        abstract: "Looks at the events that were given up, and handles them again.",
        discussion: """
            The policies say where events go that are given up; these verbs look there, at
            a RabbitMQ broker. They declare nothing and change nothing else.

            EXAMPLES
              weir dlq list --broker amqp://localhost
              weir dlq show deployment.approvals-dead
              weir dlq replay deployment.approvals-dead --reason exhausted
              weir dlq purge deployment.approvals-dead --id e-17 --yes
            """,
        subcommands: [DeadLettersList.self, DeadLettersShow.self, DeadLettersReplay.self, DeadLettersPurge.self])
}
