// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// A limit as a step of a pipeline: who takes tokens, who gives them back.
@Suite struct LimitStepTests {
    let bench = Bench()

    func limit(maxWait: Duration = .seconds(5)) throws -> PolicyStep {
        .limit(try RateLimitPolicy(rate: .perSecond(1), maxWait: maxWait))
    }

    @Test func `a call that wakes up after its deadline gives its tokens back`() throws {
        let pipeline = try bench.pipeline([try limit()])
        #expect(bench.play(pipeline, [.answers(.success)]).outcome == .success)
        var late = CallMachine(pipeline, CallFacts(deadline: 1500 * millisecond))
        #expect(late.begin(at: 0) == .wait(until: second))
        #expect(late.waitEnded(at: 1500 * millisecond) == .finish(.error))
        #expect(late.outcome.refusal == .deadlineExceeded && late.attempts == 0)
        #expect(bench.play(pipeline, [.answers(.success)], at: 1500 * millisecond).endedAt == 1500 * millisecond)
    }

    @Test func `a cancelled wait gives its tokens back`() throws {
        let pipeline = try bench.pipeline([try limit()])
        _ = bench.play(pipeline, [.answers(.success)])
        var leaving = CallMachine(pipeline)
        #expect(leaving.begin(at: 0) == .wait(until: second))
        #expect(leaving.cancel(at: 0) == .finish(.cancelled))
        #expect(bench.play(pipeline, [.answers(.success)]).starts == [second])
    }

    @Test func `refusals take nothing and say when to come back`() throws {
        let pipeline = try bench.pipeline([try limit(maxWait: .zero)])
        _ = bench.play(pipeline, [.answers(.success)])
        for _ in 0..<10 {
            let refused = bench.play(pipeline, [.answers(.success)], at: 250 * millisecond)
            #expect(refused.outcome.refusal == .rateLimited && refused.outcome.retryAfter == .milliseconds(750))
        }
        #expect(bench.play(pipeline, [.answers(.success)], at: second).outcome == .success)
    }

    @Test func `the deadline of a step above ends the wait before it begins`() throws {
        let pipeline = try bench.pipeline([.deadline(try DeadlinePolicy(total: .seconds(1))), try limit()])
        _ = bench.play(pipeline, [.answers(.success)])
        let refused = bench.play(pipeline, [.answers(.success)])
        #expect(refused.outcome.refusal == .rateLimited && refused.endedAt == 0)
        #expect(refused.outcome.retryAfter == .seconds(1))
        #expect(bench.play(pipeline, [.answers(.success)], at: 1).starts == [second], "one nanosecond is enough")
    }
}
