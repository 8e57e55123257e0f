// SPDX-License-Identifier: Apache-2.0

/// A second call that starts while the first is slow; the first success wins.
public struct HedgePolicy: Sendable, Hashable {
    /// The most calls at once that a policy may state.
    public static let largestCalls = 6

    /// How long the first call has before the next one starts.
    public let after: Duration
    /// Calls at once at most, the first included, 2 to 6.
    public let calls: Int

    /// A hedge.
    /// - Throws: ``InvalidValue`` when calls are not within 2 to 6.
    public init(after: Duration, calls: Int) throws(InvalidValue) {
        try require((2...Self.largestCalls).contains(calls), "hedge", "\(calls)", "2 to 6 calls")
        self.after = after
        self.calls = calls
    }
}
