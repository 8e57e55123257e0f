// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The way in: each step may let the call pass, make it wait, or refuse it.
extension CallMachine {
    /// Enters the steps from this one on; a call that is out of time enters none and takes nothing.
    mutating func descend(from start: Int, at now: UInt64) -> CallAction {
        if now >= deadline { return refuse(.deadlineExceeded, step: deadlineStep, unwindFrom: start - 1, at: now) }
        if isDetachable, pipeline.counters.runningOrphans >= pipeline.mostAbandoned {
            return refuse(.orphansFull, step: -1, unwindFrom: start - 1, at: now)
        }
        var index = start
        let count = pipeline.stepCount
        while index < count {
            switch pipeline.codes[index] {
            case .fallback, .unenforced: break
            case .timeLimit(let limit): enterTimeLimit(limit, index, at: now)
            case .retry(let step):
                slots[index] = Slot(first: now, second: 0, third: UInt64(results) << 32)
                owe(step, index, at: now)
            case .limit(let step):
                if let action = enterLimit(step, index, at: now) { return action }
            case .breaker(let step):
                if let action = enterBreaker(step, index, at: now) { return action }
            case .bulkhead(let step):
                if let action = enterBulkhead(step, index, at: now) { return action }
            }
            index &+= 1
        }
        if owed != 0 { deposit(at: now) }
        started &+= 1
        pause = .attempt
        if pipeline.isObserved { emit(.attemptStarted, step: -1, at: now) }
        return .attempt(until: deadline)
    }

    /// A call brings a budget its share with the first attempt, not before: one that is refused on the way makes none.
    @inline(__always)
    private mutating func owe(_ step: Unmanaged<RetryStep>, _ index: Int, at now: UInt64) {
        step._withUnsafeGuaranteedRef { step in
            guard let budget = step.budget else { return }
            if index < UInt64.bitWidth { owed |= 1 << UInt64(index) } else { budget.deposit(at: now) }
        }
    }

    @inline(__always)
    private mutating func deposit(at now: UInt64) {
        while owed != 0 {
            if case .retry(let step) = pipeline.codes[owed.trailingZeroBitCount] {
                step._withUnsafeGuaranteedRef { $0.budget?.deposit(at: now) }
            }
            owed &= owed &- 1
        }
    }

    @inline(__always)
    private mutating func enterTimeLimit(_ limit: UInt64, _ index: Int, at now: UInt64) {
        slots[index].first = deadline
        slots[index].second = UInt64(bitPattern: Int64(deadlineStep))
        let end = now.adding(limit)
        if end < deadline {
            deadline = end
            deadlineStep = index
        }
    }

    @inline(__always)
    private mutating func enterLimit(_ step: Unmanaged<LimitStep>, _ index: Int, at now: UInt64) -> CallAction? {
        let (address, answer) = step._withUnsafeGuaranteedRef { step in
            let address = step.instances.enter(facts, at: now)
            return (address, step.instances.with(address) { $0.take(at: now, deadline: deadline) } ?? .pass)
        }
        slots[index].third = address
        if case .pass = answer { return nil }
        return limited(answer, index, at: now)
    }

    @inline(never)
    private mutating func limited(_ answer: TokenBucket.Answer, _ index: Int, at now: UInt64) -> CallAction? {
        switch answer {
        case .pass: return nil
        case .wait(let until):
            pause = .tokens(step: index)
            if pipeline.isObserved { emit(.rateWaited, step: index, at: now) { $0.wait = until.since(now) } }
            return .wait(until: until)
        case .refuse(let retryAfter):
            return refuse(.rateLimited, step: index, unwindFrom: index, retryAfter: retryAfter, at: now)
        }
    }

    @inline(__always)
    private mutating func enterBreaker(_ step: Unmanaged<BreakerStep>, _ index: Int, at now: UInt64) -> CallAction? {
        let (address, answer) = step._withUnsafeGuaranteedRef { step in
            let address = step.instances.enter(facts, at: now)
            return (address, step.instances.with(address) { $0.admit(at: now, timeoutBelow: step.timeoutBelow) })
        }
        slots[index].second = now
        slots[index].third = address
        if case .admit(let permit)? = answer?.0, answer?.1 == nil, !permit.isBypass {
            slots[index].first = permit.bits
            return nil
        }
        return answer.flatMap { breakerAnswered($0.0, $0.1, index, at: now) }
    }

    @inline(never)
    private mutating func breakerAnswered(
        _ admission: BreakerMachine.Admission, _ transition: BreakerTransition?, _ index: Int, at now: UInt64
    ) -> CallAction? {
        if let transition { emitTransition(transition, index, at: now) }
        switch admission {
        case .admit(let permit):
            slots[index].first = permit.bits
            if permit.isBypass, pipeline.isObserved { emit(.breakerAdmitted, step: index, at: now) }
            return nil
        case .wait(let until):
            pause = .decision(step: index)
            slots[index].first = min(until, deadline)
            return .queue
        case .refuse(let retryAfter):
            leaveBreaker(index)
            return refuse(.circuitOpen, step: index, unwindFrom: index - 1, retryAfter: retryAfter, at: now)
        }
    }

    @inline(__always)
    private mutating func enterBulkhead(_ step: Unmanaged<BulkheadStep>, _ index: Int, at now: UInt64) -> CallAction? {
        let (address, granted) = step._withUnsafeGuaranteedRef { step in
            let address = step.instances.enter(facts, at: now)
            return (address, step.instances.with(address) { $0.tryAcquire() } ?? true)
        }
        slots[index].second = UInt64(started)
        slots[index].third = address
        if granted { return nil }
        return bulkheadIsFull(step, index, at: now)
    }

    @inline(never)
    private mutating func bulkheadIsFull(
        _ step: Unmanaged<BulkheadStep>, _ index: Int, at now: UInt64
    ) -> CallAction {
        let (maxWait, takesWaiters) = step._withUnsafeGuaranteedRef { step in
            (step.maxWait, step.instances.with(slots[index].third) { $0.takesWaiters } ?? false)
        }
        guard takesWaiters, maxWait > 0 else {
            leaveBulkhead(index)
            return refuse(.bulkheadFull, step: index, unwindFrom: index - 1, at: now)
        }
        slots[index].first = min(now.adding(maxWait), deadline)
        pause = .place(step: index)
        return .queue
    }

    /// Turns the call around because the engine refuses it.
    @inline(never)
    mutating func refuse(
        _ refusal: Refusal, step: Int, unwindFrom: Int, retryAfter: UInt64? = nil, at now: UInt64
    ) -> CallAction {
        outcome = .rejected(refusal, retryAfter: retryAfter)
        ending = .error
        decidingStep = step
        if pipeline.isObserved {
            let name: ResilienceEvent.Name =
                switch refusal {
                case .circuitOpen: .breakerRejected
                case .bulkheadFull: .bulkheadRejected
                case .rateLimited: .rateRejected
                case .deadlineExceeded: .timeoutTotal
                case .orphansFull: .orphansRejected
                }
            emit(name, step: step, at: now) {
                $0.wait = retryAfter
                $0.outcome = self.outcome
            }
        }
        return unwind(from: unwindFrom, at: now)
    }
}
