// SPDX-License-Identifier: Apache-2.0

/// How much extra load retries and hedges may make, by one of four reckonings.
public enum BudgetPolicy: Sendable, Hashable {
    /// A share of the first attempts plus a small reserve (Finagle).
    case share(RetryBudgetPolicy)
    /// Extra calls at once: a share of the calls that run, at least so many (Envoy).
    case running(Ratio, atLeast: Int)
    /// A stock of tokens that retries take from and successes fill (AWS): what a retry takes, and what one takes after
    /// the callee refused for load.
    case stock(tokens: Int, each: Int, whenLimited: Int)
    /// Tokens of which a failure takes one and a success earns a part; extra calls while more than half are there (gRPC).
    case throttle(tokens: Int, earning: Ratio)

    /// The least number of extra calls at once when a policy names none.
    public static let defaultLeastRunning = 3
    /// What a retry takes from a stock.
    public static let defaultEach = 14
    /// What a retry takes from a stock after the callee refused for load.
    public static let defaultWhenLimited = 5
    /// The most tokens that a policy may state.
    public static let largestTokens = 1_000_000

    /// Throws where a number is out of bounds.
    func validate() throws(InvalidValue) {
        switch self {
        case .share: break
        case .running(_, let least): try Self.requireTokens(least, "at least", from: 0)
        case .stock(let tokens, let each, let whenLimited):
            try Self.requireTokens(tokens, "budget")
            try Self.requireTokens(each, "each")
            try Self.requireTokens(whenLimited, "when limited")
        case .throttle(let tokens, let earning):
            try Self.requireTokens(tokens, "budget")
            try require(earning > .zero, "earning", "\(earning)", "above 0%")
        }
    }

    private static func requireTokens(_ count: Int, _ setting: String, from least: Int = 1) throws(InvalidValue) {
        try require((least...largestTokens).contains(count), setting, "\(count)", "\(least) to 1,000,000")
    }
}

/// The budget of a step: its own, or one that several steps of several policies share.
public struct StepBudget: Sendable, Hashable {
    /// What it allows.
    public let policy: BudgetPolicy
    /// The `shared budget` whose single balance it uses; nil: the balance is the step's own.
    public let shared: QualifiedName?

    /// A budget.
    /// - Throws: ``InvalidValue`` when a number is out of bounds.
    public init(_ policy: BudgetPolicy, shared: QualifiedName? = nil) throws(InvalidValue) {
        try policy.validate()
        self.policy = policy
        self.shared = shared
    }
}
