// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy

extension Judge {
    /// Facts that an explanation lists before it only counts them.
    private static let mostFacts = 12

    /// Whether each subscription got an event of the test, or none of them did.
    func judgeDeliveries(_ subscriptions: [QualifiedName], isExpected: Bool) -> Verdict {
        let wrong = subscriptions.filter { isDelivered(to: $0) != isExpected }
        var lines = subscriptions.map { subscription in
            let count = story.events.count { fact in
                if case .delivered(subscription, _) = fact.what { true } else { false }
            }
            return "`\(name(subscription))` got \(count == 0 ? "no event" : Self.count(count, "event"))"
        }
        lines += facts()
        return Verdict(passed: wrong.isEmpty, lines: lines)
    }

    /// Whether an event of the test ended in a queue because it was given up.
    func judgeDeadLetters(_ queue: QualifiedName) -> Verdict {
        let count = story.events.count { fact in
            if case .queued(queue, .some) = fact.what { true } else { false }
        }
        let got = count == 0 ? "no dead letter" : Self.count(count, "dead letter")
        return Verdict(passed: count > 0, lines: ["`\(name(queue))` got \(got)"] + facts())
    }

    private func isDelivered(to subscription: QualifiedName) -> Bool {
        story.events.contains { fact in
            if case .delivered(subscription, _) = fact.what { true } else { false }
        }
    }

    private func facts() -> [String] {
        let shown = story.events.prefix(Self.mostFacts).map(\.description)
        let rest = story.events.count - shown.count
        return rest > 0 ? shown + ["and \(rest) more"] : shown
    }
}
