// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// A breaker step, compiled.
final class BreakerStep: Sendable {
    let instances: StepInstances<CircuitBreaker>
    let count: MatcherSet
    let ignore: MatcherSet
    let slowerThan: UInt64
    /// How long an attempt below may take; 0: as long as it likes.
    let timeoutBelow: UInt64
    /// Whether an answer without a status is a good one when it is fast enough.
    let looksAtSuccesses: Bool

    init(_ policy: CircuitBreakerPolicy, _ state: ScopedState<CircuitBreaker>, timeoutBelow: UInt64) {
        self.timeoutBelow = timeoutBelow
        instances = StepInstances(state, scope: policy.scope)
        count = MatcherSet(policy.count)
        ignore = MatcherSet(policy.ignore)
        slowerThan = BreakerSettings(policy).slowerThan
        looksAtSuccesses = count.looksAtSuccesses || ignore.looksAtSuccesses
    }

    /// What the outcome says about the callee. A refusal says nothing unless the policy counts it by its word.
    @inline(__always)
    func verdict(_ outcome: CallOutcome, took: UInt64) -> BreakerVerdict {
        let slow = took > slowerThan
        if outcome.kind == .success && !looksAtSuccesses { return slow ? .slow : .good }
        return verdictByWord(outcome, slow)
    }

    private func verdictByWord(_ outcome: CallOutcome, _ slow: Bool) -> BreakerVerdict {
        switch outcome.kind {
        case .cancelled, .ignored: return .neutral
        case .rejected where outcome.refusal == .deadlineExceeded: return .neutral
        case .rejected: return !ignore.matches(outcome) && count.matches(outcome) ? .failed : .neutral
        case .success, .failure:
            if ignore.matches(outcome) { return .neutral }
            if count.matches(outcome) { return slow ? .failedSlowly : .failed }
            return slow ? .slow : .good
        }
    }
}

/// A bulkhead step, compiled.
final class BulkheadStep: Sendable {
    let instances: StepInstances<Bulkhead>
    let maxWait: UInt64

    init(_ policy: BulkheadPolicy, _ state: ScopedState<Bulkhead>) {
        instances = StepInstances(state, scope: policy.scope)
        maxWait = policy.maxWait?.engineNanoseconds ?? .max
    }
}

/// A limit step, compiled.
final class LimitStep: Sendable {
    let instances: StepInstances<TokenBucket>

    init(_ policy: RateLimitPolicy, _ state: ScopedState<TokenBucket>) {
        instances = StepInstances(state, scope: policy.scope)
    }
}

/// A retry step, compiled.
final class RetryStep: Sendable {
    let policy: RetryPolicy
    let schedule: BackoffSchedule
    let when: MatcherSet
    let triesOpenBreakers: Bool
    let giveUpAfter: UInt64
    let budget: RetryBudget?

    init(_ policy: RetryPolicy, budget: RetryBudget?) {
        self.policy = policy
        self.budget = budget
        schedule = BackoffSchedule(policy)
        when = MatcherSet(policy.when)
        triesOpenBreakers = policy.when.contains(.open)
        giveUpAfter = policy.giveUpAfter?.engineNanoseconds ?? .max
    }
}

/// A fallback step, compiled.
final class FallbackStep: Sendable {
    let target: FallbackPolicy.Target
    let when: MatcherSet
    let within: UInt64

    init(_ policy: FallbackPolicy) {
        target = policy.target
        when = MatcherSet(policy.when)
        within = policy.within.engineNanoseconds
    }
}

/// A step as the interpreter reads it: plain words, so that a call counts no references.
///
/// The objects belong to the ``Pipeline`` and live as long as it does.
enum StepCode {
    case fallback(Unmanaged<FallbackStep>)
    /// A deadline or a timeout, by its nanoseconds.
    case timeLimit(UInt64)
    case limit(Unmanaged<LimitStep>)
    case retry(Unmanaged<RetryStep>)
    case breaker(Unmanaged<BreakerStep>)
    case bulkhead(Unmanaged<BulkheadStep>)
    /// A step that this runtime does not enforce; a graph with one is refused before it gets here.
    case unenforced
}
