// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The worst case of a pipeline in sentences: the sum with its parts, and how it compares with the deadline.
enum WorstCaseWords {
    static func lines(_ worst: WorstCase, _ timeline: Timeline?) -> [String] {
        var lines = [equation(worst)]
        switch (worst.total, worst.deadline) {
        case (let total?, let deadline?) where total <= deadline:
            lines.append("\((deadline - total).weirText) of the \(deadline.weirText) deadline to spare")
        case (let total?, let deadline?):
            lines.append(
                "\((total - deadline).weirText) more than the \(deadline.weirText) deadline, which cuts it off")
        case (nil, let deadline?): lines.append("the deadline ends it after \(deadline.weirText)")
        case (nil, nil): lines.append("nothing bounds it: no deadline, and a part without a limit")
        case (_?, nil): break
        }
        if let fallback = worst.fallback { lines.append("a fallback may take \(fallback.weirText) of its own") }
        let dead = timeline?.deadAttempts ?? []
        if !dead.isEmpty {
            lines.append("attempt \(dead.map(String.init).joined(separator: ", ")) can never start")
        }
        return lines
    }

    private static func equation(_ worst: WorstCase) -> String {
        guard !worst.terms.isEmpty else { return "no step takes time of its own" }
        let sum = worst.terms.map(words).joined(separator: " + ")
        guard let total = worst.total else { return sum }
        return worst.terms.count == 1 ? sum : "\(sum) = \(total.weirText)"
    }

    private static func words(_ term: WorstCase.Term) -> String {
        let each = term.each?.weirText ?? "unbounded"
        let times = term.count == 1 ? each : "\(term.count) × \(each)"
        return switch term.cause {
        case .limit: "limit \(times)"
        case .queue: "queue \(times)"
        case .attempts: term.count == 1 ? "attempt \(times)" : "attempts \(times)"
        case .hedge: "hedge \(times)"
        case .coalesce: "another's answer \(times)"
        case .chaos: "chaos \(times)"
        case .waits(let waits) where waits.count > 1 && waits.count <= 6:
            "waits (\(waits.map(\.weirText).joined(separator: " + ")))"
        case .waits: "waits \(times)"
        }
    }
}
