// SPDX-License-Identifier: Apache-2.0

/// A second call that starts while the first is slow; the first success wins.
public struct HedgePolicy: Sendable, Hashable {
    /// When the next call starts.
    public enum Delay: Sendable, Hashable {
        /// After so long.
        case fixed(Duration)
        /// When this share of calls has usually been answered.
        case quantile(Ratio, Learning)
    }

    /// How a delay follows the latencies that are seen.
    public struct Learning: Sendable, Hashable {
        /// No hedge before so many calls have been seen.
        public static let defaultLeastCalls = 30
        /// No delay is shorter.
        public static let defaultFloor: Duration = .milliseconds(1)

        /// The calls that must have been seen, 1 or more.
        public let leastCalls: Int
        /// The shortest delay.
        public let floor: Duration
        /// The longest delay; nil: none.
        public let ceiling: Duration?

        /// How to learn.
        /// - Throws: ``InvalidValue`` when the number is out of bounds or floor and ceiling cross.
        public init(
            leastCalls: Int = Learning.defaultLeastCalls, floor: Duration = Learning.defaultFloor,
            ceiling: Duration? = nil
        ) throws(InvalidValue) {
            try require(
                (1...CircuitBreakerPolicy.largestCount).contains(leastCalls), "learn from at least", "\(leastCalls)",
                "1 to 1,000,000 calls")
            if let ceiling {
                try require(
                    ceiling >= floor, "between", "\(floor.weirText) and \(ceiling.weirText)",
                    "a shorter time and a longer one")
            }
            self.leastCalls = leastCalls
            self.floor = floor
            self.ceiling = ceiling
        }
    }

    /// The most calls at once that a policy may state.
    public static let largestCalls = 6
    /// The failures that start the next call at once.
    public static let defaultWhen: [OutcomeMatcher] = RetryPolicy.defaultWhen

    /// How long the first call has before the next one starts.
    public let delay: Delay
    /// Calls at once at most, the first included, 2 to 6.
    public let calls: Int
    /// The failures that start the next call at once; another one ends the whole call.
    public let when: [OutcomeMatcher]
    /// Whether operations that are known to be unsafe to repeat are hedged all the same; false by default.
    public let repeatsUnsafe: Bool
    /// How much extra load the hedges may make; nil: no budget.
    public let budget: StepBudget?

    /// A hedge.
    /// - Throws: ``InvalidValue`` when calls are not within 2 to 6, a quantile is not within 50% to 99.9999%, or `when` is
    ///   empty.
    public init(
        after delay: Delay, calls: Int, when: [OutcomeMatcher] = HedgePolicy.defaultWhen, repeatsUnsafe: Bool = false,
        budget: StepBudget? = nil
    ) throws(InvalidValue) {
        try require((2...Self.largestCalls).contains(calls), "hedge", "\(calls)", "2 to 6 calls")
        if case .quantile(let share, _) = delay {
            try require(share >= .percent(50) && share < .one, "hedge after", "\(share)", "50% or more and below 100%")
        }
        try require(!when.isEmpty, "when", "nothing", "at least one outcome")
        self.delay = delay
        self.calls = calls
        self.when = when
        self.repeatsUnsafe = repeatsUnsafe
        self.budget = budget
    }

    /// The longest delay before the next call; nil: what is learned decides.
    public var longestDelay: Duration? {
        switch delay {
        case .fixed(let time): time
        case .quantile(_, let learning): learning.ceiling
        }
    }
}
