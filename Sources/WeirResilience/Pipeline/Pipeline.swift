// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// The steps of one policy for one owner, ready to run calls; immutable, and shared by all of them.
///
/// Its live states belong to the ``StateStore``, so a pipeline of a new graph goes on where the old one stopped.
public final class Pipeline: Sendable {
    /// The policy, its steps outermost first.
    public let policy: ResolvedPolicy
    /// Whose pipeline it is: the operation, or the policy itself.
    public let owner: QualifiedName
    /// How errors and events name the graph.
    public let graphVersion: String
    /// The clock, the generator and the observer.
    public let engine: Engine
    /// What the pipeline has counted.
    public let counters: PipelineCounters
    /// How many overdue operations a detachable call may leave running.
    public let mostAbandoned: Int

    @usableFromInline let stepCount: Int
    let isObserved: Bool
    /// The words behind `counters`, which keep them alive; named here so that counting a success counts no reference.
    let countedWords: Unmanaged<ShardedWords>
    private let parts: [any AnyObject & Sendable]
    // Safe: filled once in `init`, never written again, freed in `deinit`; the objects it names are held by `parts`.
    nonisolated(unsafe) let codes: UnsafeMutablePointer<StepCode>

    /// A pipeline over the states of a draft; it may run calls once the draft has been committed.
    ///
    /// - Parameter owner: whose states the steps use that are not shared; the policy's own name by default. Two
    /// operations   with one policy have breakers of their own when each is built under its own name.
    /// - Throws: ``InvalidValue`` for a step that this runtime does not enforce; ask ``EnforcementGap`` before.
    public init(policy: ResolvedPolicy, owner: QualifiedName? = nil, in draft: inout StateDraft) throws(InvalidValue) {
        if let gap = EnforcementGap.gaps(in: policy).first {
            throw InvalidValue(setting: gap.id, found: gap.message, rule: "a step that this runtime enforces")
        }
        let name = owner ?? policy.name
        var compiler = PipelineCompiler(policy: policy, owner: name)
        try compiler.compile(in: &draft)
        self.policy = policy
        self.owner = name
        graphVersion = draft.version
        engine = draft.engine
        counters = draft.counters(for: name)
        countedWords = Unmanaged.passUnretained(counters.words)
        isObserved = draft.engine.observer != nil
        mostAbandoned = compiler.mostAbandoned ?? TimeoutPolicy.defaultMostAbandoned
        stepCount = compiler.codes.count
        parts = compiler.parts
        codes = .allocate(capacity: max(compiler.codes.count, 1))
        codes.initialize(from: compiler.codes, count: compiler.codes.count)
    }

    deinit { codes.deallocate() }

    /// The first step that asks for overdue work to be abandoned; such a policy needs a detachable handle.
    public var abandoningStep: PipelineStep? {
        policy.steps.first { step in
            switch step.policy {
            case .timeout(let timeout): timeout.abandon != nil
            case .deadline(let deadline): deadline.abandon != nil
            default: false
            }
        }
    }

    /// Where the answer of the fallback step comes from; nil when the step is none.
    public func fallback(at step: Int) -> FallbackPolicy.Target? {
        guard (0..<stepCount).contains(step), case .fallback(let part) = codes[step] else { return nil }
        return part._withUnsafeGuaranteedRef { $0.target }
    }
}
