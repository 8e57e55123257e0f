// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// A story in a few lines: calls that went alike are one line, every change of a breaker is one of its own.
struct Timeline {
    /// Lines that are shown; what is left out is counted.
    static let mostLines = 40
    /// Columns of the times.
    private static let timeWidth = 16

    private struct Group {
        let answer: Answer
        var calls: [CallFact]

        /// The number of its first call.
        var begin: Int { calls.first?.number ?? 0 }
    }

    private enum Item {
        case call(CallFact)
        case transition(TransitionFact)
    }

    let lines: [ReportLine]

    init(story: Story, package: String) {
        let writer = Writer(package: package)
        var lines: [ReportLine] = []
        var open: [QualifiedName: Group] = [:]
        var closed: [Group] = []
        func flush() {
            let groups = (closed + open.values).sorted { $0.begin < $1.begin }
            lines += groups.map { writer.line($0) }
            closed = []
            open = [:]
        }
        for item in Self.items(of: story) {
            switch item {
            case .transition(let change):
                flush()
                lines.append(writer.line(change))
            case .call(let call):
                if let group = open[call.operation], group.answer != call.answer {
                    closed.append(group)
                    open[call.operation] = nil
                }
                open[call.operation, default: Group(answer: call.answer, calls: [])].calls.append(call)
            }
        }
        flush()
        self.lines = Self.bounded(lines)
    }

    /// Calls by their beginnings and breakers' changes, in the order of their times.
    private static func items(of story: Story) -> [Item] {
        var items: [Item] = []
        var changes = story.transitions[...]
        for call in story.calls {
            while let change = changes.first, change.at < call.started {
                items.append(.transition(change))
                changes.removeFirst()
            }
            items.append(.call(call))
        }
        return items + changes.map { .transition($0) }
    }

    private static func bounded(_ lines: [ReportLine]) -> [ReportLine] {
        guard lines.count > mostLines else { return lines }
        let hidden = lines.count - mostLines
        let rest = ReportLine(kind: .note, text: "… \(hidden) more lines; the trace has everything")
        return Array(lines.prefix(mostLines)) + [rest]
    }

    private struct Writer {
        let package: String

        func line(_ change: TransitionFact) -> ReportLine {
            let owner = change.owner.map { " (\(name($0)))" } ?? ""
            let text = "breaker \(name(change.breaker))\(owner): \(change.transition.words)"
            return ReportLine(kind: .transition, text: padded("\(change.at)") + text)
        }

        func line(_ group: Group) -> ReportLine {
            guard let first = group.calls.first, let last = group.calls.last else {
                return ReportLine(kind: .story, text: "")
            }
            let span = group.calls.count == 1 ? "\(first.started)" : "\(first.started) … \(last.started)"
            let calls = group.calls.count == 1 ? "1 call" : "\(group.calls.count) calls"
            return ReportLine(
                kind: .story,
                text: padded(span) + "\(calls) to \(name(first.operation)): \(group.answer)\(waits(group.calls))"
                    + attempts(group.calls))
        }

        /// How long the callers waited: ` in 90ms`, ` in 90ms to 1.9s`.
        private func waits(_ calls: [CallFact]) -> String {
            let waits = calls.map(\.waited)
            guard let shortest = waits.min(), let longest = waits.max() else { return "" }
            return shortest == longest ? " in \(shortest)" : " in \(shortest) to \(longest)"
        }

        private func attempts(_ calls: [CallFact]) -> String {
            let attempts = calls.reduce(0) { $0 + $1.attempts }
            return attempts == calls.count ? "" : " (\(attempts) attempt\(attempts == 1 ? "" : "s"))"
        }

        private func name(_ name: QualifiedName) -> String { name.package == package ? name.name : name.description }

        private func padded(_ text: String) -> String {
            text + String(repeating: " ", count: max(Timeline.timeWidth - text.count, 1) + 1)
        }
    }
}
