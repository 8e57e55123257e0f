// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

@testable import WeirCompiler
@testable import WeirSimulation

/// A small world for a test: one operation that calls others through policies, all in the package `shop`.
struct Scene {
    static let package = "shop"
    static let caller = name("checkout.place-order")
    static let upstream = name("payments.authorize")

    var operations: [OperationNode] = []
    var policies: [ResolvedPolicy] = []
    var given: [TestCase.Given] = []
    var stimuli: [TestCase.Stimulus] = []
    var publications: [TestCase.Publication] = []
    var topology = EventTopology.empty
    var expectations: [TestCase.Expectation] = []

    /// A caller with one call to an upstream, through a policy of these steps.
    init(_ steps: [PipelineStep], latency: Duration = .zero, safe: Bool = true) throws {
        policies = [try ResolvedPolicy(name: Self.name("card"), steps: steps)]
        operations = [
            OperationNode(
                name: Self.caller, calls: [.init(callee: Self.upstream, times: 1, policy: Self.name("card"))]),
            OperationNode(
                name: Self.upstream, idempotency: safe ? .idempotent : .notIdempotent, typicalLatency: latency),
        ]
    }

    init() {}

    static func name(_ text: String) -> QualifiedName { QualifiedName(package: package, name: text) }

    static func place(_ line: Int) -> SourcePlace {
        SourcePlace(file: "shop/checkout.test.weir", line: line, column: 3)
    }

    mutating func given(
        _ behaviour: TestCase.Given.Behaviour, _ operation: QualifiedName = upstream, from: Duration = .zero,
        until: Duration? = nil
    ) {
        given.append(
            TestCase.Given(
                operation: operation, behaviour: behaviour, window: .init(from: from, until: until),
                place: Self.place(2 + given.count)))
    }

    mutating func calls(
        _ count: Int, to operation: QualifiedName = caller, every: Duration = .milliseconds(50), from: Duration = .zero
    ) {
        stimuli.append(
            TestCase.Stimulus(
                calls: count, operation: operation, every: every, from: from, place: Self.place(5 + stimuli.count)))
    }

    mutating func expect(_ claim: TestCase.Expectation.Claim, _ text: String) {
        expectations.append(
            TestCase.Expectation(claim: claim, text: text, place: Self.place(10 + expectations.count)))
    }

    var graph: PolicyGraph {
        PolicyGraph(environment: nil, services: [], operations: operations, policies: policies, topology: topology)
    }

    var test: TestCase {
        TestCase(
            name: "the scene", package: Self.package, environment: nil, starting: nil, given: given, stimuli: stimuli,
            publications: publications, requests: [], expectations: expectations, place: Self.place(1))
    }

    func run(seed: UInt64 = 1, limits: SimulationLimits = SimulationLimits()) -> TestResult {
        TestRunner.run(test, graph: graph, seed: seed, limits: limits)
    }
}
