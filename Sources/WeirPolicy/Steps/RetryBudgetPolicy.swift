// SPDX-License-Identifier: Apache-2.0

/// How many retries a service may add to its load: a share of its first attempts plus a small reserve.
///
/// The balance is `deposits in ttl × share + atLeast × ttl − withdrawals in ttl` (Finagle's `RetryBudget`).
public struct RetryBudgetPolicy: Sendable, Hashable {
    /// Two retries for ten calls.
    public static let defaultShare = Ratio.percent(20)
    /// A reserve for services with little traffic.
    public static let defaultAtLeast = Rate.perSecond(10)
    /// How long a call counts.
    public static let defaultTimeToLive: Duration = .seconds(10)

    /// Retries allowed for each first attempt.
    public let share: Ratio
    /// Retries allowed whatever the traffic.
    public let atLeast: Rate
    /// How long deposits and withdrawals count, 1 s to 60 s.
    public let timeToLive: Duration

    /// A budget.
    /// - Throws: ``InvalidValue`` when the time to live is not within 1 s to 60 s.
    public init(
        share: Ratio = RetryBudgetPolicy.defaultShare, atLeast: Rate = RetryBudgetPolicy.defaultAtLeast,
        timeToLive: Duration = RetryBudgetPolicy.defaultTimeToLive
    ) throws(InvalidValue) {
        try require(
            timeToLive >= .seconds(1) && timeToLive <= .seconds(60), "budget over", timeToLive.weirText, "1s to 1m")
        self.share = share
        self.atLeast = atLeast
        self.timeToLive = timeToLive
    }
}
