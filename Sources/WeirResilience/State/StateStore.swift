// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// The live states of all pipelines: breakers, bulkheads, buckets, budgets and counters.
///
/// It outlives every graph. A new graph's pipelines are built over a ``StateDraft``, which changes nothing; committing
/// the draft makes its states the live ones.
public final class StateStore: Sendable {
    /// How long a state that nothing uses any more is kept, so that a quick return to the old files finds it.
    public static let defaultGrace: Duration = .seconds(60)
    /// The most states that are parked; the longest parked goes first.
    public static let mostParked = 10_000

    enum LiveState: Sendable {
        case breaker(ScopedState<CircuitBreaker>)
        case bulkhead(ScopedState<Bulkhead>)
        case bucket(ScopedState<TokenBucket>)
        case budget(RetryBudget)
    }

    struct Entry: Sendable {
        let definition: PolicyStep
        let state: LiveState
        let site: Site?
    }

    /// Where the step of a state is written, for events that no call sends.
    struct Site: Sendable {
        /// The policy, or the shared step.
        let policy: QualifiedName
        let place: SourcePlace?
    }

    private struct Contents {
        var live: [StateKey: Entry] = [:]
        var parked: [StateKey: (entry: Entry, since: UInt64)] = [:]
        var counters: [QualifiedName: PipelineCounters] = [:]
        var version = ""
    }

    /// The clock, the generator and the observer of everything in the store.
    public let engine: Engine
    private let grace: UInt64
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var contents = Contents()

    /// An empty store.
    public init(engine: Engine = Engine(), grace: Duration = StateStore.defaultGrace) {
        self.engine = engine
        self.grace = grace.engineNanoseconds
    }

    /// A draft for a new graph.
    /// - Parameters:
    ///   - version: how errors and events name the graph.
    ///   - renamed: for each new name of an owner or a shared step its old one.
    public func draft(version: String, renamed: [QualifiedName: QualifiedName] = [:]) -> StateDraft {
        StateDraft(store: self, version: version, renamed: renamed)
    }

    /// Makes the states of the draft the live ones and parks those that it does not use.
    /// - Returns: what became of each state, in no order.
    @discardableResult
    public func commit(_ draft: StateDraft) -> [StateChange] {
        let now = engine.clock.now
        let retired = lock.withLock {
            contents.parked = contents.parked.filter {
                now.since($0.value.since) < grace && draft.entries[$0.key] == nil && draft.taken[$0.key] == nil
            }
            let retired = contents.live.filter { draft.entries[$0.key] == nil && draft.taken[$0.key] == nil }
            for (key, entry) in retired { contents.parked[key] = (entry, now) }
            while contents.parked.count > Self.mostParked,
                let oldest = contents.parked.min(by: { $0.value.since < $1.value.since })?.key
            {
                contents.parked[oldest] = nil
            }
            contents.live = draft.entries
            contents.counters = draft.counters
            contents.version = draft.version
            return Array(retired.keys)
        }
        return draft.changes + retired.map { StateChange(key: $0, effect: .retired) }
    }

    /// The live or parked state of a key.
    func entry(for key: StateKey) -> Entry? { entry(for: key, formerly: nil).entry }

    /// The state of a key or of the one before it: what is live goes before what is parked, then the key itself first.
    func entry(for key: StateKey, formerly: StateKey?) -> (entry: Entry?, isFormer: Bool) {
        let now = engine.clock.now
        return lock.withLock {
            if let live = contents.live[key] { return (live, false) }
            if let formerly, let live = contents.live[formerly] { return (live, true) }
            for (found, isFormer) in [(contents.parked[key], false), (formerly.flatMap { contents.parked[$0] }, true)] {
                if let found, now.since(found.since) < grace { return (found.entry, isFormer) }
            }
            return (nil, false)
        }
    }

    func counters(for owner: QualifiedName) -> PipelineCounters? { lock.withLock { contents.counters[owner] } }

    /// The breaker of a key, or the one for a scope value; nil when no live pipeline has it.
    public func breaker(for key: StateKey, scope: String? = nil) -> CircuitBreaker? {
        guard case .breaker(let state) = lock.withLock({ contents.live[key] })?.state else { return nil }
        switch state {
        case .single(let breaker): return breaker
        case .keyed(let states): return states.all.first { $0.key == scope }?.state
        }
    }

    /// Keeps a live breaker open, and tells of it, until the hold lets go or the time is over.
    ///
    /// A reload that changes the breaker's definition begins with a fresh one, which nobody holds.
    /// - Parameter scope: the value of the scope key; nil where there is one breaker for all.
    /// - Returns: the hold; nil when no live pipeline has the breaker.
    public func isolate(_ key: StateKey, scope: String? = nil, for time: Duration? = nil) -> BreakerHold? {
        hold(key, scope, isolates: true, for: time)
    }

    /// Keeps a live breaker closed whatever happens, and tells of it, like ``isolate(_:scope:for:)``; isolation wins.
    public func forceClosed(_ key: StateKey, scope: String? = nil, for time: Duration? = nil) -> BreakerHold? {
        hold(key, scope, isolates: false, for: time)
    }

    private func hold(_ key: StateKey, _ scope: String?, isolates: Bool, for time: Duration?) -> BreakerHold? {
        guard let breaker = breaker(for: key, scope: scope) else { return nil }
        return BreakerHold(breaker, isolates: isolates, for: time?.engineNanoseconds, engine) { [weak self] in
            self?.tell($0, of: key, scope, at: $1)
        }
    }

    private func tell(_ transition: BreakerTransition, of key: StateKey, _ scope: String?, at now: UInt64) {
        guard let observer = engine.observer else { return }
        let (version, site) = lock.withLock { (contents.version, contents.live[key]?.site) }
        var event = ResilienceEvent(
            name: .breakerTransition, policy: site?.policy ?? key.owner, owner: key.owner, version: version,
            step: .breaker, place: site?.place, at: now, attempt: 0)
        event.scope = scope
        event.transition = transition
        observer.record(event)
    }

    /// Every live breaker with its key and its scope value, if it has one.
    public var breakers: [(key: StateKey, scope: String?, breaker: CircuitBreaker)] {
        let live = lock.withLock { contents.live }
        return live.flatMap { key, entry -> [(StateKey, String?, CircuitBreaker)] in
            guard case .breaker(let state) = entry.state else { return [] }
            switch state {
            case .single(let breaker): return [(key, nil, breaker)]
            case .keyed(let states): return states.all.map { (key, $0.key, $0.state) }
            }
        }
    }

    /// The bulkhead of a key; nil when no live pipeline has it or it keeps one for each scope value.
    public func bulkhead(for key: StateKey) -> Bulkhead? {
        guard case .bulkhead(.single(let bulkhead)) = lock.withLock({ contents.live[key] })?.state else { return nil }
        return bulkhead
    }
}
