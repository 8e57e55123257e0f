// SPDX-License-Identifier: Apache-2.0

/// When and how a failed attempt is made again.
public struct RetryPolicy: Sendable, Hashable {
    /// What to do with the time a callee asks its clients to stay away.
    public enum RetryAfter: Sendable, Hashable {
        /// A hint: wait at least so long, but not more than `maxExtra` beyond the policy's own wait.
        case hint(maxExtra: Duration)
        /// An order: exactly that wait; a negative or unreadable one stops the retries (gRPC pushback).
        case pushback
        /// Not looked at.
        case ignore
    }

    /// Attempts in all, the first included, when a policy leaves it open.
    public static let defaultAttempts = 3
    /// The most attempts a policy may state; beyond it `unlimited` says what is meant.
    public static let largestAttempts = 1000
    /// Waits of 50 ms doubling, as `resilience` (e.3) recommends.
    public static let defaultBackoff = Backoff.exponential(initial: .milliseconds(50), factor: .times(2))
    /// The longest single wait by default.
    public static let defaultCap: Duration = .seconds(20)
    /// Waits are spread over their whole length by default.
    public static let defaultJitter = Jitter.full
    /// Failures that may pass: transient ones, timeouts and throttling.
    public static let defaultWhen: [OutcomeMatcher] = [
        .timeout, .refused, .reset, .unavailable, .status(429...429), .status(502...504),
    ]
    /// A callee's `Retry-After` is honoured for up to 5 s beyond the policy's own wait.
    public static let defaultRetryAfter = RetryAfter.hint(maxExtra: .seconds(5))

    /// Attempts in all, the first included; nil: as many as the time allows.
    public let attempts: Int?
    /// How the waits grow.
    public let backoff: Backoff
    /// The longest single wait.
    public let cap: Duration
    /// How the waits are spread.
    public let jitter: Jitter
    /// The failures that are tried again.
    public let when: [OutcomeMatcher]
    /// The time from the first attempt after which no further one starts; nil: no such limit.
    public let giveUpAfter: Duration?
    /// What a callee's `Retry-After` means.
    public let retryAfter: RetryAfter
    /// Whether operations that are known to be unsafe to repeat are repeated all the same; false by default.
    public let repeatsUnsafe: Bool
    /// Whether retries go on below a call that is itself a retry of an outer layer; false by default.
    public let ignoresChains: Bool
    /// How much extra load the retries may make; nil: no budget.
    public let budget: StepBudget?

    /// A retry with every setting; each has the default that `weir explain` prints.
    /// - Throws: ``InvalidValue`` when attempts are not within 1 to 1,000, a wait is negative or `when` is empty.
    public init(
        attempts: Int? = RetryPolicy.defaultAttempts, backoff: Backoff = RetryPolicy.defaultBackoff,
        cap: Duration = RetryPolicy.defaultCap, jitter: Jitter = RetryPolicy.defaultJitter,
        when: [OutcomeMatcher] = RetryPolicy.defaultWhen, giveUpAfter: Duration? = nil,
        retryAfter: RetryAfter = RetryPolicy.defaultRetryAfter, repeatsUnsafe: Bool = false,
        ignoresChains: Bool = false, budget: StepBudget? = nil
    ) throws(InvalidValue) {
        if let attempts {
            try require((1...Self.largestAttempts).contains(attempts), "attempts", "\(attempts)", "1 to 1,000")
        }
        try require(backoff.initial >= .zero && cap >= .zero, "wait", backoff.initial.weirText, "0s or longer")
        try require(!when.isEmpty, "when", "nothing", "at least one outcome")
        self.attempts = attempts
        self.backoff = backoff
        self.cap = cap
        self.jitter = jitter
        self.when = when
        self.giveUpAfter = giveUpAfter
        self.retryAfter = retryAfter
        self.repeatsUnsafe = repeatsUnsafe
        self.ignoresChains = ignoresChains
        self.budget = budget
    }
}
