// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy

extension Judge {
    /// Looks at every call to an operation that began in the window; without any, nothing was observed, and that fails.
    func judgeAnswers(
        _ operation: QualifiedName, _ expected: TestCase.Expectation.Answer, within limit: Duration?,
        _ window: TestCase.Window
    ) -> Verdict {
        let all = story.calls(to: operation)
        let calls = all.filter { window.contains($0.started) }
        let when = words(window)
        guard !calls.isEmpty else { return nothingObserved(operation, all, when) }
        let bound = limit.map { VirtualTime($0) } ?? .never
        let wrong = calls.filter { !$0.answer.matches(expected) }
        let late = calls.filter { $0.answer.matches(expected) && $0.waited > bound }
        var lines = ["\(Self.count(calls.count, "call")) to \(name(operation)) began\(when)"]
        lines += kinds(calls)
        if let slowest = calls.max(by: { $0.waited < $1.waited }) {
            lines.append("the slowest took \(slowest.waited), from \(slowest.started) on")
        }
        if !wrong.isEmpty {
            lines.append("\(wrong.count) did not answer \(Self.words(expected)):")
            lines += examples(wrong)
        }
        if !late.isEmpty {
            lines.append("\(late.count) took longer than \(bound):")
            lines += examples(late)
        }
        return Verdict(passed: wrong.isEmpty && late.isEmpty, lines: lines)
    }

    private func nothingObserved(_ operation: QualifiedName, _ all: [CallFact], _ when: String) -> Verdict {
        var lines = ["no call to \(name(operation)) began\(when), so nothing was observed"]
        if let first = all.first, let last = all.last {
            lines.append("\(Self.count(all.count, "call")) to it began between \(first.started) and \(last.started)")
        } else {
            let others = Set(story.calls.map { name($0.operation) }).sorted()
            if !others.isEmpty { lines.append("calls were made to \(others.joined(separator: ", "))") }
        }
        return Verdict(passed: false, lines: lines)
    }

    /// How many calls were answered how: `fallback, status 503: 12 (667ms to 1.97s)`.
    private func kinds(_ calls: [CallFact]) -> [String] {
        var order: [String] = []
        var groups: [String: [CallFact]] = [:]
        for call in calls {
            let kind = call.answer.description
            if groups[kind] == nil { order.append(kind) }
            groups[kind, default: []].append(call)
        }
        let shown = order.prefix(Self.mostExamples).map { kind in
            let group = groups[kind] ?? []
            return "\(kind): \(group.count)\(span(group))"
        }
        return shown + (order.count > shown.count ? ["… and \(order.count - shown.count) other answers"] : [])
    }

    private func span(_ calls: [CallFact]) -> String {
        guard let first = calls.first?.started, let last = calls.last?.started else { return "" }
        return first == last ? " (\(first))" : " (\(first) to \(last))"
    }

    private func examples(_ calls: [CallFact]) -> [String] {
        let shown = calls.prefix(Self.mostExamples).map { call in
            "  \(call.started)  \(call.answer), after \(call.waited) and \(Self.count(call.attempts, "attempt"))"
        }
        return shown + (calls.count > shown.count ? ["  … and \(calls.count - shown.count) more"] : [])
    }

    private func words(_ window: TestCase.Window) -> String {
        switch (window.from, window.until) {
        case (.zero, nil): ""
        case (.zero, let until?): " before \(VirtualTime(until))"
        case (let from, nil): " from \(VirtualTime(from)) on"
        case (let from, let until?): " from \(VirtualTime(from)) to \(VirtualTime(until))"
        }
    }

    private static func words(_ answer: TestCase.Expectation.Answer) -> String {
        switch answer {
        case .success: "success"
        case .failure: "failure"
        case .fallback: "fallback"
        case .status(let code): "status \(code)"
        }
    }
}
