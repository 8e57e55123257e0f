// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirResilience

extension Simulation {
    /// Gives the machine of a call one input and does what it asks for.
    func drive(_ call: LogicalCall, _ input: (inout CallMachine, UInt64) -> CallAction) {
        guard call.machine != nil, var action = call.advance(input, at: now.nanoseconds) else { return }
        call.pause += 1
        if case .queue = action {
            let waiter = Waiter(onGrant: grants.grant(call.number, pause: call.pause))
            guard let next = call.advance({ $0.enqueue(waiter, at: $1) }, at: now.nanoseconds) else { return }
            action = next
        }
        collect(from: call)
        perform(action, for: call)
    }

    private func perform(_ action: CallAction, for call: LogicalCall) {
        switch action {
        case .attempt(let until): attempt(call, until: VirtualTime(nanoseconds: until))
        case .wait(let until): wake(call, .waitOver, at: VirtualTime(nanoseconds: until))
        case .queue: story.problem = "a call to `\(call.operation)` was queued twice"
        case .queued(let until): wake(call, .queueOver, at: VirtualTime(nanoseconds: until))
        case .fallback(let step, _): fallBack(call, to: call.pipeline?.fallback(at: step))
        case .finish(let ending): answer(call, call.answer(ending))
        }
    }

    /// A status and a value are there at once; a registered handler is taken to be as quick and to succeed.
    private func fallBack(_ call: LogicalCall, to target: FallbackPolicy.Target?) {
        switch target {
        case .status, .value, .handler:
            call.fallback = target
            wake(call, .fallbackAnswered(true), at: now)
        case .cached, .call, nil: wake(call, .fallbackAnswered(false), at: now)
        }
    }

    /// Lets those go on whose places were granted by what has just happened.
    func deliverGrants() {
        for grant in grants.take() { schedule(.wake(grant.call, grant.pause, .granted), at: now) }
    }

    /// Takes over what the pipeline reported about the call.
    func collect(from call: LogicalCall) {
        for event in recorder.take() {
            if let transition = event.transition, event.name == .breakerTransition {
                let breaker = Pipelines.breakerName(of: event, in: graph)
                story.transitions.append(
                    TransitionFact(
                        breaker: breaker.name, owner: breaker.isShared ? nil : event.owner, at: now,
                        transition: transition))
            }
            if let refusal = event.refusalWords { call.refusal = refusal }
            guard let detail = event.traceDetail else { continue }
            trace(call, .step(event.name.rawValue, detail: detail))
        }
    }
}

extension LogicalCall {
    /// What the caller gets now that the machine has finished.
    func answer(_ ending: CallEnding) -> Answer {
        guard let finished = machine.take() else { return Answer(.success) }
        outcome = finished.outcome
        let reason = refusal ?? finished.stop?.words
        return Answer(ending, outcome: finished.outcome, reason: reason, fallback: fallback)
    }

    /// Gives the machine an input; nil when the call has none.
    func advance(_ input: (inout CallMachine, UInt64) -> CallAction, at now: UInt64) -> CallAction? {
        guard var driven = machine.take() else { return nil }
        let action = input(&driven, now)
        machine = consume driven
        return action
    }
}
