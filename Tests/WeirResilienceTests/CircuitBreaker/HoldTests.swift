// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

/// Breakers that somebody keeps open or closed by hand, through the store that knows who listens.
@Suite struct HoldTests {
    let bench = Bench()
    let key = StateKey(kind: .breaker, owner: QualifiedName(package: "shop", name: "p"))

    var transitions: [ResilienceEvent] { bench.recorder.events.filter { $0.name == .breakerTransition } }

    @Test func `isolating and letting go are told with policy, place, version and reason`() throws {
        let pipeline = try bench.pipeline([try CompositionTests.breaker(after: 1)], version: "7")
        let hold = try #require(bench.store.isolate(key))
        #expect(bench.play(pipeline, [.answers(.success)]).outcome.refusal == .circuitOpen)
        hold.release()
        hold.release()
        #expect(bench.play(pipeline, [.answers(.success)]).outcome == .success)
        #expect(transitions.map { $0.transition?.to } == [.isolated, .closed])
        for event in transitions {
            #expect(event.policy.name == "p" && event.owner.name == "p" && event.version == "7")
            #expect(event.step == .breaker && event.place?.line == 2 && event.reason == "manual")
        }
    }

    @Test func `a second hand changes nothing, so nothing is told`() throws {
        _ = try bench.pipeline([try CompositionTests.breaker(after: 1)])
        let holds = try (0..<2).map { _ in try #require(bench.store.isolate(key)) }
        #expect(transitions.count == 1)
        for hold in holds { hold.release() }
        #expect(transitions.count == 2)
    }

    @Test func `a hold with a time ends by itself, with the next call or look`() throws {
        let pipeline = try bench.pipeline([try CompositionTests.breaker(after: 1)])
        let hold = try #require(bench.store.isolate(key, for: .seconds(60)))
        var call = CallMachine(pipeline)
        #expect(call.begin(at: 20 * second) == .finish(.error))
        #expect(call.error().retryAfter == .seconds(40))
        let breaker = try #require(bench.breaker())
        #expect(breaker.snapshot(at: 60 * second - 1).state == .isolated)
        #expect(breaker.snapshot(at: 60 * second).state == .closed)
        #expect(bench.play(pipeline, [.answers(.success)], at: 60 * second).outcome == .success)
        #expect(transitions.last?.reason == "hold_ended")
        hold.release()
        #expect(transitions.count == 2, "there is nothing left to let go of")
    }

    @Test func `isolation wins over a forced closing and leaves it when it ends`() throws {
        let pipeline = try bench.pipeline([try CompositionTests.breaker(after: 1)])
        _ = bench.store.forceClosed(key)
        _ = bench.store.isolate(key, for: .seconds(1))
        #expect(bench.play(pipeline, [.answers(.success)]).outcome.refusal == .circuitOpen)
        for _ in 0..<3 { _ = bench.play(pipeline, [.answers(.failure(.reset))], at: second) }
        #expect(bench.breaker()?.snapshot(at: second).state == .forcedClosed)
        #expect(transitions.map { $0.transition?.to } == [.forcedClosed, .isolated, .forcedClosed])
    }

    @Test func `an isolated breaker that admits while it is open refuses all the same`() throws {
        let policy = try CircuitBreakerPolicy(trips: [.consecutive(1)], onOpen: .admit)
        let pipeline = try bench.pipeline([.breaker(policy)])
        _ = bench.store.isolate(key)
        #expect(bench.play(pipeline, [.answers(.success)]).outcome.refusal == .circuitOpen)
    }

    @Test func `a hold names the scope value`() throws {
        let policy = try CircuitBreakerPolicy(trips: [.consecutive(1)], scope: try ScopeKey(.caller))
        let pipeline = try bench.pipeline([.breaker(policy)])
        let blue = CallFacts(scope: { _ in "blue" }), red = CallFacts(scope: { _ in "red" })
        for facts in [blue, red] { _ = bench.play(pipeline, [.answers(.success)], facts: facts) }
        #expect(bench.store.isolate(key) == nil, "there is no breaker for all")
        _ = try #require(bench.store.isolate(key, scope: "blue"))
        #expect(transitions.map(\.scope) == ["blue"])
        #expect(bench.play(pipeline, [.answers(.success)], facts: blue).outcome.refusal == .circuitOpen)
        #expect(bench.play(pipeline, [.answers(.success)], facts: red).outcome == .success)
    }
}
