// SPDX-License-Identifier: Apache-2.0

import Weir
import WeirPolicy
import WeirResilience

/// The words for what happens.
struct EventLines: Sendable {
    let colours: Colours

    /// The lines for a happening; none where another one tells the same.
    func lines(for happening: Happening) -> [String] {
        switch happening {
        case .order(let order): [line(for: order)]
        case .answer(let answer): lines(for: answer)
        case .weir(.call(let event)): line(for: event).map { [$0] } ?? []
        case .weir(.reload(let report)): lines(for: report)
        case .weir(.watchDegraded(let reason)): [colours.warning("! not watched as it should be: \(reason)")]
        case .bus(let event): line(for: event).map { [$0] } ?? []
        case .upstream(let text): [colours.accent("» \(text) from now on")]
        case .chapter(let text): ["", colours.strong("── \(text)")]
        case .remark(let text): [text]
        }
    }

    private func line(for order: Order) -> String {
        let time = "\(Int(order.time / .milliseconds(1))) ms"
        let text = "order \(order.number): \(order.status) \(order.words), \(time)"
        return switch order.status {
        case 201: colours.good("✓ ") + text
        case 200..<300: colours.warning("~ \(text)")
        default: colours.bad("✗ ") + text
        }
    }

    private func lines(for answer: Answer) -> [String] {
        let isGood = answer.status < 400
        let names = ["Deprecation", "Sunset", "Link", "Retry-After", "Cache-Control", "X-API-Version"]
        let fields = names.compactMap { name in answer[name].map { colours.faint("    \(name): \($0)") } }
        let text = "\(isGood ? "→" : "⊘") \(answer.request): \(answer.status)"
        let body = answer.text.split(separator: "\n").first.map { colours.faint("    \($0.prefix(160))") }
        return [isGood ? colours.good(text) : colours.warning(text)] + fields + (body.map { [$0] } ?? [])
    }

    private func line(for event: ResilienceEvent) -> String? {
        let who = event.owner.name
        let wait = event.wait.map { "\(($0 + 500_000) / 1_000_000) ms" } ?? ""
        switch event.name {
        case .retryScheduled: return colours.faint("↻ \(who): attempt \(event.attempt + 1) in \(wait)\(place(event))")
        case .retryStopped where event.stop != .notRetryable:
            return colours.faint("↻ \(who): no further attempt, \(event.stop?.rawValue ?? "")")
        case .breakerTransition: return event.transition.map { line(for: $0, who, event) }
        case .breakerRejected: return colours.warning("⊘ \(who): refused, the breaker is open\(place(event))")
        case .bulkheadRejected: return colours.warning("⊘ \(who): refused, the bulkhead is full\(place(event))")
        case .rateRejected: return colours.warning("⊘ \(who): refused, the limit is reached\(place(event))")
        case .bulkheadQueued: return colours.faint("… \(who): waits for a place\(place(event))")
        case .rateWaited: return colours.faint("… \(who): waits \(wait) for its turn\(place(event))")
        case .timeoutAttempt:
            return colours.warning("⧖ \(who): attempt \(event.attempt) ran out of time\(place(event))")
        case .timeoutTotal: return colours.warning("⧖ \(who): the deadline is over\(place(event))")
        case .budgetDenied: return colours.warning("↻ \(who): the retry budget is empty\(place(event))")
        default: return nil
        }
    }

    private func line(for change: BreakerTransition, _ who: String, _ event: ResilienceEvent) -> String {
        var text = "breaker of \(who): \(change.from.rawValue) → \(change.to.rawValue)"
        if case .tripped = change.reason { text += ", \(change.counts.failed) of \(change.counts.total) calls failed" }
        if change.openNanoseconds > 0 { text += ", for \(change.openNanoseconds / 1_000_000) ms" }
        text += place(event)
        return change.to == .closed ? colours.good("● \(text)") : colours.bad("● \(text)")
    }

    private func place(_ event: ResilienceEvent) -> String {
        event.place.map { colours.faint("  \($0.file):\($0.line)") } ?? ""
    }

    private func lines(for report: ReloadReport) -> [String] {
        let text = report.description.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        switch report.outcome {
        case .unchanged: return []
        case .applied: return text.map { colours.accent("⟳ \($0)") }
        case .rejected: return text.prefix(1).map { colours.bad("⟳ \($0)") } + text.dropFirst()
        }
    }
}
