// SPDX-License-Identifier: Apache-2.0

/// How long a caller waits for the whole call, its retries and waits included.
public struct DeadlinePolicy: Sendable, Hashable {
    /// The caller's whole budget, longer than zero.
    public let total: Duration
    /// How many overdue calls may go on unseen behind a detachable handle; nil: this policy does not ask for abandoning.
    public let abandon: Int?

    /// A budget, and how much abandoned work it may leave behind.
    /// - Throws: ``InvalidValue`` when the budget is not longer than zero or the number not within 1 to 100,000.
    public init(total: Duration, abandon: Int? = nil) throws(InvalidValue) {
        try TimeoutPolicy.requireLength(total, "deadline")
        try TimeoutPolicy.requireAbandon(abandon)
        self.total = total
        self.abandon = abandon
    }
}
