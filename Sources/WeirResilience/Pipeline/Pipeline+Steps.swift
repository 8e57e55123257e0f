// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The synchronous and non-generic parts of a call: everything but the operation itself.
extension Pipeline {
    /// How long after its deadline a cancelled operation may end before it counts as an overrun.
    public static let overrunTolerance: Duration = .milliseconds(10)

    /// Begins a call with what the task knows besides the caller.
    @usableFromInline
    func begin(_ call: inout CallMachine) -> CallAction {
        if let context = CallContext.current { call.inherit(context) }
        return call.begin(at: engine.clock.now)
    }

    /// Takes the first attempt's success; most calls end here.
    @usableFromInline
    func succeeded(_ call: inout CallMachine) -> CallAction {
        let now = engine.clock.now
        if now >= call.deadline { return succeeded(&call, .success) }
        return call.attemptSucceeded(at: now)
    }

    @usableFromInline
    func succeeded(_ call: inout CallMachine, _ outcome: CallOutcome) -> CallAction {
        let now = engine.clock.now
        if now >= call.deadline { noteOverrun(call, at: now) }
        return call.attemptEnded(outcome, at: now)
    }

    @usableFromInline
    func failed(
        _ call: inout CallMachine, _ error: any Error, _ classify: (@Sendable (any Error) -> CallOutcome?)?
    ) -> CallAction {
        let now = engine.clock.now
        if now >= call.deadline {
            noteOverrun(call, at: now)
        } else if Task.isCancelled {
            return call.cancel(at: now)
        }
        let outcome = classify?(error)?.withName(of: error) ?? ErrorClassification.outcome(of: error)
        return call.attemptEnded(outcome, at: now)
    }

    private func noteOverrun(_ call: borrowing CallMachine, at now: UInt64) {
        guard now.since(call.deadline) > Self.overrunTolerance.engineNanoseconds else { return }
        counters.count(.overruns)
        if isObserved {
            call.emit(.timeoutOverrun, step: call.deadlineStep, at: now) { $0.wait = now.since(call.deadline) }
        }
    }

    /// Takes a fallback's answer or failure; a late answer is a timeout. The caller gets the first failure, the
    /// observers and the engine's own error tell of this one.
    @usableFromInline
    func fallbackEnded(
        _ call: inout CallMachine, _ error: (any Error)?, step: Int, until: UInt64
    ) -> (CallAction, (any Error)?) {
        let now = engine.clock.now
        if error != nil && Task.isCancelled { return (call.cancel(at: now), nil) }
        let failure = now >= until ? call.error(.timeout, step: step, underlying: error) : error
        let outcome = failure.map { ErrorClassification.outcome(of: $0) }
        return (call.fallbackEnded(succeeded: failure == nil, failure: outcome, at: now), failure)
    }

    /// The error for a fallback step that the handle cannot answer.
    @usableFromInline
    func fallbackMissing(at step: Int) -> any Error {
        CallMachine(within: self).error(.fallbackMissing, step: step, underlying: nil)
    }

    /// What the operation of an attempt is to know; nil when it is what the task knows already.
    @usableFromInline
    func context(_ call: borrowing CallMachine, until: UInt64) -> CallContext? {
        let context = CallContext(
            deadline: until, attempt: Int(call.started), isRetry: call.facts.isRetry || call.started > 1)
        return context == CallContext.current ?? CallContext() ? nil : context
    }

    /// What is known of a call that failed.
    @usableFromInline
    func notes(_ call: borrowing CallMachine, _ fallbackError: (any Error)?) -> FailureNotes {
        FailureNotes(
            outcome: call.outcome, attempts: call.attempts, retryStop: call.stop, fallbackError: fallbackError,
            policy: policy.name, owner: owner, graphVersion: graphVersion)
    }

    /// Waits as the call demands and tells it how the wait ended.
    @usableFromInline
    func pass(_ call: inout CallMachine, _ action: CallAction) async -> CallAction {
        let clock = engine.clock
        switch action {
        case .wait(let until):
            let end = await PendingWait().wait(until: until, on: clock)
            return end == .cancelled || Task.isCancelled ? call.cancel(at: clock.now) : call.waitEnded(at: clock.now)
        case .queue:
            let wait = PendingWait()
            let next = call.enqueue(Waiter { wait.finish(.done) }, at: clock.now)
            guard case .queued(let until) = next else { return next }
            switch await wait.wait(until: until, on: clock) {
            case .done: return call.granted(at: clock.now)
            case .expired: return call.queueExpired(at: clock.now)
            case .cancelled: return call.cancel(at: clock.now)
            }
        case .queued, .attempt, .fallback, .finish: return action
        }
    }

    /// The error that ends a call which the engine ended.
    @usableFromInline
    func error(
        _ call: borrowing CallMachine, _ underlying: (any Error)?, _ fallbackError: (any Error)?
    ) -> any Error {
        call.error(underlying: underlying, fallbackError: fallbackError)
    }
}
