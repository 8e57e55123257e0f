// SPDX-License-Identifier: Apache-2.0

/// Adds up a worst case, step by step from the outermost inwards.
struct WorstCaseSum {
    private(set) var terms: [WorstCase.Term] = []
    private(set) var deadline: Duration?
    private(set) var fallback: Duration?
    /// How often what comes next happens; nil: an unlimited number of times.
    private var repetitions: Int? = 1
    /// The tightest timeout so far, where it stands, and how often it applies.
    private var timeout: (limit: Duration, step: Int, count: Int?, firstTerm: Int)?
    /// The tightest `give up after` outside of the timeout, and how many terms stand before it.
    private var giveUp: (limit: Duration, firstTerm: Int)?

    mutating func add(_ policy: PolicyStep, at step: Int) {
        switch policy {
        case .fallback(let policy): fallback = policy.target.takesTime ? policy.within : fallback
        case .deadline(let policy): deadline = deadline.map { min($0, policy.total) } ?? policy.total
        case .limit(let policy):
            if policy.maxWait > .zero { add(.limit, step, each: policy.maxWait) }
        case .bulkhead(let policy):
            if policy.queue > 0 { add(.queue, step, each: policy.maxWait) }
        case .retry(let policy): add(policy, at: step)
        case .hedge(let policy): add(.hedge, step, each: policy.longestDelay.map { $0 * (policy.calls - 1) })
        case .breaker, .cache, .throttle: break
        case .coalesce(let policy):
            if let wait = policy.maxWait { add(.coalesce, step, each: wait) }
        case .chaos(let policy):
            if let delay = policy.longestDelay { add(.chaos, step, each: delay) }
        case .timeout(let policy):
            // A timeout bounds all below it, so only the outermost one on the way in counts, unless a retry is between.
            if timeout == nil { timeout = (policy.limit, step, repetitions, terms.count) }
        }
    }

    private mutating func add(_ policy: RetryPolicy, at step: Int) {
        if timeout == nil, giveUp == nil, let limit = policy.giveUpAfter { giveUp = (limit, terms.count) }
        if let waits = policy.longestWaits, let outer = repetitions {
            let sum = waits.reduce(SaturatingTime.zero) { $0 + SaturatingTime($1) }
            if !waits.isEmpty { add(.waits(waits), step, each: sum.duration) }
            repetitions = outer.multipliedReportingOverflow(by: waits.count + 1).partialValue
        } else {
            repetitions = nil
        }
    }

    private mutating func add(_ cause: WorstCase.Term.Cause, _ step: Int, each: Duration?) {
        terms.append(
            WorstCase.Term(cause: cause, step: step, count: repetitions ?? 1, each: repetitions == nil ? nil : each))
    }

    /// Puts the attempts in: what stands inside a timeout is part of its time.
    mutating func finish(stepCount: Int) {
        if let timeout {
            terms.removeSubrange(timeout.firstTerm...)
            terms.append(
                WorstCase.Term(
                    cause: .attempts, step: timeout.step, count: timeout.count ?? 1,
                    each: timeout.count == nil ? nil : timeout.limit))
        } else {
            terms.append(
                WorstCase.Term(cause: .attempts, step: stepCount, count: repetitions ?? 1, each: nil))
        }
    }

    /// `give up after` lets no attempt start later; the last one still has its own time, and what waits outside is not in it.
    func giveUpBound(_ total: Duration?) -> Duration? {
        guard let giveUp, let timeout else { return total }
        var bound = SaturatingTime(giveUp.limit) + SaturatingTime(timeout.limit)
        for term in terms[..<giveUp.firstTerm] {
            guard let outside = term.total else { return total }
            bound = bound + SaturatingTime(outside)
        }
        return total.map { min($0, bound.duration) } ?? bound.duration
    }
}

extension FallbackPolicy.Target {
    /// Whether it runs code or calls somebody.
    var takesTime: Bool {
        switch self {
        case .handler, .call: true
        case .status, .value, .cached: false
        }
    }
}
