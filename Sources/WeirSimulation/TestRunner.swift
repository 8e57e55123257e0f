// SPDX-License-Identifier: Apache-2.0

public import WeirCompiler
public import WeirPolicy

/// Runs `test` blocks in virtual time over the state machines of the runtime.
public enum TestRunner {
    /// The seed that is used where none is named.
    public static let defaultSeed: UInt64 = 1

    /// Plays the story of a test and compares it with what the test expects; takes no real time and never throws.
    ///
    /// A test without calls or without expectations fails, and so does one whose story passes a limit.
    /// - Parameters:
    ///   - graph: the graph of the environment that the test names.
    ///   - seed: what jitter is drawn from; equal seeds give equal results, traces included.
    public static func run(
        _ test: TestCase, graph: PolicyGraph, seed: UInt64 = defaultSeed,
        limits: SimulationLimits = SimulationLimits()
    ) -> TestResult {
        let simulation = Simulation(graph: graph, given: test.given, seed: seed, limits: limits)
        for stimulus in test.stimuli { simulation.add(stimulus) }
        for publication in test.publications { simulation.add(publication) }
        let questions = test.expectations.map { expectation -> Int? in
            guard case .breaker(let name, _, let at) = expectation.claim else { return nil }
            return simulation.ask(Simulation.Question(breaker: name, at: at.map { VirtualTime($0) }))
        }
        var story = simulation.run()
        story.requests = RequestFact.play(test, graph: graph)
        let judge = Judge(story: story, package: test.package)
        let expectations = zip(test.expectations, questions).map { judge.judge($0, question: $1) }
        return TestResult(
            test: test, seed: seed, expectations: expectations, problem: problem(of: test, in: graph, story),
            story: story)
    }

    private static func problem(of test: TestCase, in graph: PolicyGraph, _ story: Story) -> String? {
        if let problem = story.problem { return "the story could not be played to its end: \(problem)" }
        if story.requests.count < test.requests.count {
            return "a request needs a date, by `on` or by `starting`, an API of the graph, and names of header fields"
        }
        if test.stimuli.isEmpty, test.publications.isEmpty, test.requests.isEmpty {
            return "the test makes no calls, so there is nothing to observe"
        }
        if test.expectations.isEmpty { return "the test expects nothing" }
        if let unknown = test.stimuli.first(where: { graph.operation($0.operation) == nil }) {
            return "the graph has no operation `\(unknown.operation)` to call"
        }
        return nil
    }
}

/// What became of one test.
public struct TestResult: Sendable, Hashable {
    /// The test.
    public let test: TestCase
    /// The seed that it ran with.
    public let seed: UInt64
    /// Its expectations in their order.
    public let expectations: [ExpectationResult]
    /// Why the test could not be judged at all; nil when it could.
    public let problem: String?
    /// Everything that happened.
    public let story: Story

    /// Whether every expectation held and nothing stood in the way.
    public var passed: Bool { problem == nil && expectations.allSatisfy(\.passed) }

    /// All events, in the order of their times.
    public var trace: [TraceEntry] { story.trace }
}
