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

    /// The operation's error with what is known of the call.
    struct Noted: Error {
        let error: any Error
        let notes: FailureNotes
    }

    static func noting(_ handlers: [String: ResultHandling<Void>.Handler]? = nil) -> ResultHandling<Void> {
        ResultHandling(
            classifyError: { _ in .failure(.refused) }, annotate: { Noted(error: $0, notes: $1) }, handlers: handlers)
    }

    static let stops: [(RetryStop, [PolicyStep])] = {
        func retry(_ change: (attempts: Int, wait: Duration, budget: RetryBudgetPolicy?)) throws -> PolicyStep {
            .retry(
                try RetryPolicy(
                    attempts: change.attempts, backoff: .constant(change.wait), jitter: .none, when: [.refused],
                    budget: change.budget.map { try StepBudget(.share($0)) }))
        }
        do {
            let empty = try RetryBudgetPolicy(share: .percent(0), atLeast: try Rate(count: 0, window: .seconds(1)))
            return [
                (.exhausted, [try retry((2, .zero, nil))]), (.budget, [try retry((2, .zero, empty))]),
                (.deadline, [.deadline(try DeadlinePolicy(total: .seconds(1))), try retry((2, .seconds(1), nil))]),
                (.circuitOpen, [try retry((2, .zero, nil)), try CompositionTests.breaker(after: 1)]),
                (.notRetryable, [.retry(try RetryPolicy(when: [.timeout]))]),
            ]
        } catch { return [] }
    }()

    @Test(arguments: stops)
    func `the last real error can be told why it was the last`(stop: RetryStop, steps: [PolicyStep]) async throws {
        let pipeline = try bench.pipeline(steps, version: "3")
        let thrown = await Self.thrown { try await pipeline.run(.none, Self.noting()) { throw First() } }
        let noted = try #require(thrown as? Noted)
        #expect(noted.error is First)
        #expect(noted.notes.retryStop == stop && noted.notes.graphVersion == "3")
        #expect(noted.notes.attempts == (stop == .exhausted ? 2 : 1))
    }

    @Test func `the original error can be told of the fallback's`() async throws {
        let pipeline = try bench.pipeline([.fallback(try FallbackPolicy(target: .handler("b")))])
        let thrown = await Self.thrown {
            try await pipeline.run(.none, Self.noting(["b": { _ in throw Second() }])) { throw First() }
        }
        let noted = try #require(thrown as? Noted)
        #expect(noted.error is First && noted.notes.fallbackError is Second)
    }

    @Test func `a detachable call's error is told the same`() async throws {
        let pipeline = try bench.pipeline([try CompositionTests.retry(1)])
        let thrown = await Self.thrown { try await pipeline.runDetachable(.none, Self.noting()) { throw First() } }
        #expect((thrown as? Noted)?.notes.retryStop == .exhausted)
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
