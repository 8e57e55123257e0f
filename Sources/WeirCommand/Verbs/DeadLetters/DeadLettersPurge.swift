// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirEvents
import WeirPolicy

/// `weir dlq purge`: removes events for good.
struct DeadLettersPurge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Removes events that were given up, for good.",
        discussion: """
            Without `--yes` it says how many it would remove, and removes none.

            EXAMPLES
              weir dlq purge deployment.approvals-dead --type patch.approved
              weir dlq purge deployment.approvals-dead --id e-17 --yes
            """)

    @OptionGroup var selection: DeadLettersSelection
    @OptionGroup var broker: DeadLettersBroker
    @OptionGroup var workspace: WorkspaceArguments

    @Flag(help: "Remove them.")
    var yes = false

    func run() async throws {
        let report = try await broker.open(workspace) { letters, _, topology in
            let queue = try selection.queue(in: topology)
            return yes
                ? try await letters.purge(queue, selection.selection)
                : try await letters.look(in: queue, selection.selection, most: DeadLetters.mostHeld)
        }
        let count = counted(report.done.count, "event")
        guard yes else {
            let more = report.done.count == DeadLetters.mostHeld ? " or more" : ""
            throw CommandError("\(count)\(more) would be removed for good: say `--yes`")
        }
        Terminal.standardOutput.line("\(count) removed, \(report.passed) passed over")
    }
}
