// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// How many calls took how long, in buckets that double: the first ends at 1.024 µs, the last but one at 68.7 s.
///
/// A call's time runs from its way in to its end, waits and repetitions included.
public struct LatencyHistogram: Sendable, Hashable {
    /// Buckets, the last without an end.
    public static let buckets = 28
    /// The first bucket ends at 2^10 ns.
    private static let firstShift: UInt64 = 10

    /// Calls in each bucket.
    public let counts: [UInt64]

    init(counts: [UInt64]) { self.counts = counts }

    /// Calls in all buckets.
    public var total: UInt64 { counts.reduce(0, &+) }

    /// When a bucket ends; a call that took just as long is in the next one. Nil for the last.
    public static func end(of bucket: Int) -> Duration? {
        (0..<buckets - 1).contains(bucket) ? .nanoseconds(Int64(1) << (Int64(firstShift) + Int64(bucket))) : nil
    }

    /// The end of the bucket that this share of the calls, from the quickest on, reaches; nil without calls, or when it
    /// reaches the last bucket.
    public func quantile(_ share: Ratio) -> Duration? {
        let total = total
        guard total > 0 else { return nil }
        let (high, low) = total.multipliedFullWidth(by: UInt64(share.millionths))
        // The quotient is at most the total, since no share is more than the whole.
        let wanted = max((1_000_000 as UInt64).dividingFullWidth((high, low)).quotient, 1)
        var sum: UInt64 = 0
        for (bucket, count) in counts.enumerated() {
            sum += count
            if sum >= wanted { return Self.end(of: bucket) }
        }
        return nil
    }

    /// The bucket of a time.
    @inline(__always)
    static func bucket(of nanoseconds: UInt64) -> Int {
        min(UInt64.bitWidth - (nanoseconds >> firstShift).leadingZeroBitCount, buckets - 1)
    }
}
