// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WeirPolicy

/// One breaker: its rules, its window and the callers that wait for its decision; shared by all calls and all threads.
///
/// While it is closed and healthy, a call costs it two loads and one addition in the thread's own counters. Everything
/// else happens under a short lock, and events are for the caller to send once the lock is free.
public final class CircuitBreaker: Sendable {
    private struct Shared {
        var machine: BreakerMachine
        var window: BreakerWindow
        var waiting: [Waiter] = []
    }

    /// The most callers that wait for the decision of one breaker; others are refused.
    public static let mostWaiting = 10_000

    /// What became of a caller that would wait for the decision.
    enum Queueing {
        case queued
        /// There is nothing left to wait for: ask again.
        case over
        case full
    }

    let settings: BreakerSettings
    private let random: EngineRandom
    private let lock = SpinLock()
    // Safe: read and written only while `lock` is held.
    private nonisolated(unsafe) var shared: Shared
    /// The window's lock-free side; nil where good calls need the lock.
    private let goods: GoodCalls?
    /// The permit that a call gets without the lock; 0 while the breaker is not simply closed.
    private let openGate: Atomic<UInt64>
    /// Until this time a good call cannot change the state, so it is counted without the lock.
    private let calmUntil: Atomic<UInt64>
    private let refused = Atomic<UInt64>(0)
    private let staleResults = Atomic<UInt64>(0)

    init(_ policy: CircuitBreakerPolicy, random: EngineRandom, now: UInt64) {
        settings = BreakerSettings(policy)
        self.random = random
        let window = BreakerWindow(settings, created: now)
        if case .time(let time) = window { goods = time.goods } else { goods = nil }
        let machine = BreakerMachine(settings)
        openGate = Atomic(BreakerPermit(generation: machine.generation).bits)
        if case .count = window { calmUntil = Atomic(0) } else { calmUntil = Atomic(.max) }
        shared = Shared(machine: machine, window: window)
    }

    /// Asks to let a call through.
    @inline(__always)
    func admit(at now: UInt64, timeoutBelow: UInt64) -> (BreakerMachine.Admission, BreakerTransition?) {
        let gate = openGate.load(ordering: .acquiring)
        if gate != 0 { return (.admit(BreakerPermit(bits: gate)), nil) }
        return admitSlowly(at: now, timeoutBelow: timeoutBelow)
    }

    @inline(never)
    private func admitSlowly(
        at now: UInt64, timeoutBelow: UInt64
    ) -> (BreakerMachine.Admission, BreakerTransition?) {
        let (admission, transition, woken) = lock.withLock {
            let transition = shared.machine.advance(to: now, fraction: random.nextFraction())
            let woken = settle(transition, at: now)
            return (shared.machine.admit(at: now, timeoutBelow: timeoutBelow), transition, woken)
        }
        for waiter in woken { waiter.grant() }
        if case .refuse = admission { refused.wrappingAdd(1, ordering: .relaxed) }
        return (admission, transition)
    }

    /// Takes a result; true in the second place when it came too late to count.
    @inline(__always)
    func record(
        _ verdict: BreakerVerdict, of permit: BreakerPermit, at now: UInt64
    ) -> (transition: BreakerTransition?, stale: Bool) {
        if verdict == .good, openGate.load(ordering: .relaxed) == permit.bits,
            now < calmUntil.load(ordering: .relaxed)
        {
            goods?.add(at: now)
            return (nil, false)
        }
        return recordSlowly(verdict, of: permit, at: now)
    }

    @inline(never)
    private func recordSlowly(
        _ verdict: BreakerVerdict, of permit: BreakerPermit, at now: UInt64
    ) -> (transition: BreakerTransition?, stale: Bool) {
        let (transition, stale, woken) = lock.withLock {
            () -> (BreakerTransition?, Bool, [Waiter]) in
            if permit.isBypass { return (nil, false, []) }
            guard permit.generation == shared.machine.generation else { return (nil, true, []) }
            if permit.isProbe, let over = shared.machine.advance(to: now, fraction: random.nextFraction()) {
                return (over, true, settle(over, at: now))
            }
            var counts = WindowCounts()
            if case .closed = shared.machine.state, verdict != .neutral {
                shared.window.add(failed: verdict.isFailed, slow: verdict.isSlow, at: now)
                counts = shared.window.counts(at: now)
            }
            let transition = shared.machine.record(
                verdict, of: permit, counts: counts, at: now, fraction: random.nextFraction())
            if transition == nil { calm(counts, at: now) }
            let isFree = verdict == .neutral && permit.isProbe  // A probe that says nothing makes room for another.
            return (transition, false, isFree ? wakeAll() : settle(transition, at: now))
        }
        for waiter in woken { waiter.grant() }
        if stale { staleResults.wrappingAdd(1, ordering: .relaxed) }
        return (transition, stale)
    }

    /// After a change of state: opens or shuts the lock-free gate, clears the window of a breaker that closed, and
    /// hands back those that waited for a decision. Under the lock.
    private func settle(_ transition: BreakerTransition?, at now: UInt64) -> [Waiter] {
        guard let transition else { return [] }
        let machine = shared.machine
        switch transition.to {
        case .closed:
            shared.window.clear()
            calmUntil.store(initialCalm, ordering: .relaxed)
            openGate.store(BreakerPermit(generation: machine.generation).bits, ordering: .releasing)
        case .open, .halfOpen, .isolated, .forcedClosed: openGate.store(0, ordering: .releasing)
        }
        return transition.from == .halfOpen ? wakeAll() : []
    }

    /// Ends the wait of all who wait for the decision; tell them after the lock.
    private func wakeAll() -> [Waiter] {
        let woken = shared.waiting
        shared.waiting = []
        for waiter in woken { waiter.markGranted() }
        return woken
    }

    private var initialCalm: UInt64 {
        if case .count = shared.window { return 0 }
        return .max
    }

    /// Finds until when a good call cannot make the closed breaker trip. Under the lock.
    ///
    /// A good call lowers the shares, so it trips nothing unless it completes the minimum of calls or an old bucket has
    /// gone since the last look. A run of failures has to be ended by it under the lock.
    private func calm(_ counts: WindowCounts, at now: UInt64) {
        guard case .closed(let inARow) = shared.machine.phase else { return }
        let until: UInt64
        switch shared.window {
        case .count: until = 0
        case .unused: until = inARow == 0 ? .max : 0
        case .time(let window):
            if inARow > 0 {
                until = 0
            } else if counts.failed == 0 && counts.slow == 0 {
                until = .max
            } else {
                until = counts.total >= settings.policy.minimumCalls ? window.bucketEnd(at: now) : 0
            }
        }
        calmUntil.store(until, ordering: .relaxed)
    }
}

extension CircuitBreaker {
    /// Whether a call made at this moment would be refused because the breaker is open; changes nothing.
    func isOpen(at now: UInt64) -> Bool {
        guard openGate.load(ordering: .acquiring) == 0, settings.policy.onOpen == .reject else { return false }
        return lock.withLock {
            if !shared.machine.holds.isEmpty { return shared.machine.held(at: now) == .isolated }
            return switch (shared.machine.state, shared.machine.phase) {
            case (.open, .open(let until, _)): now < until
            case (.halfOpen, .halfOpen(let probes)): now >= probes.leaseEnd && settings.policy.leaseEnd == .open
            default: false
            }
        }
    }

    /// Lets the waiter wait for the probes' decision.
    func enqueue(_ waiter: Waiter) -> Queueing {
        lock.withLock {
            guard shared.machine.state == .halfOpen, !shared.machine.hasFreePermit, waiter.markQueued() else {
                return .over
            }
            guard shared.waiting.count < Self.mostWaiting else { return .full }
            shared.waiting.append(waiter)
            return .queued
        }
    }

    /// Takes the waiter out of the queue; false when the decision has been made already.
    func leave(_ waiter: Waiter) -> Bool {
        lock.withLock {
            shared.waiting.removeAll { $0 === waiter }
            return waiter.markLeft()
        }
    }

    /// What the breaker knows now; a break that is over reads as half-open, a lease that has ended as what follows it.
    public func snapshot(at now: UInt64) -> BreakerSnapshot {
        lock.withLock {
            let machine = shared.machine
            // Holds whose time is over have left it closed.
            var state = machine.holds.isEmpty ? machine.state : machine.held(at: now) ?? .closed
            var openUntil: UInt64?
            var inFlight = 0
            switch machine.phase {
            case .open(let until, _):
                openUntil = until
                if state == .open && now >= until { state = .halfOpen }
            case .halfOpen(let probes):
                inFlight = probes.inFlight
                if state == .halfOpen && now >= probes.leaseEnd {
                    state = settings.policy.leaseEnd == .open ? .open : .closed
                }
            case .closed: break
            }
            return BreakerSnapshot(
                state: state, generation: machine.generation, counts: shared.window.counts(at: now),
                openings: machine.openings, openUntil: state == .open ? openUntil : nil, probesInFlight: inFlight,
                refused: refused.load(ordering: .relaxed), staleResults: staleResults.load(ordering: .relaxed))
        }
    }

    /// Keeps the breaker open, or closed whatever happens, until the hold is released or its time is over; holds are
    /// counted, and isolation wins.
    func hold(
        isolates: Bool, until: UInt64 = .never, at now: UInt64
    ) -> (id: UInt64, transition: BreakerTransition?) {
        change(at: now, { $0.hold(isolates: isolates, until: until) }, transition: { $0.transition })
    }

    /// Ends a hold; after the last one the breaker is closed and its window empty.
    func release(_ hold: UInt64, at now: UInt64) -> BreakerTransition? {
        change(at: now, { $0.release(hold) }, transition: { $0 })
    }

    private func change<Change>(
        at now: UInt64, _ body: (inout BreakerMachine) -> Change, transition: (Change) -> BreakerTransition?
    ) -> Change {
        let (change, woken) = lock.withLock {
            let change = body(&shared.machine)
            return (change, settle(transition(change), at: now))
        }
        for waiter in woken { waiter.grant() }
        return change
    }
}
