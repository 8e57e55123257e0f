// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// One thing that a pipeline did, with the facts that explain it.
public struct ResilienceEvent: Sendable {
    /// What kind of thing, under the name that logs and metrics use; the set may grow.
    public struct Name: RawRepresentable, Sendable, Hashable {
        /// The name, such as `breaker.transition`.
        public let rawValue: String
        /// A name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// An attempt begins.
        public static let attemptStarted = Name(rawValue: "attempt.started")
        /// An attempt has ended; `outcome` says how.
        public static let attemptFinished = Name(rawValue: "attempt.finished")
        /// Another attempt will be made after `wait`.
        public static let retryScheduled = Name(rawValue: "retry.scheduled")
        /// No further attempt; `stop` says why.
        public static let retryStopped = Name(rawValue: "retry.stopped")
        /// A breaker changed its state; `transition` says how.
        public static let breakerTransition = Name(rawValue: "breaker.transition")
        /// A breaker refused a call.
        public static let breakerRejected = Name(rawValue: "breaker.rejected")
        /// A breaker that is open let a call through because its policy says so.
        public static let breakerAdmitted = Name(rawValue: "breaker.admitted")
        /// A result came too late to count.
        public static let breakerStaleResult = Name(rawValue: "breaker.stale_result")
        /// A caller waits in a bulkhead's queue.
        public static let bulkheadQueued = Name(rawValue: "bulkhead.queued")
        /// A bulkhead refused a call.
        public static let bulkheadRejected = Name(rawValue: "bulkhead.rejected")
        /// A caller waits for its tokens.
        public static let rateWaited = Name(rawValue: "rate.waited")
        /// A limit refused a call.
        public static let rateRejected = Name(rawValue: "rate.rejected")
        /// A timeout step ended an attempt.
        public static let timeoutAttempt = Name(rawValue: "timeout.attempt")
        /// The caller's whole time is over.
        public static let timeoutTotal = Name(rawValue: "timeout.total")
        /// An operation went on after its deadline; `wait` says for how long.
        public static let timeoutOverrun = Name(rawValue: "timeout.overrun")
        /// Work was left behind at its deadline.
        public static let timeoutOrphan = Name(rawValue: "timeout.orphan")
        /// A result came after its deadline and was thrown away; `outcome` says what it was, `wait` how late.
        public static let timeoutLateResult = Name(rawValue: "timeout.late_result")
        /// Too much abandoned work is running, so a call was refused.
        public static let orphansRejected = Name(rawValue: "orphans.rejected")
        /// A fallback answered; `outcome` says in whose place.
        public static let fallbackUsed = Name(rawValue: "fallback.used")
        /// A fallback failed too; the caller gets the first failure.
        public static let fallbackFailed = Name(rawValue: "fallback.failed")
        /// A retry budget was empty.
        public static let budgetDenied = Name(rawValue: "budget.denied")
    }

    /// What kind of thing.
    public let name: Name
    /// The policy of the pipeline.
    public let policy: QualifiedName
    /// Whose pipeline it is: the operation, or the policy itself.
    public let owner: QualifiedName
    /// The graph's version.
    public let version: String
    /// The step's kind; nil for the call as a whole.
    public let step: StepKind?
    /// Where the step was written.
    public let place: SourcePlace?
    /// The clock's nanosecond.
    public let at: UInt64
    /// The value of the step's scope key; nil where the step has one state for all.
    public internal(set) var scope: String?
    /// The attempt it belongs to, from 1; 0 before the first.
    public internal(set) var attempt: Int
    /// The outcome it is about.
    public var outcome: CallOutcome?
    /// A wait or a time over, in nanoseconds; nil where there is none.
    public var wait: UInt64?
    /// Why no further attempt is made.
    public var stop: RetryStop?
    /// How a breaker changed.
    public var transition: BreakerTransition?
    /// What runs or holds a place now: calls in a bulkhead, or abandoned work.
    public internal(set) var running: Int?
    /// Callers that wait in a bulkhead's queue now.
    public internal(set) var waiting: Int?
    /// The most that may run.
    public internal(set) var limit: Int?
    /// Retries that a budget has left.
    public internal(set) var remaining: Double?

    init(
        name: Name, policy: QualifiedName, owner: QualifiedName, version: String, step: StepKind?, place: SourcePlace?,
        at: UInt64, attempt: Int
    ) {
        self.name = name
        self.policy = policy
        self.owner = owner
        self.version = version
        self.step = step
        self.place = place
        self.at = at
        self.attempt = attempt
    }

    /// Why, in one word: why a breaker changed, why no further attempt is made, or who refused; nil where nothing had to
    /// be decided.
    public var reason: String? {
        if let transition { return transition.reason.name }
        return stop?.rawValue ?? outcome?.refusal?.name
    }
}

extension Refusal {
    /// The name that logs use, as errors have it.
    var name: String { ResilienceError.Code(self).rawValue }
}
