// SPDX-License-Identifier: Apache-2.0

/// Counts by time bucket without a lock, in words of the calling thread; the bucket's number stands beside its count.
final class GoodCalls: Sendable {
    private static let countMask: UInt64 = 0xFFFF_FFFF

    private let created: UInt64
    private let width: UInt64
    private let buckets: UInt64
    private let words: ShardedWords

    init(width: UInt64, buckets: Int, created: UInt64) {
        self.created = created
        self.width = width
        self.buckets = UInt64(buckets)
        words = ShardedWords(width: buckets)
    }

    /// The number of the bucket of this moment.
    @inline(__always)
    func bucket(at now: UInt64) -> UInt64 { now.since(created) / width }

    /// Counts one; a full count stays full.
    func add(at now: UInt64) {
        let bucket = bucket(at: now)
        let word = Int(truncatingIfNeeded: bucket % buckets)
        let shard = Shard.current
        let tag = bucket << 32
        var current = words.load(word, in: shard)
        while true {
            let next: UInt64
            if current & ~Self.countMask == tag {
                next = current & Self.countMask == Self.countMask ? current : current &+ 1
            } else {
                next = tag | 1
            }
            guard let found = words.replace(word, in: shard, expected: current, with: next) else { return }
            current = found
        }
    }

    /// The count of a bucket; zero for one that was overwritten.
    func count(of bucket: UInt64) -> Int {
        let word = Int(bucket % buckets)
        var total = 0
        for shard in 0..<Shard.count {
            let found = words.load(word, in: shard)
            if found >> 32 == bucket & Self.countMask { total += Int(found & Self.countMask) }
        }
        return total
    }

    func clear() { words.clear() }
}
