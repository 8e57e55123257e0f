// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy
import WeirResilience

@testable import WeirCompiler
@testable import WeirSimulation

/// Each step of a pipeline in a story small enough to know every time in it by heart.
@Suite struct StepScenarioTests {
    static func retry(_ attempts: Int, wait: Duration = .milliseconds(10)) throws -> PipelineStep {
        PipelineStep(
            .retry(
                try RetryPolicy(
                    attempts: attempts, backoff: .constant(wait), jitter: .none, when: [.anyFailure])))
    }

    static func arrivals(_ result: TestResult, at operation: QualifiedName = Scene.upstream) -> [String] {
        result.story.arrivals(at: operation).map { "\($0.at)" }
    }

    /// What callers of the upstream got, and when.
    static func answers(_ result: TestResult) -> [String] {
        result.story.calls(to: Scene.upstream).map { "\($0.started) \($0.answer) after \($0.waited)" }
    }

    @Test func `retries at the times that the policy says and no more often`() throws {
        var scene = try Scene([Self.retry(3)])
        scene.given(.status(503))
        scene.calls(1)
        let result = scene.run()
        #expect(Self.arrivals(result) == ["0ms", "10ms", "20ms"])
        #expect(Self.answers(result) == ["0ms failure, status 503; all attempts used after 20ms"])
    }

    @Test func `stops retrying with the first success`() throws {
        var scene = try Scene([Self.retry(5)])
        scene.given(.down, until: .milliseconds(15))
        scene.calls(1)
        let result = scene.run()
        #expect(Self.arrivals(result) == ["0ms", "10ms", "20ms"])
        #expect(Self.answers(result) == ["0ms success after 20ms"])
    }

    @Test func `does not repeat what is unsafe to repeat`() throws {
        var scene = try Scene([Self.retry(3)], safe: false)
        scene.given(.status(503))
        scene.calls(1)
        #expect(Self.answers(scene.run()) == ["0ms failure, status 503; unsafe to repeat after 0ms"])
    }

    @Test func `trips after failures in a row, refuses, probes and heals`() throws {
        let breaker = try CircuitBreakerPolicy(
            trips: [.consecutive(3)], openTime: .listed([.milliseconds(100)]), openJitter: .zero, probes: 1)
        var scene = try Scene([PipelineStep(.breaker(breaker))])
        scene.given(.status(500), until: .milliseconds(95))
        scene.calls(20, every: .milliseconds(10))
        scene.expect(.breaker(Scene.name("card"), is: .closed, at: .milliseconds(19)), "closed at 19ms")
        scene.expect(.breaker(Scene.name("card"), is: .open, at: .milliseconds(20)), "open at 20ms")
        scene.expect(.breaker(Scene.name("card"), is: .open, at: .milliseconds(119)), "open at 119ms")
        scene.expect(.breaker(Scene.name("card"), is: .closed, at: nil), "closed at the end")
        let result = scene.run()
        #expect(result.passed, "\(result)")
        #expect(
            result.story.transitions.map { "\($0.at) \($0.transition.to.rawValue)" } == [
                "20ms open", "120ms half-open", "120ms closed",
            ])
        #expect(Self.arrivals(result).count == 3 + 8)
    }

    @Test func `ends a hanging call at its deadline`() throws {
        var scene = try Scene([PipelineStep(.deadline(try DeadlinePolicy(total: .milliseconds(300))))])
        scene.given(.takes(.seconds(10)))
        scene.calls(1)
        #expect(Self.answers(scene.run()) == ["0ms failure, timeout after 300ms"])
    }

    @Test func `bounds each attempt and all of them together`() throws {
        var scene = try Scene([
            PipelineStep(.deadline(try DeadlinePolicy(total: .milliseconds(250)))), Self.retry(5),
            PipelineStep(.timeout(try TimeoutPolicy(limit: .milliseconds(100)))),
        ])
        scene.given(.takes(.seconds(10)))
        scene.calls(1)
        let result = scene.run()
        #expect(Self.arrivals(result) == ["0ms", "110ms", "220ms"])
        #expect(Self.answers(result).allSatisfy { $0.hasSuffix("after 250ms") })
    }

    @Test func `lets callers queue for a bulkhead in their order and refuses the rest at once`() throws {
        let bulkhead = try BulkheadPolicy(calls: 1, queue: 2)
        var scene = try Scene([PipelineStep(.bulkhead(bulkhead))], latency: .milliseconds(100))
        scene.calls(4, every: .milliseconds(1))
        let result = scene.run()
        #expect(
            Self.answers(result) == [
                "0ms success after 100ms", "1ms success after 199ms", "2ms success after 298ms",
                "3ms failure, the bulkhead was full after 0ms",
            ])
    }

    @Test func `gives a queued caller up after its longest wait`() throws {
        let bulkhead = try BulkheadPolicy(calls: 1, queue: 2, maxWait: .milliseconds(30))
        var scene = try Scene([PipelineStep(.bulkhead(bulkhead))], latency: .milliseconds(100))
        scene.calls(2, every: .milliseconds(1))
        #expect(
            Self.answers(scene.run()) == [
                "0ms success after 100ms", "1ms failure, the bulkhead was full after 30ms",
            ])
    }

    @Test func `makes callers wait for their tokens, within bounds`() throws {
        let limit = try RateLimitPolicy(rate: .perSecond(10), burst: 1, maxWait: .milliseconds(150))
        var scene = try Scene([PipelineStep(.limit(limit))])
        scene.calls(3, every: .milliseconds(1))
        let result = scene.run()
        #expect(Self.arrivals(result) == ["0ms", "100ms"])
        #expect(Self.answers(result).last == "2ms failure, the rate limit was reached after 0ms")
    }

    @Test(arguments: [
        (FallbackPolicy.Target.status(200), "fallback, status 200"), (.value("none"), "fallback, value \"none\""),
        (.handler("empty-cart"), "fallback, handler \"empty-cart\""),
    ])
    func `answers from the fallback, and the caller goes on`(target: FallbackPolicy.Target, words: String) throws {
        var scene = try Scene([PipelineStep(.fallback(try FallbackPolicy(target: target)))])
        scene.given(.down)
        scene.calls(1)
        let result = scene.run()
        #expect(Self.answers(result) == ["0ms \(words) after 0ms"])
        #expect(result.story.calls(to: Scene.caller).map(\.answer.kind) == [.success])
    }

    @Test func `shares the state of a shared step between policies and operations`() throws {
        let breaker = PipelineStep(
            .breaker(try CircuitBreakerPolicy(trips: [.consecutive(2)])), shared: Scene.name("gateway"))
        var scene = try Scene([breaker])
        let refund = Scene.name("payments.refund")
        scene.policies.append(try ResolvedPolicy(name: Scene.name("other"), steps: [breaker]))
        scene.operations.append(OperationNode(name: refund))
        scene.operations.append(
            OperationNode(
                name: Scene.name("desk.refund"), calls: [.init(callee: refund, times: 1, policy: Scene.name("other"))]))
        scene.given(.down)
        scene.calls(2, every: .milliseconds(1))
        scene.calls(1, to: Scene.name("desk.refund"), from: .milliseconds(10))
        scene.expect(.receives(refund, .exactly(0), by: nil), "payments.refund receives exactly 0 calls")
        scene.expect(.breaker(Scene.name("gateway"), is: .open, at: nil), "breaker gateway is open")
        scene.expect(.breaker(Scene.name("other"), is: .open, at: nil), "breaker other is open")
        let result = scene.run()
        #expect(result.passed, "\(result)")
    }

    @Test func `keeps the breakers of two policies for one operation apart`() throws {
        let breaker = PipelineStep(.breaker(try CircuitBreakerPolicy(trips: [.consecutive(2)])))
        var scene = try Scene([breaker])
        scene.policies.append(try ResolvedPolicy(name: Scene.name("calm"), steps: [breaker]))
        scene.operations.append(
            OperationNode(
                name: Scene.name("desk.pay"),
                calls: [.init(callee: Scene.upstream, times: 1, policy: Scene.name("calm"))]))
        scene.given(.down)
        scene.calls(2, every: .milliseconds(1))
        scene.calls(1, to: Scene.name("desk.pay"), from: .milliseconds(10))
        scene.expect(.breaker(Scene.name("card"), is: .open, at: nil), "breaker card is open")
        scene.expect(.breaker(Scene.name("calm"), is: .closed, at: nil), "breaker calm is closed")
        scene.expect(.receives(Scene.upstream, .exactly(3), by: nil), "payments.authorize receives exactly 3 calls")
        let result = scene.run()
        #expect(result.passed, "\(result)")
    }
}
