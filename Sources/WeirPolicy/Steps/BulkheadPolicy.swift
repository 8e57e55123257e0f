// SPDX-License-Identifier: Apache-2.0

/// How many calls may run at once, and how many may wait for a place.
public struct BulkheadPolicy: Sendable, Hashable {
    /// Who is served first among those that wait.
    public enum Order: String, Sendable, Hashable {
        /// The one who waits longest.
        case oldest
        /// The one who came last.
        case newest
        /// The one whose part of the places is named first.
        case urgent
    }

    /// The most calls that a policy may let run, and the longest queue.
    public static let largest = 1_000_000

    /// Calls at once, 0 to 1,000,000; 0 refuses every call. With ``adaptive`` the number at the start.
    public let calls: Int
    /// Callers that may wait, 0 to 1,000,000.
    public let queue: Int
    /// How long one may wait; nil: until the deadline.
    public let maxWait: Duration?
    /// Who is served first.
    public let order: Order
    /// How the number of calls follows what the callee bears; nil: it stays.
    public let adaptive: AdaptiveLimitPolicy?
    /// How the places are divided among classes of callers; nil: not at all.
    public let partition: PartitionPolicy?
    /// By what it keeps separate state; nil: one instance.
    public let scope: ScopeKey?

    /// A bulkhead.
    /// - Throws: ``InvalidValue`` when a number is out of bounds.
    public init(
        calls: Int, queue: Int = 0, maxWait: Duration? = nil, order: Order = .oldest,
        adaptive: AdaptiveLimitPolicy? = nil, partition: PartitionPolicy? = nil, scope: ScopeKey? = nil
    ) throws(InvalidValue) {
        try require((0...Self.largest).contains(calls), "bulkhead", "\(calls)", "0 to 1,000,000 calls")
        try require((0...Self.largest).contains(queue), "queue", "\(queue)", "0 to 1,000,000 callers")
        if let adaptive {
            try require(
                (adaptive.least...adaptive.most).contains(calls), "bulkhead", "\(calls)",
                "\(adaptive.least) to \(adaptive.most) calls, as it adapts between them")
        }
        try require(
            order != .urgent || partition != nil, "queue", "urgent first", "used with `divide by`")
        self.calls = calls
        self.queue = queue
        self.maxWait = maxWait
        self.order = order
        self.adaptive = adaptive
        self.partition = partition
        self.scope = scope
    }
}
