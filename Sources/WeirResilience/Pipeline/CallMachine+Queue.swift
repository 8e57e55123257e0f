// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Waiting in line: for a place in a bulkhead, or for the decision of a half-open breaker.
extension CallMachine {
    /// Puts the waiter in line, or goes on at once when the wait is over already.
    public mutating func enqueue(_ waiter: Waiter, at now: UInt64) -> CallAction {
        switch pause {
        case .place(let step): return enqueueForPlace(waiter, step, at: now)
        case .decision(let step):
            switch with(breaker: step, { $0.enqueue(waiter) }) ?? .over {
            case .queued:
                self.waiter = waiter
                return .queued(until: slots[step].first)
            case .over:
                leaveBreaker(step)
                return descend(from: step, at: now)
            case .full:
                leaveBreaker(step)
                return refuse(.circuitOpen, step: step, unwindFrom: step - 1, at: now)
            }
        default: return misused()
        }
    }

    private mutating func enqueueForPlace(_ waiter: Waiter, _ step: Int, at now: UInt64) -> CallAction {
        switch with(bulkhead: step, { $0.enter(waiter) }) ?? .granted {
        case .granted: return descend(from: step + 1, at: now)
        case .full:
            leaveBulkhead(step)
            return refuse(.bulkheadFull, step: step, unwindFrom: step - 1, at: now)
        case .queued:
            self.waiter = waiter
            if pipeline.isObserved { emit(.bulkheadQueued, step: step, at: now) }
            return .queued(until: slots[step].first)
        }
    }

    /// The waiter's turn has come.
    public mutating func granted(at now: UInt64) -> CallAction {
        waiter = nil
        switch pause {
        case .place(let step):
            guard now >= deadline else { return descend(from: step + 1, at: now) }
            return refuse(.deadlineExceeded, step: deadlineStep, unwindFrom: step, at: now)
        case .decision(let step):
            leaveBreaker(step)
            return descend(from: step, at: now)
        default: return misused()
        }
    }

    /// The time in the queue is over; when the turn came at the same moment, the call goes on with it.
    public mutating func queueExpired(at now: UInt64) -> CallAction {
        guard let waiter else { return misused() }
        switch pause {
        case .place(let step):
            guard with(bulkhead: step, { $0.leave(waiter) }) ?? true else { return granted(at: now) }
            self.waiter = nil
            leaveBulkhead(step)
            return now >= deadline
                ? refuse(.deadlineExceeded, step: deadlineStep, unwindFrom: step - 1, at: now)
                : refuse(.bulkheadFull, step: step, unwindFrom: step - 1, at: now)
        case .decision(let step):
            _ = with(breaker: step) { $0.leave(waiter) }
            self.waiter = nil
            leaveBreaker(step)
            return descend(from: step, at: now)
        default: return misused()
        }
    }

    /// Leaves a bulkhead's queue for good; a place that was granted meanwhile goes back.
    mutating func leaveQueue(_ step: Int) {
        if let waiter {
            _ = with(bulkhead: step) { bulkhead in
                if !bulkhead.leave(waiter) { bulkhead.release() }
            }
        }
        waiter = nil
        leaveBulkhead(step)
    }

    /// Leaves a breaker's queue for good.
    mutating func leaveDecision(_ step: Int) {
        if let waiter { _ = with(breaker: step) { $0.leave(waiter) } }
        waiter = nil
        leaveBreaker(step)
    }

    /// Gives a reservation of tokens back.
    mutating func giveTokensBack(_ index: Int) {
        guard case .limit(let step) = pipeline.codes[index] else { return }
        step._withUnsafeGuaranteedRef { step in
            step.instances.with(slots[index].third) { $0.giveBack() }
            step.instances.leave(slots[index].third)
        }
    }

    mutating func leaveBreaker(_ index: Int) {
        guard case .breaker(let step) = pipeline.codes[index] else { return }
        step._withUnsafeGuaranteedRef { $0.instances.leave(slots[index].third) }
    }

    mutating func leaveBulkhead(_ index: Int) {
        guard case .bulkhead(let step) = pipeline.codes[index] else { return }
        step._withUnsafeGuaranteedRef { $0.instances.leave(slots[index].third) }
    }

    private mutating func with<Result>(bulkhead index: Int, _ body: (Bulkhead) -> Result) -> Result? {
        guard case .bulkhead(let step) = pipeline.codes[index] else { return nil }
        return step._withUnsafeGuaranteedRef { $0.instances.with(slots[index].third, body) }
    }

    private mutating func with<Result>(breaker index: Int, _ body: (CircuitBreaker) -> Result) -> Result? {
        guard case .breaker(let step) = pipeline.codes[index] else { return nil }
        return step._withUnsafeGuaranteedRef { $0.instances.with(slots[index].third, body) }
    }
}
