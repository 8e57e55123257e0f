// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What a call tells the outside: events on its way and the error at its end.
extension CallMachine {
    /// Sends an event about a step; -1 is the call as a whole. Ask ``Pipeline/isObserved`` first.
    @inline(never)
    func emit(
        _ name: ResilienceEvent.Name, step: Int, at now: UInt64, _ fill: (inout ResilienceEvent) -> Void = { _ in }
    ) {
        guard let observer = pipeline.engine.observer else { return }
        let written = step >= 0 ? pipeline.policy.steps[step] : nil
        var event = ResilienceEvent(
            name: name, policy: pipeline.policy.name, owner: pipeline.owner, version: pipeline.graphVersion,
            step: written?.policy.kind, place: written?.place ?? pipeline.policy.place, at: now, attempt: Int(started))
        if step >= 0 { describe(step, in: &event) }
        fill(&event)
        observer.record(event)
    }

    /// The scope value of the step's state, and how full it is.
    private func describe(_ step: Int, in event: inout ResilienceEvent) {
        switch pipeline.codes[step] {
        case .breaker(let part): event.scope = part._withUnsafeGuaranteedRef { $0.instances.scopeValue(facts) }
        case .limit(let part): event.scope = part._withUnsafeGuaranteedRef { $0.instances.scopeValue(facts) }
        case .bulkhead(let part):
            part._withUnsafeGuaranteedRef { part in
                event.scope = part.instances.scopeValue(facts)
                let now = part.instances.instance(facts, at: event.at)?.snapshot
                event.running = now?.running
                event.waiting = now?.waiting
                event.limit = now?.places
            }
        case .fallback, .timeLimit, .retry, .unenforced: break
        }
    }

    @inline(never)
    func emitTransition(_ transition: BreakerTransition, _ step: Int, at now: UInt64) {
        guard pipeline.isObserved else { return }
        emit(.breakerTransition, step: step, at: now) {
            $0.transition = transition
            $0.wait = transition.openNanoseconds == 0 ? nil : transition.openNanoseconds
        }
    }

    /// The engine's error for a call that ended with ``CallEnding/error``.
    public func error(
        underlying: (any Error)? = nil, fallbackError: (any Error)? = nil
    ) -> ResilienceError {
        let code = outcome.refusal.map { ResilienceError.Code($0) } ?? .timeout
        return error(code, step: decidingStep, underlying: underlying, fallbackError: fallbackError)
    }

    func error(
        _ code: ResilienceError.Code, step: Int, underlying: (any Error)?, fallbackError: (any Error)? = nil
    ) -> ResilienceError {
        let written = step >= 0 ? pipeline.policy.steps[step] : nil
        return ResilienceError(
            code: code, policy: pipeline.policy.name, owner: pipeline.owner, step: written?.policy.kind,
            place: written?.place ?? pipeline.policy.place, graphVersion: pipeline.graphVersion,
            retryAfter: outcome.retryAfter, attempts: Int(started), underlying: underlying,
            retryStop: stop, fallbackError: fallbackError)
    }
}
