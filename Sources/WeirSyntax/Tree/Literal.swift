// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Reads the values that tokens spell. Every reader gives nil for what is out of bounds, and none overflows.
enum Literal {
    /// `100_000`.
    static func integer(_ text: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in text where byte != UInt8(ascii: "_") {
            guard let digit = digit(byte), let next = appending(digit, to: value) else { return nil }
            value = next
        }
        return value
    }

    /// `1m30s`, up to ``WeirPolicy/Swift/Duration/weirLongest``.
    static func duration(_ text: ArraySlice<UInt8>) -> Duration? {
        var total = 0
        var place = text.startIndex
        while place < text.endIndex {
            guard let (count, unit) = leadingInteger(text, from: place) else { return nil }
            place = unit
            guard let scale = timeUnit(text, at: &place) else { return nil }
            let (part, overflow) = count.multipliedReportingOverflow(by: scale)
            let (sum, carry) = total.addingReportingOverflow(part)
            guard !overflow, !carry else { return nil }
            total = sum
        }
        let duration = Duration.microseconds(total)
        return duration <= .weirLongest ? duration : nil
    }

    /// `100/s`, `5/100ms`; a unit alone is one of it.
    static func rate(_ text: ArraySlice<UInt8>) -> Rate? {
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")), let count = integer(text[..<slash]) else {
            return nil
        }
        let unit = text[text.index(after: slash)...]
        guard let first = unit.first else { return nil }
        let window = digit(first) == nil ? duration([UInt8(ascii: "1")] + unit) : duration(unit)
        guard let window else { return nil }
        // Its bounds are the type's own; beyond them there is no rate.
        return try? Rate(count: count, window: window)
    }

    /// `12.5%`, with up to four decimals.
    static func ratio(_ text: ArraySlice<UInt8>) -> Ratio? {
        guard let millionths = decimal(text.dropLast(), scale: 4) else { return nil }
        // Its bounds are the type's own; beyond them there is no share.
        return try? Ratio(millionths: millionths)
    }

    /// `1.5x`, with up to three decimals.
    static func factor(_ text: ArraySlice<UInt8>) -> Factor? {
        guard let thousandths = decimal(text.dropLast(), scale: 3) else { return nil }
        // Its bounds are the type's own; beyond them there is no factor.
        return try? Factor(thousandths: thousandths)
    }

    /// `64KiB` in bytes.
    static func size(_ text: ArraySlice<UInt8>) -> Int? {
        guard let (count, unit) = leadingInteger(text, from: text.startIndex) else { return nil }
        let scales: [String: Int] = [
            "B": 1, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
        ]
        guard let scale = scales[String(decoding: text[unit...], as: UTF8.self)] else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: scale)
        return overflow ? nil : bytes
    }

    /// `500..599`, both ends included.
    static func range(_ text: ArraySlice<UInt8>) -> ClosedRange<Int>? {
        guard let dot = text.firstIndex(of: UInt8(ascii: ".")), let low = integer(text[..<dot]),
            let high = integer(text[(dot + 2)...]), low <= high
        else { return nil }
        return low...high
    }

    /// The seconds from 1970 to `2026-03-01` or `2026-03-01T09:00:00Z`; nil for a day or a time that does not exist.
    static func secondsSince1970(_ text: ArraySlice<UInt8>) -> Int64? {
        Instant(String(decoding: text, as: UTF8.self))?.secondsSince1970
    }

    private static func digit(_ byte: UInt8) -> Int? {
        let value = byte &- UInt8(ascii: "0")
        return value < 10 ? Int(value) : nil
    }

    private static func appending(_ digit: Int, to value: Int) -> Int? {
        let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = shifted.addingReportingOverflow(digit)
        return overflow || carry ? nil : sum
    }

    /// The digits from a place on and the place after them; nil where there are none or too many.
    private static func leadingInteger(_ text: ArraySlice<UInt8>, from start: Int) -> (Int, Int)? {
        var value = 0
        var place = start
        while place < text.endIndex, let digit = digit(text[place]) {
            guard let next = appending(digit, to: value) else { return nil }
            value = next
            place += 1
        }
        return place > start ? (value, place) : nil
    }

    /// The microseconds of the unit at a place, which moves behind it.
    private static func timeUnit(_ text: ArraySlice<UInt8>, at place: inout Int) -> Int? {
        guard place < text.endIndex else { return nil }
        let unit = text[place]
        let isTwoLetters = place + 1 < text.endIndex && text[place + 1] == UInt8(ascii: "s")
        place += 1
        switch unit {
        case UInt8(ascii: "s"): return 1_000_000
        case UInt8(ascii: "h"): return 3_600_000_000
        case UInt8(ascii: "d"): return 86_400_000_000
        case UInt8(ascii: "m") where !isTwoLetters: return 60_000_000
        case UInt8(ascii: "m"), UInt8(ascii: "u"):
            guard isTwoLetters else { return nil }
            place += 1
            return unit == UInt8(ascii: "m") ? 1000 : 1
        default: return nil
        }
    }

    /// A decimal number times ten to the scale; nil where it has more decimals than that.
    private static func decimal(_ text: ArraySlice<UInt8>, scale: Int) -> Int? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, var value = integer(parts[0]) else { return nil }
        let decimals = parts.count == 2 ? parts[1] : []
        guard decimals.count <= scale else { return nil }
        for position in 0..<scale {
            let place = decimals.startIndex + position
            let digit = place < decimals.endIndex ? Self.digit(decimals[place]) : 0
            guard let digit, let next = appending(digit, to: value) else { return nil }
            value = next
        }
        return value
    }
}
