// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirCompiler
@testable import WeirSimulation

/// What a person reads when an expectation does not hold.
@Suite struct ExplanationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let claims: [(TestCase.Expectation.Claim, String)]
    }

    static let wrong: [Row] = [
        Row(
            testDescription: "wrong-breaker-state",
            claims: [
                (
                    .breaker(SampleSixTests.gateway, is: .closed, at: .seconds(1)),
                    "breaker card-gateway is closed at 1s"
                ),
                (.breaker(SampleSixTests.gateway, is: .open, at: nil), "breaker card-gateway is open"),
            ]),
        Row(
            testDescription: "wrong-counts",
            claims: [
                (
                    .receives(Scene.upstream, .atMost(10), by: .seconds(2)),
                    "payments.authorize receives at most 10 calls by 2s"
                ),
                (.receives(Scene.upstream, .exactly(21), by: nil), "payments.authorize receives exactly 21 calls"),
                (.receives(Scene.upstream, .atLeast(500), by: nil), "payments.authorize receives at least 500 calls"),
                (
                    .receives(Scene.upstream, .atLeast(1), by: .milliseconds(5)),
                    "payments.authorize receives at least 1 call by 5ms"
                ),
            ]),
        Row(
            testDescription: "wrong-answers",
            claims: [
                (
                    .answers(Scene.upstream, .fallback, within: nil, .init(from: .zero, until: .seconds(2))),
                    "payments.authorize answers fallback until 2s"
                ),
                (
                    .answers(Scene.upstream, .success, within: .milliseconds(50), .init(from: .seconds(16))),
                    "payments.authorize answers success within 50ms from 16s to 1m"
                ),
                (
                    .answers(Scene.upstream, .status(429), within: nil, .init(from: .seconds(1), until: .seconds(2))),
                    "payments.authorize answers status 429 from 1s to 2s"
                ),
            ]),
        Row(
            testDescription: "nothing-observed",
            claims: [
                (
                    .answers(Scene.upstream, .success, within: nil, .init(from: .seconds(5), until: .seconds(6))),
                    "payments.authorize answers success from 5s to 6s"
                ),
                (
                    .answers(Scene.name("payments.refund"), .success, within: nil, .init()),
                    "payments.refund answers success"
                ),
                (.breaker(Scene.name("no-such"), is: .open, at: nil), "breaker no-such is open"),
            ]),
    ]

    @Test(arguments: wrong) func `says what happened instead`(row: Row) throws {
        var scene = try SampleSixTests.scene()
        scene.given(.status(503), until: .seconds(10))
        scene.calls(40)
        scene.calls(10, every: .milliseconds(100), from: .seconds(16))
        for (claim, text) in row.claims { scene.expect(claim, text) }
        let result = scene.run()
        #expect(result.expectations.allSatisfy { !$0.passed })
        expectGolden(result.description, named: row.testDescription)
    }

    @Test func `shows each retry in the trace`() throws {
        var scene = try Scene([try StepScenarioTests.retry(2)])
        scene.given(.status(503))
        scene.calls(1)
        expectGolden(scene.run().trace.map(\.description).joined(separator: "\n"), named: "trace-of-a-retry")
    }

    @Test func `says little about a test that passed`() throws {
        var scene = try Scene([])
        scene.calls(1)
        scene.expect(.answers(Scene.upstream, .success, within: nil, .init()), "payments.authorize answers success")
        #expect(scene.run().description == "✓ the scene  (shop/checkout.test.weir:1)")
    }
}
