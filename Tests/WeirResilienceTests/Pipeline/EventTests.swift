// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// What observers are told: who, where, why and how much.
@Suite struct EventTests {
    let bench = Bench()

    func first(_ name: ResilienceEvent.Name) -> ResilienceEvent? { bench.recorder.events.first { $0.name == name } }

    @Test func `each event names policy, owner, version and the place of its step`() throws {
        let pipeline = try bench.pipeline(
            [try CompositionTests.retry(3), try CompositionTests.breaker(after: 2)], version: "9")
        _ = bench.play(pipeline, [.answers(.failure(.refused))])
        #expect(
            bench.recorder.names == [
                "attempt.started", "attempt.finished", "retry.scheduled", "attempt.started", "attempt.finished",
                "breaker.transition", "retry.stopped",
            ])
        for event in bench.recorder.events {
            #expect(event.policy.name == "p" && event.owner.name == "p" && event.version == "9")
            #expect(event.place?.file == "shop.weir")
        }
        #expect(first(.retryScheduled)?.wait == 100 * millisecond)
        #expect(first(.retryStopped)?.reason == "circuit_open")
        #expect(first(.breakerTransition)?.reason == "tripped_consecutive")
    }

    @Test func `a full bulkhead says how full, a queued caller too`() throws {
        let pipeline = try bench.pipeline([.bulkhead(try BulkheadPolicy(calls: 1, queue: 1, maxWait: .seconds(1)))])
        var running = CallMachine(pipeline)
        var waiting = CallMachine(pipeline)
        #expect(running.begin(at: 0) == .attempt(until: .max))
        #expect(waiting.begin(at: 0) == .queue)
        #expect(waiting.enqueue(Waiter {}, at: 0) == .queued(until: second))
        #expect(bench.play(pipeline, [.answers(.success)]).outcome.refusal == .bulkheadFull)
        for event in [first(.bulkheadQueued), first(.bulkheadRejected)] {
            #expect(event?.running == 1 && event?.waiting == 1 && event?.limit == 1)
        }
        #expect(first(.bulkheadRejected)?.reason == "bulkhead_full")
        #expect(waiting.queueExpired(at: second) == .finish(.error))
        #expect(running.attemptEnded(.success, at: second) == .finish(.attempt))
    }

    @Test func `a refusing limit says after how long a try makes sense`() throws {
        let limit = try RateLimitPolicy(rate: .perSecond(1), burst: 1, maxWait: .milliseconds(1500))
        let pipeline = try bench.pipeline([.limit(limit)])
        for _ in 0..<2 { _ = bench.play(pipeline, [.answers(.success)]) }
        #expect(first(.rateWaited)?.wait == second)
        #expect(bench.play(pipeline, [.answers(.success)]).outcome.refusal == .rateLimited)
        #expect(first(.rateRejected)?.wait == 2 * second && first(.rateRejected)?.reason == "rate_limited")
    }

    @Test func `an empty budget says what is left`() throws {
        let budget = try RetryBudgetPolicy(share: .percent(50), atLeast: try Rate(count: 0, window: .seconds(10)))
        let retry = try RetryPolicy(
            attempts: 2, backoff: .constant(.zero), jitter: .none, budget: StepBudget(.share(budget)))
        #expect(bench.play(try bench.pipeline([.retry(retry)]), [.answers(.failure(.refused))]).stop == .budget)
        #expect(first(.budgetDenied)?.remaining == 0.5)
        #expect(first(.budgetDenied)?.outcome?.cause == .refused)
        #expect(first(.retryStopped)?.reason == "budget")
    }

    @Test func `a fallback says in whose place it answers`() throws {
        let pipeline = try bench.pipeline([
            .fallback(try FallbackPolicy(target: .value("b"))), .bulkhead(try BulkheadPolicy(calls: 0)),
        ])
        _ = bench.play(pipeline, [.answers(.success)])
        #expect(first(.fallbackUsed)?.reason == "bulkhead_full")
    }

    @Test func `a good answer that comes too late is told of before it is thrown away`() throws {
        var call = CallMachine(try bench.pipeline([.timeout(try TimeoutPolicy(limit: .milliseconds(50)))]))
        #expect(call.begin(at: 0) == .attempt(until: 50 * millisecond))
        #expect(call.attemptEnded(.status(201), at: 70 * millisecond) == .finish(.error))
        let late = first(.timeoutLateResult)
        #expect(late?.outcome?.status == 201 && late?.wait == 20 * millisecond && late?.step == .timeout)
    }

    @Test func `a result of an earlier generation is told of with the scope it belongs to`() throws {
        let policy = try CircuitBreakerPolicy(trips: [.consecutive(1)], scope: try ScopeKey(.caller))
        let pipeline = try bench.pipeline([.breaker(policy)])
        let facts = CallFacts(scope: { _ in "blue" })
        var slow = CallMachine(pipeline, facts)
        #expect(slow.begin(at: 0) == .attempt(until: .max))
        _ = bench.play(pipeline, [.answers(.failure(.reset))], facts: facts)
        #expect(slow.attemptEnded(.success, at: second) == .finish(.attempt))
        #expect(first(.breakerStaleResult)?.scope == "blue")
        #expect(first(.breakerTransition)?.scope == "blue")
    }

    @Test func `abandoned work is told of when it is left and when it ends`() async throws {
        let pipeline = try bench.pipeline([.timeout(try TimeoutPolicy(limit: .milliseconds(50), abandon: 3))])
        let clock = bench.clock
        let call = Task {
            try await pipeline.runDetachable {
                await withUnsafeContinuation { continuation in
                    EngineClock.manual(clock).schedule(Resume { continuation.resume() }, at: second)
                }
            }
        }
        await clock.sleepers(atLeast: 2)
        clock.advance(by: .milliseconds(50))
        await #expect(throws: ResilienceError.self) { try await call.value }
        let left = try #require(first(.timeoutOrphan))
        #expect(left.running == 1 && left.limit == 3)
        clock.advance(by: .milliseconds(950))
        await bench.recorder.hears(.timeoutLateResult)
        let late = try #require(first(.timeoutLateResult))
        #expect(late.running == 0 && late.wait == 950 * millisecond && late.attempt == 1 && late.outcome == .success)
    }
}
