// SPDX-License-Identifier: Apache-2.0

/// The calls of the last so long, in equal buckets that are aligned to the window's creation.
///
/// Good calls are counted without a lock; the others are rare and counted under the breaker's.
struct TimeWindow: Sendable {
    private struct Cell {
        var bucket: UInt64 = .max
        var counts = WindowCounts()
    }

    private let created: UInt64
    private let width: UInt64
    private var cells: [Cell]
    /// The good calls; any thread may add.
    let goods: GoodCalls

    init(length: UInt64, buckets: Int, created: UInt64) {
        self.created = created
        width = max(length / UInt64(buckets), 1)
        cells = Array(repeating: Cell(), count: buckets)
        goods = GoodCalls(width: width, buckets: buckets, created: created)
    }

    /// When the bucket of this moment ends.
    func bucketEnd(at now: UInt64) -> UInt64 { created.adding((goods.bucket(at: now) + 1).multiplied(by: width)) }

    /// Counts a failed or slow call; under the breaker's lock.
    mutating func addBad(failed: Bool, slow: Bool, at now: UInt64) {
        let bucket = goods.bucket(at: now)
        let index = Int(bucket % UInt64(cells.count))
        if cells[index].bucket != bucket { cells[index] = Cell(bucket: bucket) }
        cells[index].counts.total += 1
        cells[index].counts.failed += failed ? 1 : 0
        cells[index].counts.slow += slow ? 1 : 0
    }

    /// The calls that the window holds at this moment; buckets that have passed are left out.
    func counts(at now: UInt64) -> WindowCounts {
        let newest = goods.bucket(at: now)
        let size = UInt64(cells.count)
        let oldest = newest >= size - 1 ? newest - (size - 1) : 0
        var counts = WindowCounts()
        for bucket in oldest...newest {
            let cell = cells[Int(bucket % size)]
            if cell.bucket == bucket {
                counts.total += cell.counts.total
                counts.failed += cell.counts.failed
                counts.slow += cell.counts.slow
            }
            counts.total += goods.count(of: bucket)
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
