// SPDX-License-Identifier: Apache-2.0

public import WeirCompiler
import WeirLifecycle
import WeirPolicy

/// Whether one expectation of a test held, and what happened instead.
public struct ExpectationResult: Sendable, Hashable {
    /// What was expected.
    public let expectation: TestCase.Expectation
    /// Whether it held.
    public let passed: Bool
    /// What happened, a line each, the verdict first; also for an expectation that held.
    public let explanation: [String]
}

/// Compares a story with what was expected of it.
struct Judge {
    /// Cases that an explanation lists before it only counts them.
    static let mostExamples = 5

    let story: Story
    /// The package of the test: names of this package are written without it.
    let package: String

    func judge(_ expectation: TestCase.Expectation, question: Int?) -> ExpectationResult {
        let verdict: Verdict =
            switch expectation.claim {
            case .breaker(let name, let state, let at):
                judgeBreaker(name, is: state, at: at, readings: question.flatMap { story.readings[$0] } ?? [])
            case .receives(let operation, let bound, let time): judgeCount(operation, bound, by: time)
            case .answers(let operation, let answer, let limit, let window):
                judgeAnswers(operation, answer, within: limit, window)
            case .delivered(let subscriptions, let isExpected):
                judgeDeliveries(subscriptions, isExpected: isExpected)
            case .deadLettered(let queue): judgeDeadLetters(queue)
            case .version(let version): judgeRequests { $0.decision.version == version }
            case .status(let status): judgeRequests { $0.status == status }
            case .header(let field): judgeRequests(showing: field.name) { $0.hasField(field) }
            }
        return ExpectationResult(expectation: expectation, passed: verdict.passed, explanation: verdict.lines)
    }

    /// Whether a claim held, and the facts behind it.
    struct Verdict {
        let passed: Bool
        let lines: [String]
    }

    /// A name as a reader of the test would write it.
    func name(_ name: QualifiedName) -> String { name.package == package ? name.name : name.description }

    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
