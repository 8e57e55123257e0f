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
        fill(&event)
        observer.record(event)
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
        let code: ResilienceError.Code =
            switch outcome.refusal {
            case .circuitOpen: .circuitOpen
            case .bulkheadFull: .bulkheadFull
            case .rateLimited: .rateLimited
            case .deadlineExceeded: .deadlineExceeded
            case .orphansFull: .orphansFull
            case nil: .timeout
            }
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
