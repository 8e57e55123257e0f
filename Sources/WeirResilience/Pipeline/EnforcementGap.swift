// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// Something in a policy that this runtime cannot enforce, so that a graph with it must be refused.
public struct EnforcementGap: Sendable, Hashable {
    /// A stable name of what is missing, such as `hedge`.
    public let id: String
    /// The policy.
    public let policy: QualifiedName
    /// Where the step was written.
    public let place: SourcePlace?
    /// One phrase for a diagnostic.
    public let message: String

    /// Everything in the policy that would not be enforced, in the order of its steps; empty when all of it is.
    public static func gaps(in policy: ResolvedPolicy) -> [EnforcementGap] {
        policy.steps.flatMap { step in
            (gaps(of: step.policy) + gaps(ofModeOf: step)).map {
                EnforcementGap(id: $0.id, policy: policy.name, place: step.place, message: $0.message)
            }
        }
    }

    private static func gaps(of step: PolicyStep) -> [(id: String, message: String)] {
        switch step {
        case .hedge: return [("hedge", "`hedge` is not enforced yet")]
        case .fallback(let policy):
            switch policy.target {
            case .cached: return [("cached-fallback", "`fallback to cached` is not enforced yet")]
            case .call: return [("fallback-call", "`fallback to call` is not enforced yet")]
            case .status, .value, .handler: return []
            }
        case .limit(let policy) where policy.kind != .bucket:
            return [("limit-\(policy.kind.rawValue)", "a limit of kind `\(policy.kind.rawValue)` is not enforced yet")]
        case .breaker(let policy):
            let slowRules = Set(policy.trips.compactMap { if case .slow(_, let limit) = $0 { limit } else { nil } })
            guard slowRules.count > 1 else { return [] }
            return [("breaker-several-slow-rules", "a breaker judges slow calls by one duration only")]
        case .cache, .coalesce, .throttle, .chaos:
            return [(step.kind.rawValue, "`\(step.kind.rawValue)` is not enforced yet")]
        case .bulkhead(let policy):
            var gaps: [(id: String, message: String)] = []
            if policy.adaptive != nil {
                gaps.append(("adaptive-bulkhead", "a bulkhead that adapts is not enforced yet"))
            }
            if policy.partition != nil { gaps.append(("bulkhead-parts", "`divide by` is not enforced yet")) }
            return gaps
        case .retry(let policy):
            guard let budget = policy.budget else { return [] }
            if budget.shared != nil { return [("shared-budget", "a shared budget is not enforced yet")] }
            if case .share = budget.policy { return [] }
            return [("budget-kind", "a budget of this kind is not enforced yet")]
        case .limit, .deadline, .timeout: return []
        }
    }

    private static func gaps(ofModeOf step: PipelineStep) -> [(id: String, message: String)] {
        step.mode == .enforce ? [] : [("step-mode", "`mode \(step.mode.rawValue)` is not enforced yet")]
    }
}
