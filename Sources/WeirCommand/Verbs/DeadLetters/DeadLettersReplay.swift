// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirEvents
import WeirPolicy

/// `weir dlq replay`: hands events to their subscriptions again.
struct DeadLettersReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Puts events back into the queues that they came from, with no attempt counted.",
        discussion: """
            Each goes to the queue of the subscription that gave it up, keeps its id, and is
            removed here once the broker has confirmed it. What comes back meanwhile stays.

            EXAMPLES
              weir dlq replay deployment.approvals-dead
              weir dlq replay approvals-dead --reason exhausted --most 100
            """)

    @OptionGroup var selection: DeadLettersSelection
    @OptionGroup var broker: DeadLettersBroker
    @OptionGroup var workspace: WorkspaceArguments

    @Option(help: ArgumentHelp("How many, the oldest first; all by default.", valueName: "count"))
    var most: Int?

    func run() async throws {
        let report = try await broker.open(workspace) { letters, _, topology in
            try await letters.replay(
                selection.queue(in: topology), selection.selection, most: most.map { max($0, 0) } ?? .max)
        }
        for (letter, reason) in report.failed {
            Terminal.standardError.line("`\(letter.event?.id ?? "?")` stays: \(reason)")
        }
        Terminal.standardOutput.line(
            "\(counted(report.done.count, "event")) replayed, \(report.passed) passed over, \(report.failed.count) failed"
        )
        if !report.failed.isEmpty { throw ExitStatus.findings }
    }
}
