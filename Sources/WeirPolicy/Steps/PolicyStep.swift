// SPDX-License-Identifier: Apache-2.0

/// The kinds of step, in the order that the linter recommends, outermost first.
public enum StepKind: String, Sendable, Hashable, CaseIterable {
    case fallback, cache, coalesce, deadline, throttle, limit, retry, hedge, breaker, bulkhead, timeout, chaos
}

/// One step of a pipeline with its settings.
///
/// Indirect, so that a `deadline` takes no more room than it needs beside a `breaker`.
public indirect enum PolicyStep: Sendable, Hashable {
    case fallback(FallbackPolicy)
    case cache(CachePolicy)
    case coalesce(CoalescePolicy)
    case deadline(DeadlinePolicy)
    case throttle(ThrottlePolicy)
    case limit(RateLimitPolicy)
    case retry(RetryPolicy)
    case hedge(HedgePolicy)
    case breaker(CircuitBreakerPolicy)
    case bulkhead(BulkheadPolicy)
    case timeout(TimeoutPolicy)
    case chaos(ChaosPolicy)

    /// Which kind it is.
    public var kind: StepKind {
        switch self {
        case .fallback: .fallback
        case .cache: .cache
        case .coalesce: .coalesce
        case .deadline: .deadline
        case .throttle: .throttle
        case .limit: .limit
        case .retry: .retry
        case .hedge: .hedge
        case .breaker: .breaker
        case .bulkhead: .bulkhead
        case .timeout: .timeout
        case .chaos: .chaos
        }
    }
}

/// A step where it stands in a pipeline: its settings, and the shared step it refers to if it is one.
public struct PipelineStep: Sendable, Hashable {
    /// The settings.
    public let policy: PolicyStep
    /// The `shared` declaration whose single state it uses; nil: the state is the policy's own.
    public let shared: QualifiedName?
    /// Where the step was written; not part of equality.
    public let place: SourcePlace?
    /// Whether it acts, or only watches.
    public let mode: StepMode
    /// Whether, when it changes from watching to acting, it goes on with what it has seen.
    public let adoptsShadow: Bool
    /// Where each setting comes from; not part of equality.
    public let origins: [SettingOrigin]

    /// A step, whose state it uses, whether it acts, and where it and its settings were written.
    public init(
        _ policy: PolicyStep, shared: QualifiedName? = nil, mode: StepMode = .enforce, adoptsShadow: Bool = false,
        place: SourcePlace? = nil, origins: [SettingOrigin] = []
    ) {
        self.policy = policy
        self.shared = shared
        self.mode = mode
        self.adoptsShadow = adoptsShadow
        self.place = place
        self.origins = origins
    }

    /// Equal settings and equal shared name; places do not count.
    public static func == (left: PipelineStep, right: PipelineStep) -> Bool {
        left.policy == right.policy && left.shared == right.shared && left.mode == right.mode
            && left.adoptsShadow == right.adoptsShadow
    }

    /// Hashes what equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(policy)
        hasher.combine(shared)
        hasher.combine(mode)
        hasher.combine(adoptsShadow)
    }
}

/// A policy with all its layers resolved: the steps a call runs through, outermost first.
public struct ResolvedPolicy: Sendable, Hashable {
    /// The most steps one pipeline may have.
    public static let mostSteps = 24

    /// The policy's full name.
    public let name: QualifiedName
    /// The steps, outermost first, at most ``mostSteps``.
    public let steps: [PipelineStep]
    /// Where the policy was declared; not part of equality.
    public let place: SourcePlace?

    /// A policy and its steps.
    /// - Throws: ``InvalidValue`` when there are more than ``mostSteps`` steps.
    public init(name: QualifiedName, steps: [PipelineStep], place: SourcePlace? = nil) throws(InvalidValue) {
        try require(steps.count <= Self.mostSteps, "steps", "\(steps.count)", "at most \(Self.mostSteps)")
        self.name = name
        self.steps = steps
        self.place = place
    }

    /// Equal name and equal steps; places do not count.
    public static func == (left: ResolvedPolicy, right: ResolvedPolicy) -> Bool {
        left.name == right.name && left.steps == right.steps
    }

    /// Hashes what equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(steps)
    }
}
