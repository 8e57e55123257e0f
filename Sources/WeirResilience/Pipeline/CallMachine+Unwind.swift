// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// The way back: each step learns the outcome, gives back what it holds, and may turn the call around.
extension CallMachine {
    mutating func unwind(from start: Int, at now: UInt64) -> CallAction {
        var index = start
        while index >= 0 {
            switch pipeline.codes[index] {
            case .unenforced: break
            case .timeLimit:
                deadline = slots[index].first
                deadlineStep = Int(Int64(bitPattern: slots[index].second))
            case .limit(let step):
                step._withUnsafeGuaranteedRef { $0.instances.leave(slots[index].third) }
            case .breaker(let step): exitBreaker(step, index, at: now)
            case .bulkhead(let step):
                if orphanAttempt == 0 || slots[index].second >= UInt64(orphanAttempt) {
                    step._withUnsafeGuaranteedRef { step in
                        step.instances.with(slots[index].third) { $0.release() }
                        step.instances.leave(slots[index].third)
                    }
                } else {
                    handPlaceToOrphan(step, index)
                }
            case .retry(let step):
                if let action = step._withUnsafeGuaranteedRef({ exitRetry($0, index, at: now) }) { return action }
            case .fallback(let step):
                if let action = step._withUnsafeGuaranteedRef({ exitFallback($0, index, at: now) }) { return action }
            }
            index &-= 1
        }
        return finish(at: now)
    }

    @inline(__always)
    private mutating func exitBreaker(_ step: Unmanaged<BreakerStep>, _ index: Int, at now: UInt64) {
        let slot = slots[index]
        let (transition, stale) = step._withUnsafeGuaranteedRef { step -> (BreakerTransition?, Bool) in
            let verdict = step.verdict(outcome, took: now.since(slot.second))
            let answer = step.instances.with(slot.third) {
                $0.record(verdict, of: BreakerPermit(bits: slot.first), at: now)
            }
            step.instances.leave(slot.third)
            return answer.map { ($0.transition, $0.stale) } ?? (nil, false)
        }
        if let transition { emitTransition(transition, index, at: now) }
        if stale, pipeline.isObserved { emit(.breakerStaleResult, step: index, at: now) }
    }

    @inline(never)
    private mutating func handPlaceToOrphan(_ step: Unmanaged<BulkheadStep>, _ index: Int) {
        step._withUnsafeGuaranteedRef { step in
            step.instances.with(slots[index].third) {
                AbandonedWork.keep($0, for: orphan, after: slots[index].second)
            }
            step.instances.leave(slots[index].third)
        }
    }

    /// A fallback answers what it was written for, as long as there is time left.
    @inline(__always)
    private mutating func exitFallback(_ step: FallbackStep, _ index: Int, at now: UInt64) -> CallAction? {
        if outcome.kind == .success && !step.when.looksAtSuccesses { return nil }
        guard !isDegraded, step.when.matches(outcome), now < deadline else { return nil }
        let until = min(now.adding(step.within), deadline)
        pause = .fallback(step: index, until: until)
        return .fallback(step: index, until: until)
    }

    @inline(__always)
    private mutating func exitRetry(_ step: RetryStep, _ index: Int, at now: UInt64) -> CallAction? {
        if outcome.kind == .success && !step.when.looksAtSuccesses { return nil }
        return decideRetry(step, index, at: now)
    }

    @inline(__always)
    private mutating func finish(at now: UInt64) -> CallAction {
        pause = .ended
        if outcome.kind == .success, started == 1, !isDegraded {
            let words = pipeline.countedWords  // A plain word: the pipeline is not retained over the addition.
            let word = PipelineCounters.cleanWord(after: now &- begun)
            words._withUnsafeGuaranteedRef { $0.add(1, to: word) }
        } else {
            countEnd(at: now)
        }
        return .finish(ending)
    }

    @inline(never)
    private func countEnd(at now: UInt64) {
        let counters = pipeline.counters
        if started > 0, outcome.kind != .cancelled { counters.time(now.since(begun)) }
        counters.count(.attempts, by: UInt64(started))
        if isDegraded { return counters.count(.degraded) }
        switch (outcome.kind, outcome.refusal) {
        case (.success, _): counters.count(.successes)
        case (.failure, _): counters.count(.failures)
        case (.ignored, _): counters.count(.ignored)
        case (.cancelled, _): counters.count(.cancelled)
        case (.rejected, .circuitOpen): counters.count(.rejectedOpen)
        case (.rejected, .bulkheadFull): counters.count(.rejectedFull)
        case (.rejected, .rateLimited): counters.count(.rejectedLimited)
        case (.rejected, .orphansFull): counters.count(.rejectedOrphans)
        case (.rejected, .deadlineExceeded), (.rejected, nil): counters.count(.rejectedDeadline)
        }
    }
}
