// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

@Suite struct StateStoreTests {
    let bench = Bench()
    let failing = [Upstream.answers(.failure(.refused))]

    @Test func `a reload keeps the state of a step that did not change`() throws {
        let steps = [try CompositionTests.retry(1), try CompositionTests.breaker(after: 1)]
        _ = bench.play(try bench.pipeline(steps), failing)
        let reloaded = try bench.pipeline([try CompositionTests.retry(2)] + steps.suffix(1), version: "2")
        #expect(bench.play(reloaded, failing).outcome.refusal == .circuitOpen)
        #expect(reloaded.counters.snapshot().calls == 2, "counters go on")
    }

    @Test func `a reload starts a changed step afresh and says so`() throws {
        _ = bench.play(try bench.pipeline([try CompositionTests.breaker(after: 1)]), failing)
        var draft = bench.store.draft(version: "2")
        let policy = try ResolvedPolicy(
            name: QualifiedName(package: "shop", name: "p"),
            steps: [PipelineStep(try CompositionTests.breaker(after: 2))])
        _ = try Pipeline(policy: policy, in: &draft)
        #expect(draft.changes.map(\.description) == ["changed: breaker shop.p"])
        #expect(bench.breaker()?.snapshot(at: 0).state == .open, "a draft changes nothing")
        bench.store.commit(draft)
        #expect(bench.breaker()?.snapshot(at: 0).state == .closed)
    }

    @Test(arguments: [(59, StateChange.Effect.kept), (60, .new)])
    func `a state that is gone comes back within its grace`(seconds: Int, effect: StateChange.Effect) throws {
        let steps = [try CompositionTests.breaker(after: 1)]
        _ = try bench.pipeline(steps)
        var empty = bench.store.draft(version: "2")
        _ = empty.counters(for: QualifiedName(package: "", name: "other"))
        #expect(bench.store.commit(empty).map(\.effect) == [.retired])
        bench.clock.advance(by: .seconds(seconds))
        var draft = bench.store.draft(version: "3")
        let policy = try ResolvedPolicy(
            name: QualifiedName(package: "shop", name: "p"), steps: steps.map { PipelineStep($0) })
        _ = try Pipeline(policy: policy, in: &draft)
        #expect(draft.changes.map(\.effect) == [effect])
    }

    @Test func `a renamed owner keeps its state`() throws {
        let steps = [try CompositionTests.breaker(after: 1)]
        _ = bench.play(try bench.pipeline(steps, named: "old"), failing)
        let new = QualifiedName(package: "shop", name: "new")
        var draft = bench.store.draft(version: "2", renamed: [new: QualifiedName(package: "shop", name: "old")])
        _ = try Pipeline(
            policy: try ResolvedPolicy(name: new, steps: steps.map { PipelineStep($0) }), in: &draft)
        #expect(bench.store.commit(draft).map(\.effect) == [.kept])
        #expect(bench.breaker(named: "new")?.snapshot(at: 0).state == .open)
    }

    /// A reload to one policy of that name, which was called otherwise before.
    func reload(
        _ name: String, was old: String? = nil, _ steps: [PolicyStep], version: String = "2"
    ) throws -> [StateChange.Effect] {
        let new = QualifiedName(package: "shop", name: name)
        let renamed = old.map { [new: QualifiedName(package: "shop", name: $0)] } ?? [:]
        var draft = bench.store.draft(version: version, renamed: renamed)
        _ = try Pipeline(policy: try ResolvedPolicy(name: new, steps: steps.map { PipelineStep($0) }), in: &draft)
        return bench.store.commit(draft).map(\.effect)
    }

    @Test func `a rename that stays written down keeps the state over further reloads`() throws {
        let steps = [try CompositionTests.breaker(after: 1)]
        _ = bench.play(try bench.pipeline(steps, named: "old"), failing)
        for _ in 0..<3 { #expect(try reload("new", was: "old", steps) == [.kept]) }
        #expect(bench.breaker(named: "new")?.snapshot(at: 0).state == .open)
        #expect(bench.breaker(named: "old") == nil)
    }

    @Test func `a rename goes before what was parked under the new name`() throws {
        let steps = [try CompositionTests.breaker(after: 1)]
        _ = try reload("new", steps)
        _ = bench.play(try bench.pipeline(steps, named: "old"), failing)
        #expect(try reload("new", was: "old", steps) == [.kept])
        #expect(bench.breaker(named: "new")?.snapshot(at: 0).state == .open, "the live one, not the parked one")
    }

    @Test func `a parked state that was taken over under a new name does not come back under the old one`() throws {
        let steps = [try CompositionTests.breaker(after: 1)]
        _ = bench.play(try bench.pipeline(steps, named: "old"), failing)
        #expect(try reload("other", steps).sorted { $0.rawValue < $1.rawValue } == [.new, .retired])
        #expect(try reload("new", was: "old", steps).contains(.kept))
        #expect(try reload("old", steps).contains(.new), "the state belongs to the new name now")
    }

    @Test func `a renamed shared step and a renamed owner's counters go on`() throws {
        let (old, new) = (QualifiedName(package: "shop", name: "gate"), QualifiedName(package: "shop", name: "gateway"))
        let (a, b) = (QualifiedName(package: "shop", name: "a"), QualifiedName(package: "shop", name: "b"))
        func build(_ owner: QualifiedName, _ shared: QualifiedName, _ renamed: [QualifiedName: QualifiedName]) throws
            -> Pipeline
        {
            var draft = bench.store.draft(version: "v", renamed: renamed)
            let step = PipelineStep(try CompositionTests.breaker(after: 1), shared: shared)
            let pipeline = try Pipeline(policy: try ResolvedPolicy(name: owner, steps: [step]), in: &draft)
            bench.store.commit(draft)
            return pipeline
        }
        _ = bench.play(try build(a, old, [:]), failing)
        let renamed = try build(b, new, [new: old, b: a])
        #expect(bench.play(renamed, failing).outcome.refusal == .circuitOpen)
        #expect(renamed.counters.snapshot().calls == 2)
    }

    @Test func `policies that share a step share its state, others do not`() throws {
        let gateway = QualifiedName(package: "shop", name: "gateway")
        let shared = PipelineStep(try CompositionTests.breaker(after: 1), shared: gateway)
        var draft = bench.store.draft(version: "1")
        let (a, b) = (QualifiedName(package: "shop", name: "a"), QualifiedName(package: "shop", name: "b"))
        let first = try Pipeline(policy: try ResolvedPolicy(name: a, steps: [shared]), in: &draft)
        let second = try Pipeline(policy: try ResolvedPolicy(name: b, steps: [shared]), in: &draft)
        let own = try Pipeline(
            policy: try ResolvedPolicy(name: b, steps: [PipelineStep(try CompositionTests.breaker(after: 1))]),
            owner: QualifiedName(package: "shop", name: "b.list"), in: &draft)
        bench.store.commit(draft)
        _ = bench.play(first, failing)
        #expect(bench.play(second, failing).outcome.refusal == .circuitOpen)
        #expect(bench.play(own, failing).outcome.cause == .refused)
    }

    @Test func `each scope value has a state of its own`() throws {
        let policy = try CircuitBreakerPolicy(trips: [.consecutive(1)], scope: try ScopeKey(.header("tenant")))
        let pipeline = try bench.pipeline([.breaker(policy)])
        let blue = CallFacts(scope: { $0 == .header("tenant") ? "blue" : nil })
        let red = CallFacts(scope: { _ in "red" })
        _ = bench.play(pipeline, failing, facts: blue)
        #expect(bench.play(pipeline, failing, facts: blue).outcome.refusal == .circuitOpen)
        #expect(bench.play(pipeline, failing, facts: red).outcome.cause == .refused)
    }

    @Test func `a full table forgets idle states before open ones`() throws {
        let policy = try CircuitBreakerPolicy(trips: [.consecutive(1)], scope: try ScopeKey(.caller, mostKeys: 3))
        let pipeline = try bench.pipeline([.breaker(policy)])
        func facts(_ name: String) -> CallFacts { CallFacts(scope: { _ in name }) }
        _ = bench.play(pipeline, failing, facts: facts("open"))
        for number in 0..<20 { _ = bench.play(pipeline, [.answers(.success)], facts: facts("\(number)")) }
        #expect(bench.store.breakers.count == 3)
        #expect(bench.play(pipeline, failing, facts: facts("open")).outcome.refusal == .circuitOpen)
    }

    @Test func `a table full of troubled states forgets a closed one before an open one`() throws {
        let policy = try CircuitBreakerPolicy(
            trips: [.consecutive(2), .failing(.percent(100))], scope: try ScopeKey(.caller, mostKeys: 3))
        let pipeline = try bench.pipeline([.breaker(policy)])
        func facts(_ name: String) -> CallFacts { CallFacts(scope: { _ in name }) }
        for _ in 0..<2 { _ = bench.play(pipeline, failing, facts: facts("open")) }
        for number in 0..<20 { _ = bench.play(pipeline, failing, facts: facts("\(number)")) }
        #expect(bench.play(pipeline, failing, facts: facts("open")).outcome.refusal == .circuitOpen)
    }

    @Test func `names what it cannot enforce`() throws {
        let steps = [
            PipelineStep(.hedge(try HedgePolicy(after: .fixed(.milliseconds(5)), calls: 2))),
            PipelineStep(.fallback(try FallbackPolicy(target: .cached))),
            PipelineStep(.limit(try RateLimitPolicy(rate: .perSecond(1), kind: .sliding))),
        ]
        let policy = try ResolvedPolicy(name: QualifiedName(package: "", name: "p"), steps: steps)
        #expect(EnforcementGap.gaps(in: policy).map(\.id) == ["hedge", "cached-fallback", "limit-sliding"])
        #expect(throws: InvalidValue.self) { _ = try bench.pipeline(steps) }
    }
}
