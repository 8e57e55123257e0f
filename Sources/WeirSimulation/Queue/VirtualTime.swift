// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy

/// A moment of a story or a stretch of it, in nanoseconds; a story begins at zero.
public struct VirtualTime: Sendable, Hashable, Comparable {
    /// The beginning.
    public static let zero = VirtualTime(nanoseconds: 0)
    /// The moment that never comes.
    static let never = VirtualTime(nanoseconds: .max)

    /// Nanoseconds from the beginning.
    public let nanoseconds: UInt64

    /// A moment so many nanoseconds after the beginning.
    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// A moment so long after the beginning; a negative duration is the beginning.
    public init(_ duration: Duration) { nanoseconds = UInt64(max(duration.nanosecondsClamped, 0)) }

    /// Orders by time.
    public static func < (left: VirtualTime, right: VirtualTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The moment so much later, or never where the sum is too large.
    static func + (moment: VirtualTime, length: VirtualTime) -> VirtualTime {
        let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(length.nanoseconds)
        return overflow ? .never : VirtualTime(nanoseconds: sum)
    }

    /// So many times as long, or never where the product is too large.
    static func * (length: VirtualTime, count: Int) -> VirtualTime {
        let (product, overflow) = length.nanoseconds.multipliedReportingOverflow(by: UInt64(max(count, 0)))
        return overflow ? .never : VirtualTime(nanoseconds: product)
    }

    /// How long after the other moment this one is; zero when it is not after it.
    func since(_ earlier: VirtualTime) -> VirtualTime {
        self > earlier ? VirtualTime(nanoseconds: nanoseconds - earlier.nanoseconds) : .zero
    }
}

extension VirtualTime {
    /// The moment as a time of day of a story that begins with 1970.
    var timestamp: Timestamp { Timestamp(secondsSince1970: 0, nanoseconds: Int64(clamping: nanoseconds)) }
}

extension VirtualTime: CustomStringConvertible {
    /// The time for people, to a tenth of a millisecond below a second and to a millisecond above: `90ms`, `603.4ms`,
    /// `16.02s`, `2m5s`.
    public var description: String {
        let tenths = nanoseconds / 100_000
        guard tenths >= 10_000 else { return Self.decimal(tenths, scale: 10) + "ms" }
        let milliseconds = nanoseconds / 1_000_000
        guard milliseconds >= 60_000 else { return Self.decimal(milliseconds, scale: 1000) + "s" }
        let minutes = milliseconds / 60_000
        return "\(minutes)m" + Self.decimal(milliseconds % 60_000, scale: 1000) + "s"
    }

    private static func decimal(_ value: UInt64, scale: UInt64) -> String {
        var fraction = String(value % scale + scale).dropFirst()
        while fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
        return fraction.isEmpty ? "\(value / scale)" : "\(value / scale).\(fraction)"
    }
}
