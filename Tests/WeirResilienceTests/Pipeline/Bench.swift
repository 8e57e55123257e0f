// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

@testable import WeirResilience

let second: UInt64 = 1_000_000_000
let millisecond: UInt64 = 1_000_000

/// Pipelines over one store, one manual clock and one seed.
struct Bench {
    let clock: ManualClock
    let recorder = EventRecorder()
    let store: StateStore

    init(seed: UInt64 = 7) {
        clock = ManualClock(now: 0)
        store = StateStore(
            engine: Engine(clock: .manual(clock), random: EngineRandom(seed: seed), observer: recorder))
    }

    func pipeline(_ steps: [PolicyStep], named name: String = "p", version: String = "1") throws -> Pipeline {
        let written = steps.enumerated().map { index, step in
            PipelineStep(step, place: SourcePlace(file: "shop.weir", line: index + 2, column: 3))
        }
        return try pipeline(written, named: name, version: version)
    }

    func pipeline(_ steps: [PipelineStep], named name: String = "p", version: String = "1") throws -> Pipeline {
        var draft = store.draft(version: version)
        let policy = try ResolvedPolicy(
            name: QualifiedName(package: "shop", name: name), steps: steps,
            place: SourcePlace(file: "shop.weir", line: 1, column: 1))
        let pipeline = try Pipeline(policy: policy, in: &draft)
        store.commit(draft)
        return pipeline
    }

    func breaker(named name: String = "p") -> CircuitBreaker? {
        store.breaker(for: StateKey(kind: .breaker, owner: QualifiedName(package: "shop", name: name)))
    }

    func budget(named name: String = "p") -> RetryBudget? {
        let key = StateKey(kind: .retry, owner: QualifiedName(package: "shop", name: name))
        guard case .budget(let budget) = store.entry(for: key)?.state else { return nil }
        return budget
    }

    func bulkhead(named name: String = "p") -> Bulkhead? {
        store.bulkhead(for: StateKey(kind: .bulkhead, owner: QualifiedName(package: "shop", name: name)))
    }
}

/// Keeps what it hears.
final class EventRecorder: ResilienceObserver {
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var heard: [ResilienceEvent] = []

    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var listeners: [Listener] = []

    private struct Listener {
        let isEnough: @Sendable ([ResilienceEvent]) -> Bool
        let continuation: UnsafeContinuation<Void, Never>
    }

    func record(_ event: ResilienceEvent) {
        let woken = lock.withLock {
            heard.append(event)
            let end = listeners.partition { $0.isEnough(heard) }
            defer { listeners.removeSubrange(end...) }
            return Array(listeners[end...])
        }
        for listener in woken { listener.continuation.resume() }
    }

    /// Waits until what has been heard is enough; looks again with each event.
    func hears(_ isEnough: @escaping @Sendable ([ResilienceEvent]) -> Bool) async {
        await withUnsafeContinuation { continuation in
            let isHeard = lock.withLock {
                if isEnough(heard) { return true }
                listeners.append(Listener(isEnough: isEnough, continuation: continuation))
                return false
            }
            if isHeard { continuation.resume() }
        }
    }

    func hears(_ name: ResilienceEvent.Name) async { await hears { $0.contains { $0.name == name } } }

    var events: [ResilienceEvent] { lock.withLock { heard } }
    var names: [String] { events.map(\.name.rawValue) }
}

/// What an upstream does with each attempt: how long it takes and how it ends.
struct Upstream {
    var takes: UInt64 = 0
    var ends: CallOutcome = .success

    static func answers(_ outcome: CallOutcome, after time: UInt64 = 0) -> Upstream {
        Upstream(takes: time, ends: outcome)
    }
}

/// How a call went that was driven alone, in virtual time.
struct Played: Equatable {
    var ending: CallEnding
    var outcome: CallOutcome
    var attempts: Int
    var endedAt: UInt64
    var starts: [UInt64]
    var stop: RetryStop?
}

extension Bench {
    /// Drives one call to its end, the last upstream repeated; queue waits expire, fallbacks answer.
    func play(
        _ pipeline: Pipeline, _ upstreams: [Upstream], at start: UInt64 = 0, facts: CallFacts = .none,
        fallbackAnswers: Bool = true
    ) -> Played {
        var call = CallMachine(pipeline, facts)
        var now = start
        var starts: [UInt64] = []
        var action = call.begin(at: now)
        while true {
            switch action {
            case .attempt(let until):
                let upstream = upstreams[min(starts.count, upstreams.count - 1)]
                starts.append(now)
                now = min(now.adding(upstream.takes), until)
                action = call.attemptEnded(upstream.ends, at: now)
            case .wait(let until):
                now = until
                action = call.waitEnded(at: now)
            case .queue: action = call.enqueue(Waiter {}, at: now)
            case .queued(let until):
                now = until
                action = call.queueExpired(at: now)
            case .fallback: action = call.fallbackEnded(succeeded: fallbackAnswers, at: now)
            case .finish(let ending):
                return Played(
                    ending: ending, outcome: call.outcome, attempts: call.attempts, endedAt: now, starts: starts,
                    stop: call.stop)
            }
        }
    }
}
