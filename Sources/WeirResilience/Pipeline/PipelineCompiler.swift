// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Turns the steps of a policy into the words that the interpreter reads, over the states of a draft.
struct PipelineCompiler {
    let policy: ResolvedPolicy
    let owner: QualifiedName
    private(set) var codes: [StepCode] = []
    private(set) var parts: [any AnyObject & Sendable] = []
    private(set) var mostAbandoned: Int?
    private var ordinals: [StepKind: Int] = [:]

    init(policy: ResolvedPolicy, owner: QualifiedName) {
        self.policy = policy
        self.owner = owner
    }

    mutating func compile(in draft: inout StateDraft) throws(InvalidValue) {
        for (index, step) in policy.steps.enumerated() {
            codes.append(try code(for: step, at: index, in: &draft))
        }
    }

    private mutating func code(
        for step: PipelineStep, at index: Int, in draft: inout StateDraft
    ) throws(InvalidValue) -> StepCode {
        let key = key(for: step)
        switch step.policy {
        case .fallback(let policy): return .fallback(hold(FallbackStep(policy)))
        case .deadline(let policy): return timeLimit(policy.total, policy.abandon)
        case .timeout(let policy): return timeLimit(policy.limit, policy.abandon)
        case .retry(let policy):
            let budget: RetryBudget?
            if case .share(let settings) = policy.budget?.policy {
                budget = try draft.budget(key, settings)
            } else {
                budget = nil
            }
            return .retry(hold(RetryStep(policy, budget: budget)))
        case .breaker(let policy):
            guard let state = draft.breaker(key, policy, site(of: step)) else { return .unenforced }
            return .breaker(hold(BreakerStep(policy, state, timeoutBelow: timeoutBelow(index))))
        case .bulkhead(let policy):
            guard let state = draft.bulkhead(key, policy) else { return .unenforced }
            return .bulkhead(hold(BulkheadStep(policy, state)))
        case .limit(let policy):
            guard let state = draft.bucket(key, policy) else { return .unenforced }
            return .limit(hold(LimitStep(policy, state)))
        case .hedge, .cache, .coalesce, .throttle, .chaos: return .unenforced
        }
    }

    private mutating func timeLimit(_ limit: Duration, _ abandon: Int?) -> StepCode {
        if let abandon { mostAbandoned = min(mostAbandoned ?? abandon, abandon) }
        return .timeLimit(limit.engineNanoseconds)
    }

    private mutating func hold<Part: AnyObject & Sendable>(_ part: Part) -> Unmanaged<Part> {
        parts.append(part)
        return Unmanaged.passUnretained(part)
    }

    private mutating func key(for step: PipelineStep) -> StateKey {
        if let shared = step.shared { return StateKey(kind: step.policy.kind, owner: shared, isShared: true) }
        let ordinal = ordinals[step.policy.kind, default: 0]
        ordinals[step.policy.kind] = ordinal + 1
        return StateKey(kind: step.policy.kind, owner: owner, ordinal: ordinal)
    }

    private func site(of step: PipelineStep) -> StateStore.Site {
        StateStore.Site(policy: step.shared ?? policy.name, place: step.place)
    }

    private func timeoutBelow(_ index: Int) -> UInt64 {
        for step in policy.steps[(index + 1)...] {
            if case .timeout(let timeout) = step.policy { return timeout.limit.engineNanoseconds }
        }
        return 0
    }
}
