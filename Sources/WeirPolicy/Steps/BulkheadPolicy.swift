// SPDX-License-Identifier: Apache-2.0

/// How many calls may run at once, and how many may wait for a place.
public struct BulkheadPolicy: Sendable, Hashable {
    /// Who is served first among those that wait.
    public enum Order: String, Sendable, Hashable {
        /// The one who waits longest.
        case oldest
        /// The one who came last.
        case newest
    }

    /// The most calls that a policy may let run, and the longest queue.
    public static let largest = 1_000_000

    /// Calls at once, 0 to 1,000,000; 0 refuses every call.
    public let calls: Int
    /// Callers that may wait, 0 to 1,000,000.
    public let queue: Int
    /// How long one may wait; nil: until the deadline.
    public let maxWait: Duration?
    /// Who is served first.
    public let order: Order
    /// By what it keeps separate state; nil: one instance.
    public let scope: ScopeKey?

    /// A bulkhead.
    /// - Throws: ``InvalidValue`` when a number is out of bounds.
    public init(
        calls: Int, queue: Int = 0, maxWait: Duration? = nil, order: Order = .oldest, scope: ScopeKey? = nil
    ) throws(InvalidValue) {
        try require((0...Self.largest).contains(calls), "bulkhead", "\(calls)", "0 to 1,000,000 calls")
        try require((0...Self.largest).contains(queue), "queue", "\(queue)", "0 to 1,000,000 callers")
        self.calls = calls
        self.queue = queue
        self.maxWait = maxWait
        self.order = order
        self.scope = scope
    }
}
