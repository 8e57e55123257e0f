// SPDX-License-Identifier: Apache-2.0

import WeirCompiler
import WeirPolicy

/// One line of a report, and what kind of line it is, so that a terminal can colour it.
public struct ReportLine: Sendable, Hashable {
    /// The kinds of line.
    public enum Kind: Sendable, Hashable {
        /// The name of a test that passed.
        case passedTest
        /// The name of a test that failed.
        case failedTest
        /// An expectation that held.
        case held
        /// An expectation that did not hold.
        case broken
        /// A fact behind the verdict.
        case fact
        /// A line of the story.
        case story
        /// A change of a breaker's state in the story.
        case transition
        /// Something to know about the run.
        case note
    }

    /// Which kind of line.
    public let kind: Kind
    /// The line without colour and without its end.
    public let text: String
}

extension TestResult {
    /// The result for people: a line for a test that passed, and for a failed one what happened instead and the story.
    ///
    /// - Parameter verbose: whether to show the expectations and the story of a test that passed, too.
    public func report(verbose: Bool = false) -> [ReportLine] {
        var lines = [
            ReportLine(
                kind: passed ? .passedTest : .failedTest,
                text: "\(passed ? "✓" : "✗") \(test.name)  (\(test.place.file):\(test.place.line))")
        ]
        if let problem { lines.append(ReportLine(kind: .broken, text: "  ✗ \(problem)")) }
        lines += story.notes.map { ReportLine(kind: .note, text: "  ! \($0)") }
        guard !passed || verbose else { return lines }
        for result in expectations { lines += Self.report(result) }
        let timeline = Timeline(story: story, package: test.package).lines
        if !timeline.isEmpty { lines.append(ReportLine(kind: .note, text: "  what happened, seed \(seed):")) }
        lines += timeline.map { ReportLine(kind: $0.kind, text: "    " + $0.text) }
        return lines
    }

    private static func report(_ result: ExpectationResult) -> [ReportLine] {
        guard !result.passed else { return [ReportLine(kind: .held, text: "  ✓ \(result.expectation.text)")] }
        let place = result.expectation.place
        let head = "  ✗ \(result.expectation.text)  (\(place.file):\(place.line))"
        return [ReportLine(kind: .broken, text: head)]
            + result.explanation.map { ReportLine(kind: .fact, text: "      \($0)") }
    }
}

extension TestResult: CustomStringConvertible {
    /// The report as plain text, a failed test with all its facts.
    public var description: String { report().map(\.text).joined(separator: "\n") }
}
