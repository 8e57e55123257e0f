// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The rules of a circuit breaker without clock, lock or window: every input brings the time, every output says what to
/// do.
struct BreakerMachine: Sendable {
    struct HalfOpen: Sendable, Hashable {
        var inFlight = 0
        var good = 0
        var bad = 0
        /// When the probes in flight must be back; ``UInt64/never`` while none is.
        var leaseEnd = UInt64.never
        /// How long the breaker was open before.
        var openTime: UInt64
    }

    enum Phase: Sendable, Hashable {
        case closed(inARow: Int)
        case open(until: UInt64, openTime: UInt64)
        case halfOpen(HalfOpen)
    }

    /// A hand that holds the breaker open or closed.
    struct Hold: Sendable, Hashable {
        let id: UInt64
        let isolates: Bool
        /// When it lets go by itself.
        let until: UInt64
    }

    enum Admission: Sendable, Hashable {
        case admit(BreakerPermit)
        /// With the wait after which a try makes sense; nil where nobody knows.
        case refuse(retryAfter: UInt64?)
        /// Until the probes have decided, at the latest until the lease ends.
        case wait(until: UInt64)
    }

    let settings: BreakerSettings
    private(set) var phase = Phase.closed(inARow: 0)
    private(set) var generation: UInt64 = 1
    private(set) var openings = 0
    private(set) var holds: [Hold] = []
    private var lastHold: UInt64 = 0

    init(_ settings: BreakerSettings) { self.settings = settings }

    var state: BreakerState {
        if let held = held(at: 0) { return held }
        switch phase {
        case .closed: return .closed
        case .open: return .open
        case .halfOpen: return .halfOpen
        }
    }

    /// What time alone changes: a break that is over, a lease that has ended.
    mutating func advance(to now: UInt64, fraction: @autoclosure () -> Double) -> BreakerTransition? {
        guard holds.isEmpty else { return endHolds(.holdEnded) { $0.until <= now } }
        switch phase {
        case .closed: return nil
        case .open(let until, let openTime):
            guard now >= until else { return nil }
            return move(to: .halfOpen(HalfOpen(openTime: openTime)), .breakOver)
        case .halfOpen(let probes):
            guard now >= probes.leaseEnd else { return nil }
            switch settings.policy.leaseEnd {
            case .open: return open(at: now, .leaseEnded, WindowCounts(), fraction())
            case .close: return close(.leaseEnded)
            }
        }
    }

    /// Whether a call may go through; ask after ``advance(to:fraction:)``.
    ///
    /// - Parameter timeoutBelow: how long an attempt below the breaker may take; 0 where nothing limits it.
    mutating func admit(at now: UInt64, timeoutBelow: UInt64) -> Admission {
        if let held = held(at: now) {
            if held == .forcedClosed { return .admit(BreakerPermit(generation: generation)) }
            let end = holds.filter(\.isolates).map(\.until).max() ?? .never
            return .refuse(retryAfter: end == .never ? nil : end.since(now))
        }
        switch phase {
        case .closed: return .admit(BreakerPermit(generation: generation))
        case .open(let until, _): return refuseOrBypass(retryAfter: until.since(now))
        case .halfOpen(var probes):
            guard hasFreePermit else {
                if settings.policy.onOpen == .admit { return refuseOrBypass(retryAfter: nil) }
                return settings.policy.excess == .wait ? .wait(until: probes.leaseEnd) : .refuse(retryAfter: nil)
            }
            if probes.inFlight == 0 { probes.leaseEnd = now.adding(lease(probes.openTime, timeoutBelow)) }
            probes.inFlight += 1
            phase = .halfOpen(probes)
            return .admit(BreakerPermit(generation: generation, probe: true))
        }
    }

    /// Whether the next call would be a probe; not for a breaker that somebody holds.
    var hasFreePermit: Bool {
        guard case .halfOpen(let probes) = phase else { return false }
        return probes.inFlight + probes.good + probes.bad < settings.policy.probes
    }

    private func lease(_ openTime: UInt64, _ timeoutBelow: UInt64) -> UInt64 {
        settings.policy.probeLease?.engineNanoseconds ?? max(openTime, timeoutBelow.multiplied(by: 2))
    }

    private func refuseOrBypass(retryAfter: UInt64?) -> Admission {
        settings.policy.onOpen == .admit
            ? .admit(BreakerPermit(generation: generation, bypass: true)) : .refuse(retryAfter: retryAfter)
    }

    /// Takes the result of a call of the current generation; `counts` is the window with this result in it.
    mutating func record(
        _ verdict: BreakerVerdict, of permit: BreakerPermit, counts: WindowCounts, at now: UInt64,
        fraction: @autoclosure () -> Double
    ) -> BreakerTransition? {
        guard !permit.isBypass, permit.generation == generation, holds.isEmpty else { return nil }
        switch phase {
        case .open: return nil
        case .closed(let inARow):
            if verdict == .neutral { return nil }
            let failures = verdict.isFailed ? inARow + 1 : 0
            phase = .closed(inARow: failures)
            guard let rule = settings.trippedBy(counts, inARow: failures) else { return nil }
            return open(at: now, .tripped(rule), counts, fraction())
        case .halfOpen(var probes):
            guard permit.isProbe else { return nil }
            probes.inFlight -= 1
            switch verdict {
            case .neutral: break
            case .good: probes.good += 1
            case .failed, .slow, .failedSlowly: probes.bad += 1
            }
            if probes.inFlight == 0 { probes.leaseEnd = .never }
            phase = .halfOpen(probes)
            return decide(probes, at: now, fraction())
        }
    }

    private mutating func decide(
        _ probes: HalfOpen, at now: UInt64, _ fraction: @autoclosure () -> Double
    ) -> BreakerTransition? {
        let policy = settings.policy
        if policy.decision == .complete && probes.good + probes.bad < policy.probes { return nil }
        if probes.bad > policy.allowedProbeFailures { return open(at: now, .probesFailed, WindowCounts(), fraction()) }
        if probes.good >= policy.probes - policy.allowedProbeFailures { return close(.recovered) }
        return nil
    }

    private mutating func open(
        at now: UInt64, _ reason: BreakerTransition.Reason, _ counts: WindowCounts, _ fraction: Double
    ) -> BreakerTransition {
        let openTime = settings.openTime(openings: openings, fraction: fraction)
        openings += 1
        return move(to: .open(until: now.adding(openTime), openTime: openTime), reason, openTime, counts)
    }

    private mutating func close(_ reason: BreakerTransition.Reason) -> BreakerTransition {
        openings = 0
        return move(to: .closed(inARow: 0), reason)
    }

    private mutating func move(
        to phase: Phase, _ reason: BreakerTransition.Reason, _ openTime: UInt64 = 0,
        _ counts: WindowCounts = WindowCounts()
    ) -> BreakerTransition {
        let before = state
        self.phase = phase
        generation += 1
        return BreakerTransition(
            from: before, to: state, reason: reason, generation: generation, openNanoseconds: openTime, counts: counts)
    }

}

/// Hands that hold the breaker, whatever its calls say.
extension BreakerMachine {
    /// What the hands that still hold it at this time make of it; nil when none does. Isolation wins.
    func held(at now: UInt64) -> BreakerState? {
        var found: BreakerState?
        for hold in holds where hold.until > now {
            found = hold.isolates || found == .isolated ? .isolated : .forcedClosed
        }
        return found
    }

    /// Adds a hand, which is known by the returned number.
    mutating func hold(isolates: Bool, until: UInt64) -> (id: UInt64, transition: BreakerTransition?) {
        let before = state
        lastHold += 1
        holds.append(Hold(id: lastHold, isolates: isolates, until: until))
        return (lastHold, heldOtherwise(before, .manual))
    }

    /// Takes the hand away; after the last one the breaker is closed.
    mutating func release(_ id: UInt64) -> BreakerTransition? { endHolds(.manual) { $0.id == id } }

    private mutating func endHolds(
        _ reason: BreakerTransition.Reason, _ ends: (Hold) -> Bool
    ) -> BreakerTransition? {
        let before = state
        holds.removeAll(where: ends)
        return heldOtherwise(before, reason)
    }

    /// Begins a new generation if the hands make something else of the breaker now.
    private mutating func heldOtherwise(
        _ before: BreakerState, _ reason: BreakerTransition.Reason
    ) -> BreakerTransition? {
        if holds.isEmpty, before == .isolated || before == .forcedClosed {
            phase = .closed(inARow: 0)
            openings = 0
        }
        guard state != before else { return nil }
        generation += 1
        return BreakerTransition(
            from: before, to: state, reason: reason, generation: generation, openNanoseconds: 0,
            counts: WindowCounts())
    }
}
