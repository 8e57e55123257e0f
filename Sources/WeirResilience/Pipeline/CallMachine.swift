// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// One call on its way through the steps of a pipeline, in the order in which they were written.
///
/// The machine neither waits nor reads a clock: it is told the time and what happened, and says what to do next.
/// Services and the simulator drive the same machine. Entering a step may take something (a token, a place, a permit);
/// the way back gives every step the outcome, and each may record it, give back what it holds, or turn the call around.
///
/// One driver at a time; a machine is used for one call.
public struct CallMachine: ~Copyable {
    typealias Slot = CallSlots.Slot

    /// What the call waits for.
    @usableFromInline
    enum Pause: Equatable {
        case none
        case attempt
        case backoff(step: Int)
        case tokens(step: Int)
        case place(step: Int)
        case decision(step: Int)
        case fallback(step: Int, until: UInt64)
        case ended
    }

    // Safe: `owned` keeps the pipeline alive, or it is nil because the machine never leaves a method of the pipeline.
    // Counting a reference in each call would make every thread fight over the pipeline's counter.
    @usableFromInline unowned(unsafe) let pipeline: Pipeline
    @usableFromInline let owned: Pipeline?
    @usableFromInline var facts: CallFacts
    /// Whether overdue operations of this call are abandoned rather than awaited.
    @usableFromInline let isDetachable: Bool

    @usableFromInline var slots: CallSlots
    @usableFromInline var pause = Pause.none
    /// The earliest time limit of the steps around the current one.
    @usableFromInline var deadline: UInt64
    /// The step that set it; -1: the caller.
    @usableFromInline var deadlineStep = -1
    @usableFromInline var ending = CallEnding.attempt
    /// The step that refused or ran out of time; -1: the caller's own deadline.
    @usableFromInline var decidingStep = -1
    /// Attempts whose results are in, and the last of these results with its ending.
    @usableFromInline var results: UInt32 = 0
    @usableFromInline var lastResult = CallOutcome.success
    @usableFromInline var lastEnding = CallEnding.attempt
    @usableFromInline var lastDecidingStep = -1
    @usableFromInline var started: UInt32 = 0
    /// When the call began.
    @usableFromInline var begun: UInt64 = 0
    /// The retry steps, by bit, whose budgets wait for the first attempt to begin.
    @usableFromInline var owed: UInt64 = 0
    @usableFromInline var waiter: Waiter?
    /// The latest work of this call that goes on unseen, and the attempt that it was.
    @usableFromInline var orphan: AbandonedWork?
    @usableFromInline var orphanAttempt: UInt32 = 0

    /// How the call ended; before the end, how the last part of it did.
    public internal(set) var outcome = CallOutcome.success
    /// Why the retry step that looked last made no further attempt; nil when none had to decide.
    public internal(set) var stop: RetryStop?
    /// Whether a fallback answered.
    public internal(set) var isDegraded = false

    /// A call that has not begun.
    public init(_ pipeline: Pipeline, _ facts: CallFacts = .none, detachable: Bool = false) {
        self.init(pipeline, owned: pipeline, facts, detachable: detachable)
    }

    /// A call inside a method of the pipeline, which outlives it.
    @inlinable
    init(within pipeline: Pipeline, _ facts: CallFacts = .none, detachable: Bool = false) {
        self.init(pipeline, owned: nil, facts, detachable: detachable)
    }

    @inlinable
    init(_ pipeline: Pipeline, owned: Pipeline?, _ facts: CallFacts, detachable: Bool) {
        self.pipeline = pipeline
        self.owned = owned
        slots = CallSlots(steps: pipeline.stepCount)
        self.facts = facts
        isDetachable = detachable
        deadline = facts.deadline
    }

    /// Attempts begun.
    public var attempts: Int { Int(started) }

    /// Begins the call.
    public mutating func begin(at now: UInt64) -> CallAction {
        begun = now
        return descend(from: 0, at: now)
    }

    /// Takes the result of the attempt. A result at or after the attempt's `until` is a timeout, whatever it says.
    public mutating func attemptEnded(_ result: CallOutcome, at now: UInt64) -> CallAction {
        guard pause == .attempt else { return misused() }
        outcome = result
        ending = .attempt
        if now >= deadline { overrun(result, at: now) }
        results &+= 1
        lastResult = outcome
        lastEnding = ending
        lastDecidingStep = decidingStep
        if pipeline.isObserved { emit(.attemptFinished, step: -1, at: now) { $0.outcome = self.outcome } }
        return unwind(from: pipeline.stepCount - 1, at: now)
    }

    /// ``attemptEnded(_:at:)`` for a plain success in time.
    mutating func attemptSucceeded(at now: UInt64) -> CallAction {
        guard pause == .attempt else { return misused() }
        outcome = .success
        ending = .attempt
        results &+= 1
        lastResult = outcome
        lastEnding = ending
        if pipeline.isObserved { emit(.attemptFinished, step: -1, at: now) { $0.outcome = .success } }
        return unwind(from: pipeline.stepCount - 1, at: now)
    }

    /// Takes over what the task knows: the earlier deadline, and that a layer above repeats itself.
    mutating func inherit(_ context: CallContext) {
        facts.deadline = min(facts.deadline, context.deadline)
        facts.isRetry = facts.isRetry || context.isRetry
        deadline = facts.deadline
    }

    /// Leaves the running attempt behind at its deadline; places stay taken until the work really ends.
    mutating func attemptAbandoned(_ work: AbandonedWork, at now: UInt64) -> CallAction {
        keepPlaces(with: work)
        if pipeline.isObserved {
            emit(.timeoutOrphan, step: deadlineStep, at: now) {
                $0.running = pipeline.counters.runningOrphans
                $0.limit = pipeline.mostAbandoned
            }
        }
        return attemptEnded(.failure(.timeout), at: max(now, deadline))
    }

    /// Lets the places of the running attempt stay taken until the work has ended.
    mutating func keepPlaces(with work: AbandonedWork) {
        work.follow(orphan, attempt: started)
        orphan = work
        orphanAttempt = started
    }

    /// The time of a ``CallAction/wait(until:)`` has come.
    public mutating func waitEnded(at now: UInt64) -> CallAction {
        switch pause {
        case .backoff(let step): return descend(from: step + 1, at: now)
        case .tokens(let step):
            guard now >= deadline else { return descend(from: step + 1, at: now) }
            giveTokensBack(step)
            return refuse(.deadlineExceeded, step: deadlineStep, unwindFrom: step - 1, at: now)
        default: return misused()
        }
    }

    /// A fallback has answered, or has failed. An answer at or after its `until` counts as a failure.
    /// - Parameter failure: what became of a fallback that failed, for the observer; nil where nobody knows.
    public mutating func fallbackEnded(
        succeeded: Bool, failure: CallOutcome? = nil, at now: UInt64
    ) -> CallAction {
        guard case .fallback(let step, let until) = pause else { return misused() }
        if succeeded && now < until {
            if pipeline.isObserved { emit(.fallbackUsed, step: step, at: now) { $0.outcome = self.outcome } }
            outcome = .success
            ending = .fallback(step: step)
            isDegraded = true
        } else {
            pipeline.counters.count(.fallbackFailures)
            if pipeline.isObserved { emit(.fallbackFailed, step: step, at: now) { $0.outcome = failure } }
        }
        return unwind(from: step - 1, at: now)
    }

    /// The caller went away; everything that the call holds is given back. During an attempt, call it once the work has
    /// ended.
    public mutating func cancel(at now: UInt64) -> CallAction {
        let from: Int
        switch pause {
        case .ended: return .finish(ending)
        case .none: from = -1
        case .attempt:
            from = pipeline.stepCount - 1
            results &+= 1
        case .backoff(let step), .fallback(let step, _): from = step - 1
        case .tokens(let step):
            giveTokensBack(step)
            from = step - 1
        case .place(let step):
            leaveQueue(step)
            from = step - 1
        case .decision(let step):
            leaveDecision(step)
            from = step - 1
        }
        outcome = .cancelled
        ending = .cancelled
        return unwind(from: from, at: now)
    }

    /// A driver that reports what cannot have happened has a mistake; the call ends as it stands.
    func misused() -> CallAction {
        assertionFailure("the machine was told of something that it does not wait for")
        return .finish(ending)
    }

    /// Turns a result that came too late into a timeout; one that would have been good is told of before it goes.
    private mutating func overrun(_ result: CallOutcome, at now: UInt64) {
        outcome = CallOutcome.failure(.timeout).named(outcome.errorName)
        ending = .error
        decidingStep = deadlineStep
        pipeline.counters.count(.timeouts)
        guard pipeline.isObserved else { return }
        let isTotal = deadlineStep < 0 || pipeline.policy.steps[deadlineStep].policy.kind == .deadline
        emit(isTotal ? .timeoutTotal : .timeoutAttempt, step: deadlineStep, at: now) {
            $0.wait = now.since(self.deadline)
        }
        guard result.kind == .success else { return }
        emit(.timeoutLateResult, step: deadlineStep, at: now) {
            $0.wait = now.since(self.deadline)
            $0.outcome = result
        }
    }
}
