// SPDX-License-Identifier: Apache-2.0

/// How long to wait before a connection is tried again: twice as long each time, and by chance up to half of it shorter, so that those who
/// lost one broker together do not come back together. Pure: chance comes with the question.
struct ReconnectBackoff: Sendable {
    /// The wait after the first failure, in nanoseconds.
    static let first: UInt64 = 100_000_000
    /// The longest wait, in nanoseconds.
    static let longest: UInt64 = 10_000_000_000

    private var next = first

    /// The wait after one more failure, in nanoseconds.
    /// - Parameter fraction: chance, in 0 ..< 1.
    mutating func wait(fraction: Double) -> UInt64 {
        let whole = next
        next = min(next * 2, Self.longest)
        return whole - UInt64(Double(whole / 2) * min(max(fraction, 0), 1))
    }

    /// A connection was made.
    mutating func reset() { next = Self.first }
}
