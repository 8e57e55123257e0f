// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy

extension Judge {
    /// Slices of time that a count is shown in.
    private static let mostSlices = 6

    /// Counts the attempts that reached an operation, the moment itself included.
    func judgeCount(
        _ operation: QualifiedName, _ bound: TestCase.Expectation.Bound, by moment: Duration?
    ) -> Verdict {
        let limit = moment.map { VirtualTime($0) } ?? story.end
        let all = story.arrivals(at: operation)
        let counted = all.filter { $0.at <= limit }
        let when = moment == nil ? "in all" : "by \(limit)"
        var lines = ["\(Self.count(counted.count, "call")) reached \(name(operation)) \(when)"]
        if counted.isEmpty {
            lines.append(all.first.map { "the first came at \($0.at)" } ?? "nothing called it")
        } else {
            let first = counted.count(where: { $0.attempt == 1 })
            if first < counted.count { lines.append("\(counted.count - first) of them were retries") }
            lines += slices(counted)
        }
        if let excess = firstTooMany(counted, bound) {
            lines.append("\(Self.ordinal(excess)) came at \(counted[excess - 1].at)")
        }
        return Verdict(passed: holds(bound, counted.count), lines: lines)
    }

    private func holds(_ bound: TestCase.Expectation.Bound, _ count: Int) -> Bool {
        switch bound {
        case .exactly(let number): count == number
        case .atMost(let number): count <= number
        case .atLeast(let number): count >= number
        }
    }

    private func firstTooMany(_ counted: [ArrivalFact], _ bound: TestCase.Expectation.Bound) -> Int? {
        switch bound {
        case .exactly(let number), .atMost(let number): counted.count > number ? max(number, 0) + 1 : nil
        case .atLeast: nil
        }
    }

    /// The counts by time: `0ms to 500ms: 12`.
    private func slices(_ counted: [ArrivalFact]) -> [String] {
        guard let first = counted.first?.at, let last = counted.last?.at, first < last else { return [] }
        let step = Self.sliceLength(of: last.nanoseconds)
        let parts = Dictionary(grouping: counted) { $0.at.nanoseconds / step }
        return parts.keys.sorted().map { index in
            let from = VirtualTime(nanoseconds: index * step)
            let to = VirtualTime(nanoseconds: (index + 1) * step)
            return "\(from) to \(to): \(parts[index]?.count ?? 0)"
        }
    }

    /// The smallest round length of which a few cover the time: 1, 2 or 5 of a power of ten.
    private static func sliceLength(of total: UInt64) -> UInt64 {
        var power: UInt64 = 1_000_000
        while power < .max / 100 {
            for factor in [1, 2, 5] as [UInt64] where total / (power * factor) < UInt64(mostSlices) {
                return power * factor
            }
            power *= 10
        }
        return power
    }

    private static func ordinal(_ number: Int) -> String {
        let ending =
            switch (number % 10, number % 100) {
            case (_, 11...13): "th"
            case (1, _): "st"
            case (2, _): "nd"
            case (3, _): "rd"
            default: "th"
            }
        return "the \(number)\(ending)"
    }
}
