// SPDX-License-Identifier: Apache-2.0

/// The longest that a call through a pipeline can take, as the sum a person would write down.
///
/// `Q + A × (T + h × (H − 1)) + Σ waits`: queue and limiter waits, attempts times the timeout, and the waits between them with
/// jitter's upper end. A deadline is not part of the sum; it stands beside it, to compare with.
public struct WorstCase: Sendable, Hashable {
    /// One part of the sum.
    public struct Term: Sendable, Hashable {
        /// What takes the time.
        public enum Cause: Sendable, Hashable {
            /// Waiting for a limit's turn.
            case limit
            /// Waiting in a bulkhead's queue.
            case queue
            /// The attempts themselves, each as long as its timeout.
            case attempts
            /// Waiting for another caller's answer.
            case coalesce
            /// Waiting for the last hedged call to start.
            case hedge
            /// Waiting on purpose.
            case chaos
            /// The waits between attempts, each as long as it can be.
            case waits([Duration])
        }

        /// What takes the time.
        public let cause: Cause
        /// Which step of the pipeline says so, counted from 0, outermost first.
        public let step: Int
        /// How often it happens.
        public let count: Int
        /// How long it takes each time; nil: nothing bounds it but the deadline. For waits their sum.
        public let each: Duration?

        /// All of it together; nil: nothing bounds it but the deadline.
        public var total: Duration? { each.map { (SaturatingTime($0) * count).duration } }
    }

    /// The parts that take any time, outermost first; the attempts stand at the timeout that bounds them.
    public let terms: [Term]
    /// The sum of the terms; nil: nothing bounds it but the deadline.
    public let total: Duration?
    /// The caller's whole budget; nil: the pipeline has no deadline.
    public let deadline: Duration?
    /// How long a fallback may take afterwards; nil: the pipeline has none that takes time.
    public let fallback: Duration?

    /// The longest that a caller waits: the sum or the deadline, whichever is shorter. Nil: nothing bounds it.
    public var bound: Duration? {
        switch (total, deadline) {
        case (let total?, let deadline?): min(total, deadline)
        case (let only?, nil), (nil, let only?): only
        case (nil, nil): nil
        }
    }

    /// The worst case of a pipeline, outermost step first.
    public init(_ steps: [PipelineStep]) {
        var sum = WorstCaseSum()
        for (index, step) in steps.enumerated() { sum.add(step.policy, at: index) }
        sum.finish(stepCount: steps.count)
        terms = sum.terms
        deadline = sum.deadline
        fallback = sum.fallback
        var total: SaturatingTime? = .zero
        for term in sum.terms {
            guard let known = total, let part = term.total else {
                total = nil
                continue
            }
            total = known + SaturatingTime(part)
        }
        self.total = sum.giveUpBound(total?.duration)
    }
}
