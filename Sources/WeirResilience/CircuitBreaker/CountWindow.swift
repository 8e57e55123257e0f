// SPDX-License-Identifier: Apache-2.0

/// The last so many calls, the oldest forgotten first.
struct CountWindow: Sendable {
    private static let failedBit: UInt8 = 1
    private static let slowBit: UInt8 = 2

    private let size: Int
    private var ring: [UInt8] = []
    private var oldest = 0
    private(set) var counts = WindowCounts()

    init(size: Int) { self.size = size }

    mutating func add(failed: Bool, slow: Bool) {
        let entry = (failed ? Self.failedBit : 0) | (slow ? Self.slowBit : 0)
        if ring.count < size {
            ring.append(entry)
        } else {
            count(ring[oldest], by: -1)
            ring[oldest] = entry
            oldest = oldest + 1 == size ? 0 : oldest + 1
        }
        count(entry, by: 1)
    }

    private mutating func count(_ entry: UInt8, by step: Int) {
        counts.total += step
        if entry & Self.failedBit != 0 { counts.failed += step }
        if entry & Self.slowBit != 0 { counts.slow += step }
    }

    mutating func clear() {
        ring.removeAll(keepingCapacity: true)
        oldest = 0
        counts = WindowCounts()
    }
}
