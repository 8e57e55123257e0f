// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What a pipeline has counted since it exists; it goes on over reloads.
///
/// Each thread counts in its own words, so counting costs one uncontended addition.
public final class PipelineCounters: Sendable {
    enum Counter: Int, CaseIterable {
        case successes, degraded, failures, ignored, cancelled
        case rejectedOpen, rejectedFull, rejectedLimited, rejectedDeadline, rejectedOrphans
        case attempts, retries, timeouts, overruns, fallbackFailures
        case orphansStarted, orphansEnded
    }

    /// First the successes at the first attempt by how long they took, which are most calls: one addition counts call,
    /// success, attempt and time. Then the times of other calls, then the counters.
    let words = ShardedWords(width: 2 * LatencyHistogram.buckets + Counter.allCases.count)
    private let orphans = Atomic<Int>(0)

    @inline(__always)
    func count(_ counter: Counter, by amount: UInt64 = 1) { words.add(amount, to: Self.word(of: counter)) }

    private static func word(of counter: Counter) -> Int { 2 * LatencyHistogram.buckets + counter.rawValue }

    /// The word that counts a success at the first attempt after so many nanoseconds.
    @inline(__always)
    static func cleanWord(after nanoseconds: UInt64) -> Int { LatencyHistogram.bucket(of: nanoseconds) }

    /// Counts how long another call took that reached its callee.
    func time(_ nanoseconds: UInt64) {
        words.add(1, to: LatencyHistogram.buckets + LatencyHistogram.bucket(of: nanoseconds))
    }

    /// Work that was abandoned and is still running.
    public var runningOrphans: Int { orphans.load(ordering: .relaxed) }

    func orphanStarted() {
        orphans.wrappingAdd(1, ordering: .relaxed)
        count(.orphansStarted)
    }

    func orphanEnded() {
        orphans.wrappingSubtract(1, ordering: .relaxed)
        count(.orphansEnded)
    }

    /// The counts so far; calls that are just ending may be in some of them and not yet in others.
    public func snapshot() -> Snapshot {
        func sum(_ counter: Counter) -> UInt64 { words.sum(Self.word(of: counter)) }
        let first = (0..<LatencyHistogram.buckets).map { words.sum($0) }
        let others = (0..<LatencyHistogram.buckets).map { words.sum(LatencyHistogram.buckets + $0) }
        let clean = first.reduce(0, &+)
        return Snapshot(
            successes: clean + sum(.successes), degraded: sum(.degraded), failures: sum(.failures),
            ignored: sum(.ignored), cancelled: sum(.cancelled), rejectedOpen: sum(.rejectedOpen),
            rejectedFull: sum(.rejectedFull), rejectedLimited: sum(.rejectedLimited),
            rejectedDeadline: sum(.rejectedDeadline), rejectedOrphans: sum(.rejectedOrphans),
            attempts: clean + sum(.attempts), retries: sum(.retries), timeouts: sum(.timeouts),
            overruns: sum(.overruns), fallbackFailures: sum(.fallbackFailures), orphansStarted: sum(.orphansStarted),
            orphansEnded: sum(.orphansEnded), latency: LatencyHistogram(counts: zip(first, others).map { $0 &+ $1 }))
    }

    /// The counts of one moment. A call is counted once, by how it ended for its caller.
    public struct Snapshot: Sendable, Hashable {
        /// Calls that succeeded.
        public let successes: UInt64
        /// Calls that a fallback answered.
        public let degraded: UInt64
        /// Calls that failed, those that ran out of time included.
        public let failures: UInt64
        /// Calls whose outcome says nothing about the callee.
        public let ignored: UInt64
        /// Calls whose caller went away.
        public let cancelled: UInt64
        /// Calls refused by an open breaker.
        public let rejectedOpen: UInt64
        /// Calls refused by a full bulkhead.
        public let rejectedFull: UInt64
        /// Calls refused by a rate limit.
        public let rejectedLimited: UInt64
        /// Calls whose time was over before an attempt could start.
        public let rejectedDeadline: UInt64
        /// Calls refused because too much abandoned work is running.
        public let rejectedOrphans: UInt64
        /// Attempts made.
        public let attempts: UInt64
        /// Attempts that were repetitions.
        public let retries: UInt64
        /// Attempts that ran out of time.
        public let timeouts: UInt64
        /// Operations that went on after their deadline before they gave in.
        public let overruns: UInt64
        /// Fallbacks that failed.
        public let fallbackFailures: UInt64
        /// Work that was left behind at a deadline.
        public let orphansStarted: UInt64
        /// Abandoned work that has ended.
        public let orphansEnded: UInt64
        /// How long calls took that reached their callee and ended with an answer, a failure or a timeout.
        public let latency: LatencyHistogram

        /// Calls that have ended.
        public var calls: UInt64 {
            successes + degraded + failures + ignored + cancelled + rejectedOpen + rejectedFull + rejectedLimited
                + rejectedDeadline + rejectedOrphans
        }
    }
}
