// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The states that a new graph's pipelines will use: those of the store where the definition is equal, fresh ones
/// elsewhere.
///
/// A draft that is thrown away leaves no trace.
public struct StateDraft: Sendable {
    let store: StateStore
    let renamed: [QualifiedName: QualifiedName]
    private(set) var entries: [StateKey: StateStore.Entry] = [:]
    /// Old keys whose states go on under a new name.
    private(set) var taken: [StateKey: Bool] = [:]
    private(set) var counters: [QualifiedName: PipelineCounters] = [:]

    /// How errors and events name the graph.
    public let version: String
    /// What became of each state so far.
    public private(set) var changes: [StateChange] = []

    init(store: StateStore, version: String, renamed: [QualifiedName: QualifiedName]) {
        self.store = store
        self.version = version
        self.renamed = renamed
    }

    /// The clock, the generator and the observer of the pipelines.
    public var engine: Engine { store.engine }

    mutating func counters(for owner: QualifiedName) -> PipelineCounters {
        if let known = counters[owner] { return known }
        let made =
            store.counters(for: owner) ?? renamed[owner].flatMap { store.counters(for: $0) } ?? PipelineCounters()
        counters[owner] = made
        return made
    }

    /// The state of the key for this definition.
    mutating func state(
        for key: StateKey, _ definition: PolicyStep, _ site: StateStore.Site? = nil,
        make: (UInt64) -> StateStore.LiveState
    ) -> StateStore.LiveState {
        if let drafted = entries[key], drafted.definition == definition { return drafted.state }
        let (known, oldKey) = known(key)
        let state: StateStore.LiveState
        if let known, known.definition == definition {
            state = known.state
            changes.append(StateChange(key: key, effect: .kept))
            if let oldKey { taken[oldKey] = true }
        } else {
            state = make(engine.clock.now)
            changes.append(StateChange(key: key, effect: known == nil ? .new : .changed))
        }
        entries[key] = StateStore.Entry(definition: definition, state: state, site: site)
        return state
    }

    private func known(_ key: StateKey) -> (StateStore.Entry?, oldKey: StateKey?) {
        let oldKey = renamed[key.owner].map {
            StateKey(kind: key.kind, owner: $0, isShared: key.isShared, ordinal: key.ordinal)
        }
        let (entry, isFormer) = store.entry(for: key, formerly: oldKey)
        return (entry, isFormer ? oldKey : nil)
    }
}

extension StateDraft {
    mutating func breaker(
        _ key: StateKey, _ policy: CircuitBreakerPolicy, _ site: StateStore.Site
    ) -> ScopedState<CircuitBreaker>? {
        let random = engine.random
        let state = state(for: key, .breaker(policy), site) { now in
            let make: @Sendable (UInt64) -> CircuitBreaker = { CircuitBreaker(policy, random: random, now: $0) }
            return .breaker(Self.scoped(policy.scope, now, make))
        }
        if case .breaker(let found) = state { return found }
        return nil
    }

    mutating func bulkhead(_ key: StateKey, _ policy: BulkheadPolicy) -> ScopedState<Bulkhead>? {
        let state = state(for: key, .bulkhead(policy)) { now in
            .bulkhead(Self.scoped(policy.scope, now) { _ in Bulkhead(policy) })
        }
        if case .bulkhead(let found) = state { return found }
        return nil
    }

    mutating func bucket(_ key: StateKey, _ policy: RateLimitPolicy) -> ScopedState<TokenBucket>? {
        let state = state(for: key, .limit(policy)) { now in
            .bucket(Self.scoped(policy.scope, now) { TokenBucket(policy, now: $0) })
        }
        if case .bucket(let found) = state { return found }
        return nil
    }

    /// The budget of a retry step; only the budget's own settings decide whether it goes on.
    mutating func budget(_ key: StateKey, _ policy: RetryBudgetPolicy) throws(InvalidValue) -> RetryBudget? {
        let definition = PolicyStep.retry(try RetryPolicy(budget: StepBudget(.share(policy))))
        if case .budget(let found) = state(for: key, definition, make: { .budget(RetryBudget(policy, now: $0)) }) {
            return found
        }
        return nil
    }

    private static func scoped<State>(
        _ scope: ScopeKey?, _ now: UInt64, _ make: @escaping @Sendable (UInt64) -> State
    ) -> ScopedState<State> {
        guard let scope else { return .single(make(now)) }
        return .keyed(KeyedStates(mostKeys: scope.mostKeys, make: make))
    }
}
