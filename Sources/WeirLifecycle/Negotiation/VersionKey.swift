// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// A version as a number that sorts as versions do: what requests name is read into it without making a string.
struct VersionKey: Sendable, Hashable, Comparable {
    /// Four parts of twenty bits, the first the highest; a day has the highest bit, and its number below.
    private let bits: UInt128

    private static let partWidth = 20
    private static let mostDigits = 6
    private static let dayMark = UInt128(1) << 127
    /// Makes the days of all years positive.
    private static let dayBias = 1 << 40

    static func < (left: VersionKey, right: VersionKey) -> Bool { left.bits < right.bits }

    private init(bits: UInt128) { self.bits = bits }

    private init(_ date: CalendarDate) { self.init(bits: Self.dayMark | UInt128(date.daysSince1970 + Self.dayBias)) }

    init(_ version: ApiVersion) {
        switch version.scheme {
        case .date(let date): self.init(date)
        case .number(let parts):
            var bits = UInt128(0)
            for place in 0..<ApiVersion.mostParts {
                bits = bits << UInt128(Self.partWidth) | UInt128(place < parts.count ? parts[place] : 0)
            }
            self.init(bits: bits)
        }
    }

    /// Reads what `ApiVersion` reads; nil for all else.
    init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        if range.count == 10, bytes[range.lowerBound + 4] == UInt8(ascii: "-") {
            guard let date = Self.date(bytes, range.lowerBound) else { return nil }
            self.init(date)
            return
        }
        guard let first = range.first else { return nil }
        var (bits, part, digits, parts) = (UInt128(0), 0, 0, 1)
        for place in (bytes[first] | 0x20 == UInt8(ascii: "v") ? first + 1 : first)..<range.upperBound {
            let digit = bytes[place] &- UInt8(ascii: "0")
            if digit < 10, digits < Self.mostDigits {
                part = part * 10 + Int(digit)
                digits += 1
            } else if bytes[place] == UInt8(ascii: "."), digits > 0, parts < ApiVersion.mostParts {
                bits = bits << UInt128(Self.partWidth) | UInt128(part)
                (part, digits, parts) = (0, 0, parts + 1)
            } else {
                return nil
            }
        }
        guard digits > 0 else { return nil }
        bits = bits << UInt128(Self.partWidth) | UInt128(part)
        self.init(bits: bits << UInt128(Self.partWidth * (ApiVersion.mostParts - parts)))
    }

    /// A day such as `2026-03-01`; nil where no calendar has it.
    private static func date(_ bytes: Span<UInt8>, _ start: Int) -> CalendarDate? {
        func number(_ range: Range<Int>) -> Int? {
            var number = 0
            for place in range {
                let digit = bytes[start + place] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                number = number * 10 + Int(digit)
            }
            return number
        }
        guard bytes[start + 7] == UInt8(ascii: "-"), let year = number(0..<4), let month = number(5..<7),
            let day = number(8..<10)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// Whether it is a day.
    var isDay: Bool { bits & Self.dayMark != 0 }

    /// The version again.
    var version: ApiVersion? {
        if isDay {
            let days = Int(bits & ~Self.dayMark) - Self.dayBias
            return ApiVersion(CalendarDate(daysSince1970: days).description)
        }
        let parts = (0..<ApiVersion.mostParts).reversed().map { place in
            String(Int(bits >> UInt128(place * Self.partWidth) & (1 << UInt128(Self.partWidth) - 1)))
        }
        return ApiVersion(parts.joined(separator: "."))
    }
}
