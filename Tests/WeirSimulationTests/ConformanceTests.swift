// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirCompiler
@testable import WeirSimulation

/// The same scene through the simulation and through the asynchronous runtime: same attempts, answers and breakers.
@Suite struct ConformanceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let scene: @Sendable () throws -> Scene

        init(_ name: String, _ scene: @escaping @Sendable () throws -> Scene) {
            testDescription = name
            self.scene = scene
        }
    }

    static func steps(_ policies: PolicyStep...) -> [PipelineStep] { policies.map { PipelineStep($0) } }

    static func scene(
        _ steps: [PipelineStep], latency: Duration = .milliseconds(7), calls: Int = 20,
        every: Duration = .microseconds(9_300), _ given: [(TestCase.Given.Behaviour, Duration, Duration?)] = []
    ) throws -> Scene {
        var scene = try Scene(steps, latency: latency)
        for (behaviour, from, until) in given { scene.given(behaviour, from: from, until: until) }
        scene.calls(calls, every: every)
        return scene
    }

    static let rows: [Row] = [
        Row("no steps") { try scene([]) },
        Row("retries with jitter") {
            try scene(
                steps(.retry(try RetryPolicy(attempts: 4, when: [.anyFailure]))),
                [(.status(503), .zero, .milliseconds(120)), (.down, .milliseconds(120), .milliseconds(150))])
        },
        Row("retries on an empty budget") {
            let budget = try RetryBudgetPolicy(
                share: .percent(20), atLeast: try Rate(count: 1, window: .seconds(10)), timeToLive: .seconds(1))
            return try scene(
                steps(.retry(try RetryPolicy(attempts: 3, when: [.anyFailure], budget: StepBudget(.share(budget))))),
                calls: 60,
                [(.status(500), .zero, nil)])
        },
        Row("a breaker by share that trips and heals") {
            let breaker = try CircuitBreakerPolicy(
                window: .time(.seconds(1), buckets: 10), minimumCalls: 5,
                openTime: .listed([.milliseconds(41)]), probes: 2)
            return try scene(
                steps(.breaker(breaker)), calls: 60,
                [(.status(500), .milliseconds(80), .milliseconds(230)), (.takes(.milliseconds(3)), .zero, nil)])
        },
        Row("a breaker by count of slow calls under a retry") {
            let breaker = try CircuitBreakerPolicy(
                trips: [.slow(.percent(50), slowerThan: .milliseconds(10))], window: .count(6), minimumCalls: 3,
                openTime: .growing(initial: .milliseconds(30), factor: .times(2), cap: .seconds(1)), probes: 1)
            return try scene(
                steps(.retry(try RetryPolicy(attempts: 2, when: [.anyFailure])), .breaker(breaker)), calls: 80,
                [(.takes(.milliseconds(13)), .milliseconds(50), .milliseconds(300))])
        },
        Row("callers that wait for what the probes decide") {
            let breaker = try CircuitBreakerPolicy(
                trips: [.consecutive(4)], openTime: .listed([.milliseconds(33)]), probes: 2, excess: .wait)
            return try scene(
                steps(.breaker(breaker)), latency: .milliseconds(37), calls: 60,
                [
                    (.status(500), .milliseconds(60), .milliseconds(160)),
                    (.takes(.milliseconds(41)), .milliseconds(60), .milliseconds(400)),
                ])
        },
        Row("a deadline over retries over timeouts") {
            try scene(
                steps(
                    .deadline(try DeadlinePolicy(total: .milliseconds(95))),
                    .retry(
                        try RetryPolicy(
                            attempts: 5, backoff: .constant(.milliseconds(11)), jitter: .none, when: [.timeout])),
                    .timeout(try TimeoutPolicy(limit: .microseconds(20_100)))), calls: 10,
                [(.takes(.milliseconds(500)), .zero, .milliseconds(60))])
        },
        Row("a bulkhead with a queue") {
            try scene(
                steps(.bulkhead(try BulkheadPolicy(calls: 2, queue: 3, maxWait: .milliseconds(31)))),
                latency: .milliseconds(29))
        },
        Row("a bulkhead that serves the newest first") {
            try scene(
                steps(.bulkhead(try BulkheadPolicy(calls: 1, queue: 4, maxWait: .milliseconds(57), order: .newest))),
                latency: .milliseconds(17))
        },
        Row("a limit that makes callers wait") {
            try scene(
                steps(.limit(try RateLimitPolicy(rate: .perSecond(70), burst: 2, maxWait: .milliseconds(40)))),
                calls: 40)
        },
        Row("the whole pipeline") {
            try scene(
                steps(
                    .fallback(try FallbackPolicy(target: .status(204))),
                    .deadline(try DeadlinePolicy(total: .milliseconds(211))),
                    .limit(try RateLimitPolicy(rate: .perSecond(90), burst: 3, maxWait: .milliseconds(20))),
                    .retry(try RetryPolicy(attempts: 3, when: [.anyFailure])),
                    .breaker(
                        try CircuitBreakerPolicy(
                            window: .count(10), minimumCalls: 6, openTime: .listed([.milliseconds(77)]), probes: 2)),
                    .bulkhead(try BulkheadPolicy(calls: 3, queue: 2, maxWait: .milliseconds(19))),
                    .timeout(try TimeoutPolicy(limit: .microseconds(30_700)))), calls: 120,
                [
                    (.status(503), .milliseconds(100), .milliseconds(300)),
                    (.takes(.milliseconds(90)), .milliseconds(500), .milliseconds(640)),
                    (.down, .milliseconds(800), .milliseconds(900)),
                ])
        },
    ]

    @Test(arguments: rows, [1, 2, 3] as [UInt64])
    func `tells the story that the runtime lives`(row: Row, seed: UInt64) async throws {
        let scene = try row.scene()
        let simulated = Conformance(scene.run(seed: seed).story)
        let lived = try await Stage(scene, seed: seed).play()
        #expect(simulated.calls == lived.calls)
        #expect(simulated.arrivals == lived.arrivals)
        #expect(simulated.transitions == lived.transitions)
        #expect(!simulated.calls.isEmpty)
    }
}
