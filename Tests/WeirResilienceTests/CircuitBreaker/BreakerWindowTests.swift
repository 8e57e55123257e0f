// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// What a breaker remembers, and for how long.
@Suite struct BreakerWindowTests {
    typealias Breakers = CircuitBreakerTests

    @Test(arguments: [(9, 2), (10, 0), (1_000_000, 0)])
    func `a look at a time window forgets what is too old`(after: UInt64, total: Int) throws {
        let breaker = try Breakers.make([.failing(.percent(90))], minimum: 20)
        Breakers.run(breaker, "x.", step: 0)
        #expect(breaker.snapshot(at: after * second).counts.total == total)
    }

    @Test func `refusals and ignored results are not in the window`() throws {
        let breaker = try Breakers.make([.consecutive(3), .failing(.percent(100))], minimum: 20)
        Breakers.run(breaker, "--xx-x", step: 0)
        for _ in 0..<9 { _ = breaker.admit(at: 0, timeoutBelow: 0) }
        let snapshot = breaker.snapshot(at: 0)
        #expect(snapshot.counts.total == 3 && snapshot.counts.failed == 3 && snapshot.refused == 9)
    }

    @Test(arguments: [CircuitBreakerPolicy.Window.time(.seconds(600), buckets: 10), .count(10)])
    func `closing empties the window`(window: CircuitBreakerPolicy.Window) throws {
        let breaker = try Breakers.make([.failures(3)], window: window)
        Breakers.run(breaker, "xxx", step: 0)
        Breakers.run(breaker, ".", from: 5 * second)
        #expect(breaker.snapshot(at: 5 * second).state == .closed)
        #expect(breaker.snapshot(at: 5 * second).counts == WindowCounts())
        Breakers.run(breaker, "xx", from: 5 * second)
        #expect(breaker.snapshot(at: 6 * second).state == .closed, "two failures of the new life")
    }

    @Test func `a result from before a hold says nothing after it`() throws {
        let breaker = try Breakers.make([.consecutive(1)])
        let early = try #require(Breakers.permit(breaker, 0))
        _ = breaker.release(breaker.hold(isolates: true, at: 0).id, at: 0)
        #expect(breaker.record(.failed, of: early, at: 0).stale)
        let next = try #require(Breakers.permit(breaker, 0))
        _ = breaker.release(breaker.hold(isolates: false, at: 0).id, at: 0)
        #expect(breaker.record(.failed, of: next, at: 0).stale)
        #expect(breaker.snapshot(at: 0).state == .closed)
    }

    @Test func `a listed break ends with the last of the list, again and again`() throws {
        let breaker = try Breakers.make([.consecutive(1)], open: .listed([.seconds(1), .seconds(3)]))
        var now: UInt64 = 0
        for open in [1, 3, 3, 3] as [UInt64] {
            Breakers.run(breaker, "x", from: now)
            #expect(breaker.snapshot(at: now).openUntil == now + open * second)
            now += open * second
        }
    }

    @Test func `jitter lengthens beyond the cap and the growth does not compound it`() throws {
        let settings = BreakerSettings(
            try CircuitBreakerPolicy(
                openTime: .growing(initial: .seconds(5), factor: .times(2), cap: .seconds(60)),
                openJitter: .percent(10)))
        #expect(settings.openTime(openings: 1, fraction: 0) == 10 * second)
        #expect(settings.openTime(openings: 1, fraction: 0.5) == 10_500 * millisecond)
        #expect(settings.openTime(openings: 5000, fraction: 0.5) == 63 * second)
    }

    @Test func `an error that the policy does not count is a success`() throws {
        let bench = Bench()
        let pipeline = try bench.pipeline([
            .breaker(try CircuitBreakerPolicy(trips: [.consecutive(2)], count: [.timeout]))
        ])
        let results: [CallOutcome] = [.failure(.timeout), .failure(.reset), .failure(.timeout)]
        for result in results { _ = bench.play(pipeline, [.answers(result)]) }
        #expect(bench.breaker()?.snapshot(at: 0).state == .closed)
        _ = bench.play(pipeline, [.answers(.failure(.timeout))])
        #expect(bench.breaker()?.snapshot(at: 0).state == .open)
    }
}
