// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
public import WeirResilience

/// The events in the hands of one subscription: which is handled when, and what becomes of it. Pure: told the time and what
/// happened, it says what to do.
///
/// Services and the simulator drive the same machine. An event stays in its hands from ``receive(_:)`` until ``settle(_:)``, which
/// is said once its outcome is durable; so long it counts as one of the prefetch, holds its place in the order, and keeps copies of
/// itself away.
public struct SubscriptionMachine<Payload> {
    /// What there is to do.
    public enum Step {
        /// Hand this event to its operation.
        case handle(HeldEvent<Payload>)
        /// Nothing before this time.
        case wait(until: UInt64)
        /// Nothing until something happens.
        case idle
    }

    /// What becomes of an event that was handled.
    public enum Verdict: Sendable, Hashable {
        /// It is done.
        case done
        /// It is handled again after so many nanoseconds; in place: it stays in these hands meanwhile.
        case again(after: UInt64, inPlace: Bool)
        /// It is given up.
        case deadLetter(RedeliverySchedule.Reason)
        /// It was not handled after all, and is back at the front; nothing is taken before the time.
        case postponed(until: UInt64)
    }

    /// The rules in force; they may change at any time.
    public var rules: SubscriptionRules
    private var waiting = Ring<HeldEvent<Payload>>()
    private var running = Slab<HeldEvent<Payload>>()
    private var runningKeys: Set<String> = []
    private var runningOrder: Set<FilterScalar> = []
    private var pausedUntil: UInt64 = 0

    /// A subscription with nothing in its hands.
    public init(_ rules: SubscriptionRules) { self.rules = rules }

    /// How many more events it takes.
    public var room: Int { rules.prefetch - held }
    /// How many are in its hands.
    public var held: Int { waiting.count + running.count }
    /// Whether no further event may be handled at once.
    var isSaturated: Bool { running.count >= rules.concurrency }
    /// How many are being handled, or are not yet settled.
    public var runningCount: Int { running.count }

    /// Takes an event.
    public mutating func receive(_ event: HeldEvent<Payload>) { waiting.append(event) }

    /// What to do now; an event that is to be handled counts as running from here on.
    public mutating func next(at now: UInt64) -> Step {
        guard !waiting.isEmpty, running.count < rules.concurrency else { return .idle }
        guard now >= pausedUntil else { return .wait(until: pausedUntil) }
        var earliest = UInt64.max
        guard let place = place(at: now, &earliest), var event = waiting.remove(at: place) else {
            return earliest == .max ? .idle : .wait(until: earliest)
        }
        event.attempts += 1
        if event.attempts == 1 { event.firstAttempt = now }
        event.notBefore = 0
        return .handle(run(event))
    }

    /// The place of the first waiting event that may be handled now.
    private func place(at now: UInt64, _ earliest: inout UInt64) -> Int? {
        var ahead: Set<FilterScalar> = []
        for place in 0..<waiting.count {
            guard let event = waiting[place] else { return nil }
            var mayRun = event.onceKey.map { !runningKeys.contains($0) } ?? true
            switch rules.order {
            case .none: break
            case .strict:
                guard running.isEmpty, place == 0 else { return nil }
            case .byKey(_, let lanes):
                guard running.count < lanes else { return nil }
                // Events without the field are in no order.
                guard let key = event.orderKey else { break }
                if runningOrder.contains(key) || !ahead.insert(key).inserted { mayRun = false }
            }
            guard mayRun else { continue }
            if event.notBefore <= now { return place }
            earliest = min(earliest, event.notBefore)
        }
        return nil
    }

    private mutating func run(_ event: HeldEvent<Payload>) -> HeldEvent<Payload> {
        var event = event
        event.place = running.insert(event)
        running[event.place] = event
        if let key = event.onceKey { runningKeys.insert(key) }
        if let key = event.orderKey { runningOrder.insert(key) }
        return event
    }

    /// Decides about an event that was handled, without letting go of it.
    /// - Parameters:
    ///   - outcome: how its operation, and the policy around it, answered.
    ///   - fraction: chance, in 0 ..< 1.
    public mutating func finish(
        _ held: HeldEvent<Payload>, _ outcome: CallOutcome, at now: UInt64, fraction: Double
    ) -> Verdict {
        guard var event = event(held) else { return .done }
        if outcome.kind == .rejected, outcome.refusal != .deadlineExceeded {
            return pause(held, at: now)
        }
        if !rules.schedule.isFailure(outcome) { return .done }
        let elapsed = now > event.firstAttempt ? now - event.firstAttempt : 0
        let decision = rules.schedule.decide(
            after: event.attempts, outcome: outcome, elapsed: elapsed, memory: &event.memory, fraction: fraction)
        running[held.place] = event
        switch decision {
        // What is tried again at once is tried in place: a way through the queue would only cost its turn.
        case .again(let after, let inPlace): return .again(after: after, inPlace: inPlace || after == 0)
        case .deadLetter(let reason): return .deadLetter(reason)
        }
    }

    /// Begins the next attempt of an event that waited in place.
    public mutating func repeatInPlace(_ held: HeldEvent<Payload>) -> HeldEvent<Payload>? {
        guard var event = event(held) else { return nil }
        event.attempts += 1
        running[held.place] = event
        return event
    }

    /// What is known by now of an event that is being handled.
    public func event(_ held: HeldEvent<Payload>) -> HeldEvent<Payload>? {
        guard let event = running[held.place], event.number == held.number else { return nil }
        return event
    }

    /// A refusal by a step is no attempt: the event goes back to the front, and the subscription rests.
    private mutating func pause(_ held: HeldEvent<Payload>, at now: UInt64) -> Verdict {
        let until = now.advanced(by: SubscriptionRules.pauseAfterRefusal)
        putBack(held, notBefore: 0)
        pausedUntil = max(pausedUntil, until)
        return .postponed(until: until)
    }

    /// Lets the subscription rest; an event that was about to be handled goes back to the front.
    public mutating func rest(_ held: HeldEvent<Payload>, until: UInt64) {
        putBack(held, notBefore: 0)
        pausedUntil = max(pausedUntil, until)
    }

    /// Puts an event back that cannot be handled now, such as one whose lock somebody holds; it counts no attempt.
    public mutating func putBack(_ held: HeldEvent<Payload>, notBefore: UInt64) {
        guard var event = settle(held) else { return }
        event.attempts -= 1
        event.notBefore = notBefore
        waiting.prepend(event)
    }

    /// Lets go of an event.
    @discardableResult
    public mutating func settle(_ held: HeldEvent<Payload>) -> HeldEvent<Payload>? {
        guard let event = event(held) else { return nil }
        running.remove(held.place)
        if let key = event.onceKey { runningKeys.remove(key) }
        if let key = event.orderKey { runningOrder.remove(key) }
        return event
    }

    /// The events that are being handled.
    var runningNumbers: [UInt64] { running.all.map(\.number) }

    /// Lets go of an event that waits.
    mutating func drop(_ number: UInt64) {
        for place in 0..<waiting.count where waiting[place]?.number == number {
            _ = waiting.remove(at: place)
            return
        }
    }

    /// Lets go of all events that are not being handled; the first that came comes first.
    public mutating func release() -> [HeldEvent<Payload>] {
        var events: [HeldEvent<Payload>] = []
        while let event = waiting.popFirst() { events.append(event) }
        return events
    }
}

extension SubscriptionMachine: Sendable where Payload: Sendable {}
extension SubscriptionMachine.Step: Sendable where Payload: Sendable {}

extension UInt64 {
    /// This time and so much more, or never where the sum is too large.
    func advanced(by length: Duration) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(UInt64(Swift.max(length.nanosecondsClamped, 0)))
        return overflow ? .max : sum
    }
}
