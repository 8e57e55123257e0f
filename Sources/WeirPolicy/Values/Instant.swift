// SPDX-License-Identifier: Apache-2.0

/// A moment of UTC in whole seconds; written `2026-03-01T09:00:00Z`, or `2026-03-01` for the first of a day.
public struct Instant: Sendable, Hashable, Comparable {
    /// The seconds since the beginning of 1970, without leap seconds.
    public let secondsSince1970: Int64

    /// A moment.
    public init(secondsSince1970: Int64) { self.secondsSince1970 = secondsSince1970 }

    /// The first moment of a day.
    public init(_ date: CalendarDate) { self.init(secondsSince1970: Int64(date.daysSince1970) * 86_400) }

    /// Reads what ``description`` writes; nil for all else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let shape = Array((bytes.count == 10 ? "0000-00-00" : "0000-00-00T00:00:00Z").utf8)
        guard bytes.count == shape.count else { return nil }
        for (byte, expected) in zip(bytes, shape) {
            let isDigit = byte &- UInt8(ascii: "0") < 10
            guard expected == UInt8(ascii: "0") ? isDigit : byte == expected else { return nil }
        }
        let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard let date = CalendarDate(year: parts[0], month: parts[1], day: parts[2]) else { return nil }
        var seconds = Int64(date.daysSince1970) * 86_400
        if parts.count == 6 {
            guard parts[3] < 24, parts[4] < 60, parts[5] < 60 else { return nil }
            seconds += Int64(parts[3] * 3600 + parts[4] * 60 + parts[5])
        }
        self.init(secondsSince1970: seconds)
    }

    /// The day that it belongs to.
    public var date: CalendarDate {
        CalendarDate(daysSince1970: Int((Double(secondsSince1970) / 86_400).rounded(.down)))
    }

    /// The seconds from the beginning of its day, 0 to 86,399.
    public var secondsOfDay: Int {
        let rest = Int(secondsSince1970 % 86_400)
        return rest < 0 ? rest + 86_400 : rest
    }

    /// Whether the later moment is the right one.
    public static func < (left: Instant, right: Instant) -> Bool { left.secondsSince1970 < right.secondsSince1970 }
}

extension Instant: CustomStringConvertible {
    /// The moment as the language writes it; a day alone where it is its first moment.
    public var description: String {
        guard secondsOfDay != 0 else { return date.description }
        let clock = [secondsOfDay / 3600, secondsOfDay / 60 % 60, secondsOfDay % 60].map { digits($0, 2) }
        return "\(date)T\(clock.joined(separator: ":"))Z"
    }
}
