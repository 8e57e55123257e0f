// SPDX-License-Identifier: Apache-2.0

/// The calls of the last so long, in equal buckets that are aligned to the window's creation.
///
/// Good calls are counted without a lock, in words of the calling thread; the others are rare and counted under the breaker's.
struct TimeWindow: Sendable {
    private struct Cell {
        var bucket: UInt64 = .max
        var counts = WindowCounts()
    }

    private let created: UInt64
    private let width: UInt64
    private var cells: [Cell]
    private let goods: ShardedWords

    init(length: UInt64, buckets: Int, created: UInt64) {
        self.created = created
        width = max(length / UInt64(buckets), 1)
        cells = Array(repeating: Cell(), count: buckets)
        goods = ShardedWords(width: buckets)
    }

    private func bucket(at now: UInt64) -> UInt64 { now.since(created) / width }

    /// When the bucket of this moment ends.
    func bucketEnd(at now: UInt64) -> UInt64 { created.adding((bucket(at: now) + 1).multiplied(by: width)) }

    /// Counts a good call; any thread, no lock.
    func addGood(at now: UInt64) {
        let bucket = bucket(at: now)
        let word = Int(bucket % UInt64(cells.count))
        let shard = Shard.current
        let tag = (bucket & 0xFFFF_FFFF) << 32
        var current = goods.load(word, in: shard)
        while true {
            let isSameBucket = current & 0xFFFF_FFFF_0000_0000 == tag
            let full = isSameBucket && current & 0xFFFF_FFFF == 0xFFFF_FFFF
            let next = full ? current : isSameBucket ? current &+ 1 : tag | 1
            guard let found = goods.replace(word, in: shard, expected: current, with: next) else { return }
            current = found
        }
    }

    /// Counts a failed or slow call; under the breaker's lock.
    mutating func addBad(failed: Bool, slow: Bool, at now: UInt64) {
        let bucket = bucket(at: now)
        let index = Int(bucket % UInt64(cells.count))
        if cells[index].bucket != bucket { cells[index] = Cell(bucket: bucket) }
        cells[index].counts.total += 1
        cells[index].counts.failed += failed ? 1 : 0
        cells[index].counts.slow += slow ? 1 : 0
    }

    /// The calls that the window holds at this moment; buckets that have passed are left out.
    func counts(at now: UInt64) -> WindowCounts {
        let newest = bucket(at: now)
        let size = UInt64(cells.count)
        let oldest = newest >= size - 1 ? newest - (size - 1) : 0
        var counts = WindowCounts()
        for bucket in oldest...newest {
            let index = Int(bucket % size)
            if cells[index].bucket == bucket {
                counts.total += cells[index].counts.total
                counts.failed += cells[index].counts.failed
                counts.slow += cells[index].counts.slow
            }
            let tag = bucket & 0xFFFF_FFFF
            for shard in 0..<Shard.count {
                let word = goods.load(index, in: shard)
                if word >> 32 == tag { counts.total += Int(word & 0xFFFF_FFFF) }
            }
        }
        return counts
    }

    mutating func clear() {
        for index in cells.indices { cells[index] = Cell() }
        goods.clear()
    }
}

extension UInt64 {
    /// The product, or the largest number where it does not fit.
    func multiplied(by factor: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? .max : product
    }
}
