// SPDX-License-Identifier: Apache-2.0

/// How the number of calls at once follows what the callee bears.
public struct AdaptiveLimitPolicy: Sendable, Hashable {
    /// How the number is found.
    public enum Algorithm: String, Sendable, Hashable {
        /// By an estimate of the queue at the callee (Netflix concurrency-limits, TCP Vegas).
        case vegas
        /// By the ratio of the shortest to the present latency (Envoy's gradient controller).
        case gradient
        /// One more while all is well, a tenth less at a sign of overload.
        case aimd
    }

    /// The algorithm of policies that name none.
    public static let defaultAlgorithm = Algorithm.vegas
    /// Latencies are sampled for at least so long.
    public static let defaultSampleTime: Duration = .seconds(1)
    /// A sample has at least so many calls.
    public static let defaultSampleCalls = 10

    /// How the number is found.
    public let algorithm: Algorithm
    /// The number never falls below this, 1 or more.
    public let least: Int
    /// The number never rises above this.
    public let most: Int
    /// How long latencies are sampled before the number is judged, 10 ms to 1 h.
    public let sampleTime: Duration
    /// The fewest calls in a sample, 1 or more.
    public let sampleCalls: Int

    /// An adaptive limit.
    /// - Throws: ``InvalidValue`` when the bounds cross or a number is out of bounds.
    public init(
        algorithm: Algorithm = AdaptiveLimitPolicy.defaultAlgorithm, least: Int, most: Int,
        sampleTime: Duration = AdaptiveLimitPolicy.defaultSampleTime,
        sampleCalls: Int = AdaptiveLimitPolicy.defaultSampleCalls
    ) throws(InvalidValue) {
        try require(
            least >= 1 && least <= most && most <= BulkheadPolicy.largest, "adapt", "\(least) and \(most)",
            "two numbers from 1 to 1,000,000, the smaller one first")
        try require(
            sampleTime >= .milliseconds(10) && sampleTime <= .seconds(3600), "sample", sampleTime.weirText, "10ms to 1h"
        )
        try require(
            (1...CircuitBreakerPolicy.largestCount).contains(sampleCalls), "sample at least", "\(sampleCalls)",
            "1 to 1,000,000 calls")
        self.algorithm = algorithm
        self.least = least
        self.most = most
        self.sampleTime = sampleTime
        self.sampleCalls = sampleCalls
    }
}
