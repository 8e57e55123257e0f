// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Whether and when a failed attempt is made again; the questions are asked in a fixed order, the budget last.
extension CallMachine {
    @inline(never)
    mutating func decideRetry(_ step: RetryStep, _ index: Int, at now: UInt64) -> CallAction? {
        if outcome.kind == .cancelled || outcome.kind == .ignored { return nil }
        if outcome.kind == .success && !step.when.matches(outcome) { return nil }
        guard let stop = reasonToStop(step, index, at: now) else {
            let made = slots[index].third & 0xFFFF_FFFF
            let wait: UInt64
            switch nextWait(step, index, after: Int(made), at: now) {
            case .stop(let reason): return stopRetrying(reason, step, index, at: now)
            case .wait(let nanoseconds): wait = nanoseconds
            }
            slots[index].third &+= 1
            pipeline.counters.count(.retries)
            if pipeline.isObserved {
                emit(.retryScheduled, step: index, at: now) {
                    $0.wait = wait
                    $0.outcome = self.outcome
                }
            }
            // A refusal takes no time: without a turn of the driver, repeated ones would nest without end.
            if wait == 0 && outcome.kind != .rejected { return descend(from: index + 1, at: now) }
            pause = .backoff(step: index)
            return .wait(until: now.adding(wait))
        }
        return stopRetrying(stop, step, index, at: now)
    }

    private enum NextWait {
        case wait(UInt64)
        case stop(RetryStop)
    }

    private mutating func reasonToStop(_ step: RetryStep, _ index: Int, at now: UInt64) -> RetryStop? {
        guard step.when.matches(outcome) else { return .notRetryable }
        if !facts.isRepeatable && !step.policy.repeatsUnsafe { return .unsafe }
        let made = Int(slots[index].third & 0xFFFF_FFFF) + 1
        if let attempts = step.policy.attempts, made >= attempts { return .exhausted }
        if facts.isRetry && !step.policy.ignoresChains { return .chain }
        if !step.triesOpenBreakers && isBreakerOpen(below: index, at: now) { return .circuitOpen }
        return nil
    }

    private func isBreakerOpen(below index: Int, at now: UInt64) -> Bool {
        for inner in (index + 1)..<max(pipeline.stepCount, index + 1) {
            guard case .breaker(let step) = pipeline.codes[inner] else { continue }
            if step._withUnsafeGuaranteedRef({ $0.instances.instance(facts, at: now)?.isOpen(at: now) ?? false }) {
                return true
            }
        }
        return false
    }

    private mutating func nextWait(_ step: RetryStep, _ index: Int, after made: Int, at now: UInt64) -> NextWait {
        var memory = slots[index].second
        let own = step.schedule.wait(after: made, memory: &memory, fraction: pipeline.engine.random.nextFraction())
        guard let own else { return .stop(.exhausted) }
        slots[index].second = memory
        var wait = own
        switch step.policy.retryAfter {
        case .ignore: break
        case .hint(let maxExtra):
            if outcome.retryAfterNanoseconds >= 0 {
                wait = min(max(own, UInt64(outcome.retryAfterNanoseconds)), own.adding(maxExtra.engineNanoseconds))
            }
        case .pushback:
            if outcome.retryAfterNanoseconds == CallOutcome.unreadableRetryAfter { return .stop(.pushback) }
            if outcome.retryAfterNanoseconds >= 0 { wait = UInt64(outcome.retryAfterNanoseconds) }
        }
        let next = now.adding(wait)
        if next.since(slots[index].first) > step.giveUpAfter { return .stop(.elapsed) }
        if next >= deadline { return .stop(.deadline) }
        if let budget = step.budget, !budget.withdraw(at: now) {
            if pipeline.isObserved {
                emit(.budgetDenied, step: index, at: now) {
                    $0.outcome = self.outcome
                    $0.remaining = budget.remaining(at: now)
                }
            }
            return .stop(.budget)
        }
        return .wait(wait)
    }

    /// Ends the retries. A refusal by the engine never hides what an attempt of this step really gave.
    private mutating func stopRetrying(
        _ reason: RetryStop, _ step: RetryStep, _ index: Int, at now: UInt64
    ) -> CallAction? {
        stop = reason
        if outcome.kind == .rejected, UInt64(results) > slots[index].third >> 32 {
            outcome = lastResult
            ending = lastEnding
            decidingStep = lastDecidingStep
        }
        if pipeline.isObserved {
            emit(.retryStopped, step: index, at: now) {
                $0.stop = reason
                $0.outcome = self.outcome
            }
        }
        return nil
    }
}
