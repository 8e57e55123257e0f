// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirEvents
import WeirPolicy

/// `weir dlq show`: what lies in a queue, and why.
struct DeadLettersShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows events that were given up, the oldest first, and leaves them.",
        discussion: """
            To be looked at counts as a delivery where the queue has a `deliver up to`.

            EXAMPLES
              weir dlq show deployment.approvals-dead
              weir dlq show approvals-dead --type patch.approved --most 5 --format json
            """)

    @OptionGroup var selection: DeadLettersSelection
    @OptionGroup var broker: DeadLettersBroker
    @OptionGroup var workspace: WorkspaceArguments

    @Option(help: "How many, up to 1000.")
    var most = 20

    @Option(help: "text or json.")
    var format = ApiAt.Format.text

    func validate() throws {
        guard (1...DeadLetters.mostHeld).contains(most) else {
            throw ValidationError("`--most` must be 1 to \(DeadLetters.mostHeld)")
        }
    }

    func run() async throws {
        let report = try await broker.open(workspace) { letters, _, topology in
            try await letters.look(in: selection.queue(in: topology), selection.selection, most: most)
        }
        let terminal = Terminal.standardOutput
        switch format {
        case .json:
            let letters = report.done.map(Self.json)
            terminal.line(String(decoding: JSONValue.array(letters).bytes, as: UTF8.self))
        case .text:
            for letter in report.done { terminal.write(Self.text(letter)) }
            terminal.line("\(counted(report.done.count, "event")) shown, \(report.passed) passed over")
        }
    }

    private static func text(_ letter: DeadLetter) -> String {
        let trail = letter.trail
        var lines = [
            letter.event.map { "\($0.type)  \($0.id)  from \($0.source)" } ?? "not readable: \(letter.unreadable ?? "")"
        ]
        if let time = letter.event?.time { lines.append("  published \(time)") }
        let reason = trail.reason?.rawValue ?? "by the broker"
        lines.append("  given up: \(reason), after \(counted(trail.attempts, "attempt"))")
        if let subscription = trail.subscription { lines.append("  by \(subscription)") }
        if let error = trail.error { lines.append("  error: \(error)") }
        lines.append("  came from \(letter.origin.map { "\($0)" } ?? "an unknown queue")")
        if let json = letter.event?.json { lines.append("  data: \(String(decoding: json.bytes, as: UTF8.self))") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func json(_ letter: DeadLetter) -> JSONValue {
        let trail = letter.trail
        var members: [String: JSONValue] = ["attempts": .integer(Int64(trail.attempts))]
        members["unreadable"] = letter.unreadable.map { .string($0) }
        members["reason"] = trail.reason.map { .string($0.rawValue) }
        members["error"] = trail.error.map { .string($0) }
        members["subscription"] = trail.subscription.map { .string($0) }
        members["origin"] = letter.origin.map { .string("\($0)") }
        if let event = letter.event {
            members["id"] = .string(event.id)
            members["type"] = .string(event.type)
            members["source"] = .string(event.source)
            members["time"] = event.time.map { .string("\($0)") }
            members["data"] = event.json
        }
        return .object(members)
    }
}
