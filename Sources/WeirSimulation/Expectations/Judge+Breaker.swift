// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy
import WeirResilience

extension Judge {
    /// A breaker that no call has reached is closed; of several breakers of one policy, each must be in the state.
    func judgeBreaker(
        _ breaker: QualifiedName, is expected: TestCase.Expectation.BreakerState, at moment: Duration?,
        readings: [BreakerReading]
    ) -> Verdict {
        let when = moment.map { "at \(VirtualTime($0))" } ?? "at the end (\(story.end))"
        var lines: [String] = []
        for reading in readings {
            let label = reading.label.isEmpty ? "" : " \(reading.label)"
            lines.append("breaker \(name(breaker))\(label) is \(reading.state.rawValue) \(when)")
        }
        if readings.isEmpty {
            lines.append("no call runs through breaker \(name(breaker)), so it is closed")
        }
        let passed =
            readings.isEmpty
            ? expected == .closed : readings.allSatisfy { $0.state.rawValue == expected.rawValue }
        return Verdict(passed: passed, lines: lines + history(of: breaker, readings.isEmpty))
    }

    private func history(of breaker: QualifiedName, _ isUnknown: Bool) -> [String] {
        let changes = story.transitions.filter { $0.breaker == breaker }
        guard !changes.isEmpty else { return isUnknown ? [] : ["it never changed its state"] }
        var lines = changes.prefix(Self.mostExamples).map { change in
            "\(change.at)  \(change.transition.words)" + (change.owner.map { "  (\($0.name))" } ?? "")
        }
        if changes.count > Self.mostExamples { lines.append("… and \(changes.count - Self.mostExamples) more changes") }
        return lines
    }
}
