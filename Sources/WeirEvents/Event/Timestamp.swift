// SPDX-License-Identifier: Apache-2.0

import Glibc
import WeirPolicy

/// A moment of UTC to the nanosecond, as events state it: RFC 3339, `2026-03-01T09:00:00.25Z`.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Whole seconds since the beginning of 1970, without leap seconds.
    public let secondsSince1970: Int64
    /// The rest, 0 to 999,999,999.
    public let nanoseconds: Int32

    /// A moment; nanoseconds beyond a second are carried over.
    public init(secondsSince1970 seconds: Int64, nanoseconds: Int64 = 0) {
        let rest = nanoseconds % 1_000_000_000
        let carried = nanoseconds / 1_000_000_000 - (rest < 0 ? 1 : 0)
        secondsSince1970 = seconds &+ carried
        self.nanoseconds = Int32(rest < 0 ? rest + 1_000_000_000 : rest)
    }

    /// A moment that never comes.
    public static let distantFuture = Timestamp(secondsSince1970: .max)

    /// The machine's wall clock; for defaults only, so that tests bring their own.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(secondsSince1970: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }

    /// Milliseconds since the beginning of 1970, rounded down.
    public var millisecondsSince1970: Int64 { secondsSince1970 &* 1000 &+ Int64(nanoseconds / 1_000_000) }

    /// Nanoseconds since the beginning of 1970, held within what a number of 64 bits has: until the year 2262.
    public var nanosecondsSince1970: Int64 {
        let (product, overflow) = secondsSince1970.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? (secondsSince1970 < 0 ? .min : .max) : product.addingClamped(Int64(nanoseconds))
    }

    /// A moment so many nanoseconds after the beginning of 1970.
    public init(nanosecondsSince1970 nanoseconds: Int64) { self.init(secondsSince1970: 0, nanoseconds: nanoseconds) }

    /// A moment so many milliseconds after the beginning of 1970.
    public init(millisecondsSince1970 milliseconds: Int64) {
        self.init(
            secondsSince1970: milliseconds / 1000, nanoseconds: milliseconds % 1000 * 1_000_000)
    }

    /// Whether the later moment is the right one.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.secondsSince1970, left.nanoseconds) < (right.secondsSince1970, right.nanoseconds)
    }

    /// The moment so much later.
    public static func + (moment: Timestamp, length: Duration) -> Timestamp {
        let (seconds, attoseconds) = length.components
        return Timestamp(
            secondsSince1970: moment.secondsSince1970 &+ seconds,
            nanoseconds: Int64(moment.nanoseconds) + attoseconds / 1_000_000_000)
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC, with as many digits of the second as say something.
    public var description: String {
        let moment = Instant(secondsSince1970: secondsSince1970)
        let clock = moment.secondsOfDay
        var text = "\(moment.date)T\(Self.two(clock / 3600)):\(Self.two(clock / 60 % 60)):\(Self.two(clock % 60))"
        if nanoseconds > 0 {
            var digits = String(Int(nanoseconds) + 1_000_000_000).dropFirst()
            while digits.last == "0" { digits.removeLast() }
            text += ".\(digits)"
        }
        return text + "Z"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Timestamp {
    /// Reads RFC 3339; nil for everything else.
    public init?(_ text: String) { self.init(text, zoneMayBeMissing: false) }

    /// Reads RFC 3339, where `zoneMayBeMissing` also without the offset at its end, as Python writes moments of UTC.
    init?(_ text: String, zoneMayBeMissing: Bool) {
        var rest = Array(text.utf8)[...]
        guard let year = Self.take(4, "-", &rest), let month = Self.take(2, "-", &rest),
            let day = Self.take(2, "", &rest), let date = CalendarDate(year: year, month: month, day: day),
            let separator = rest.popFirst(), [UInt8(ascii: "T"), UInt8(ascii: "t"), 0x20].contains(separator),
            let hour = Self.take(2, ":", &rest), let minute = Self.take(2, ":", &rest),
            let second = Self.take(2, "", &rest), hour < 24, minute < 60, second <= 60
        else { return nil }
        var nanoseconds: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { $0 &- UInt8(ascii: "0") < 10 }
            guard !digits.isEmpty, digits.count <= 18 else { return nil }
            let nine = (Array(digits) + Array("00000000".utf8)).prefix(9)
            nanoseconds = nine.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
            rest = rest.dropFirst(digits.count + 1)
        }
        guard let offset = Self.offset(&rest, mayBeMissing: zoneMayBeMissing), rest.isEmpty else { return nil }
        let seconds = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        self.init(secondsSince1970: seconds - Int64(offset), nanoseconds: nanoseconds)
    }

    private static func take(_ count: Int, _ end: String, _ rest: inout ArraySlice<UInt8>) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
        rest = rest.dropFirst(count)
        for byte in end.utf8 where rest.popFirst() != byte { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Seconds east of UTC.
    private static func offset(_ rest: inout ArraySlice<UInt8>, mayBeMissing: Bool) -> Int? {
        guard let sign = rest.popFirst() else { return mayBeMissing ? 0 : nil }
        if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = take(2, ":", &rest),
            let minutes = take(2, "", &rest), hours < 24, minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}

extension Int64 {
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
