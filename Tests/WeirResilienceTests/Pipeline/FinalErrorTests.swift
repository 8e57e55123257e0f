// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// What the caller and the observers learn about a call that failed.
@Suite struct FinalErrorTests {
    struct First: Error {}
    struct Second: Error {}

    let bench = Bench()

    static func thrown(_ body: () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch { return error }
    }

    @Test func `a refusal whose fallback failed carries the fallback's error`() async throws {
        let pipeline = try bench.pipeline([
            .fallback(try FallbackPolicy(target: .handler("b"))), .bulkhead(try BulkheadPolicy(calls: 0)),
        ])
        let handling = ResultHandling<Void>(handlers: ["b": { _ in throw Second() }])
        let error = await Self.thrown { try await pipeline.run(.none, handling) {} } as? ResilienceError
        #expect(error?.code == .bulkheadFull)
        #expect(error?.fallbackError is Second)
    }

    @Test func `the event of a failed fallback names its error, the caller gets its own`() async throws {
        let pipeline = try bench.pipeline([.fallback(try FallbackPolicy(target: .handler("b")))])
        let handling = ResultHandling<Void>(handlers: ["b": { _ in throw Second() }])
        #expect(await Self.thrown { try await pipeline.run(.none, handling) { throw First() } } is First)
        let event = try #require(bench.recorder.events.first { $0.name == .fallbackFailed })
        #expect(event.outcome?.error?.hasSuffix("Second") == true)
    }

    @Test func `a fallback that was not needed leaves no error behind`() async throws {
        let pipeline = try bench.pipeline([.bulkhead(try BulkheadPolicy(calls: 0))])
        let error = await Self.thrown { try await pipeline.run {} } as? ResilienceError
        #expect(error?.code == .bulkheadFull && error?.fallbackError == nil && error?.retryStop == nil)
    }

    @Test func `a fallback without time is a timeout, whatever it threw`() async throws {
        let pipeline = try bench.pipeline([
            .fallback(try FallbackPolicy(target: .handler("b"), within: .milliseconds(5))),
            .bulkhead(try BulkheadPolicy(calls: 0)),
        ])
        let clock = bench.clock
        let handling = ResultHandling<Void>(handlers: ["b": { _ in clock.advance(by: .milliseconds(5)) }])
        let error = await Self.thrown { try await pipeline.run(.none, handling) {} } as? ResilienceError
        #expect(error?.code == .bulkheadFull)
        #expect((error?.fallbackError as? ResilienceError)?.code == .timeout)
    }

    @Test func `a fallback that nobody registered says so`() async throws {
        let pipeline = try bench.pipeline([
            .fallback(try FallbackPolicy(target: .handler("b"))), .bulkhead(try BulkheadPolicy(calls: 0)),
        ])
        let error = await Self.thrown { try await pipeline.run {} } as? ResilienceError
        #expect((error?.fallbackError as? ResilienceError)?.code == .fallbackMissing)
    }

    @Test func `the error says why no further attempt was made`() throws {
        let pipeline = try bench.pipeline([
            try CompositionTests.retry(2), .timeout(try TimeoutPolicy(limit: .milliseconds(50))),
        ])
        var call = CallMachine(pipeline)
        #expect(call.begin(at: 0) == .attempt(until: 50 * millisecond))
        #expect(call.attemptEnded(.success, at: 50 * millisecond) == .wait(until: 150 * millisecond))
        #expect(call.waitEnded(at: 150 * millisecond) == .attempt(until: 200 * millisecond))
        #expect(call.attemptEnded(.success, at: 200 * millisecond) == .finish(.error))
        let error = call.error()
        #expect(error.code == .timeout && error.attempts == 2 && error.retryStop == .exhausted)
        #expect(error.step == .timeout && error.place?.line == 3)
    }

    @Test func `the caller's own deadline names the policy, not a step`() throws {
        var call = CallMachine(
            try bench.pipeline([.timeout(try TimeoutPolicy(limit: .seconds(9)))]), CallFacts(deadline: second))
        #expect(call.begin(at: 0) == .attempt(until: second))
        #expect(call.attemptEnded(.success, at: second) == .finish(.error))
        #expect(call.error().step == nil && call.error().place?.line == 1)
    }

    @Test func `an open breaker says after how long a call makes sense`() throws {
        let pipeline = try bench.pipeline([
            .breaker(
                try CircuitBreakerPolicy(
                    trips: [.consecutive(1)], openTime: .listed([.seconds(5)]), openJitter: .zero))
        ])
        _ = bench.play(pipeline, [.answers(.failure(.reset))])
        var call = CallMachine(pipeline)
        #expect(call.begin(at: 2 * second) == .finish(.error))
        let error = call.error()
        #expect(error.code == .circuitOpen && error.retryAfter == .seconds(3) && error.attempts == 0)
    }
}
