// SPDX-License-Identifier: Apache-2.0

extension Lexer {
    /// A word that begins with a digit: a whole number, a value with a unit, a date, or something malformed.
    static func number(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ table: Span<UInt8>) -> (TokenKind, Int) {
        let whole = digits(bytes, start, end)
        guard whole < end, table[Int(bytes[whole])] & ByteClass.inWord != 0 else { return (.integer, whole) }
        let (kind, last) = unit(bytes, start, whole, end)
        guard last >= end || table[Int(bytes[last])] & ByteClass.inWord == 0 else {
            return (.malformed, wordEnd(bytes, last, end, table))
        }
        return (kind, last)
    }

    /// What follows the first digits of a word; where nothing fits, the kind is malformed and the place where that shows.
    private static func unit(_ bytes: Span<UInt8>, _ start: Int, _ whole: Int, _ end: Int) -> (TokenKind, Int) {
        switch bytes[whole] {
        case UInt8(ascii: "%"): return (.percent, whole + 1)
        case UInt8(ascii: "x"): return (.factor, whole + 1)
        case UInt8(ascii: "/"): return rate(bytes, whole + 1, end)
        case UInt8(ascii: "."): return fraction(bytes, whole + 1, end)
        case UInt8(ascii: "-"): return date(bytes, start, whole, end)
        case UInt8(ascii: "_"): return grouped(bytes, whole, end)
        case UInt8(ascii: "B"), UInt8(ascii: "K"), UInt8(ascii: "M"), UInt8(ascii: "G"): return size(bytes, whole, end)
        default: return duration(bytes, whole, end)
        }
    }

    /// `1m30s` from its first unit on.
    private static func duration(_ bytes: Span<UInt8>, _ firstUnit: Int, _ end: Int) -> (TokenKind, Int) {
        var place = firstUnit
        while true {
            let unit = timeUnit(bytes, place, end)
            guard unit > place else { return (.malformed, place) }
            place = digits(bytes, unit, end)
            if place == unit { return (.duration, place) }
        }
    }

    /// `/s`, `/100ms` from the byte after the slash on.
    private static func rate(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (TokenKind, Int) {
        let (kind, last) = duration(bytes, digits(bytes, start, end), end)
        return (kind == .duration ? .rate : .malformed, last)
    }

    /// `500..599`, `12.5%`, `1.5x` from the byte after the dot on.
    private static func fraction(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (TokenKind, Int) {
        let isRange = start < end && bytes[start] == UInt8(ascii: ".")
        let first = isRange ? start + 1 : start
        let last = digits(bytes, first, end)
        guard last > first else { return (.malformed, last) }
        if isRange { return (.range, last) }
        guard last < end else { return (.malformed, last) }
        switch bytes[last] {
        case UInt8(ascii: "%"): return (.percent, last + 1)
        case UInt8(ascii: "x"): return (.factor, last + 1)
        default: return (.malformed, last)
        }
    }

    /// `100_000`, `1_000/s` from the first underscore on.
    private static func grouped(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (TokenKind, Int) {
        var place = start
        while place < end, bytes[place] == UInt8(ascii: "_") || isDigit(bytes[place]) { place += 1 }
        guard bytes[place - 1] != UInt8(ascii: "_") else { return (.malformed, place) }
        guard place < end, bytes[place] == UInt8(ascii: "/") else { return (.integer, place) }
        return rate(bytes, place + 1, end)
    }

    /// `64KiB`, `1GB` from the unit on.
    private static func size(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (TokenKind, Int) {
        var place = start
        if bytes[place] != UInt8(ascii: "B") {
            place += 1
            if place < end, bytes[place] == UInt8(ascii: "i") { place += 1 }
        }
        guard place < end, bytes[place] == UInt8(ascii: "B") else { return (.malformed, place) }
        return (.size, place + 1)
    }

    /// `2026-03-01`, `2026-03-01T09:00:00Z`; any digits pass here, the calendar is asked later.
    private static func date(_ bytes: Span<UInt8>, _ start: Int, _ hyphen: Int, _ end: Int) -> (TokenKind, Int) {
        guard hyphen - start == 4, fits("-dd-dd", bytes, hyphen, end) else { return (.malformed, hyphen) }
        let dateEnd = hyphen + 6
        guard dateEnd < end, bytes[dateEnd] == UInt8(ascii: "T") else { return (.date, dateEnd) }
        if fits("Tdd:dd:ddZ", bytes, dateEnd, end) { return (.instant, dateEnd + 10) }
        var place = dateEnd + 1
        while place < end, isDigit(bytes[place]) || bytes[place] == UInt8(ascii: ":") { place += 1 }
        return (.malformed, place)
    }

    /// Whether the bytes have this shape, `d` standing for any digit.
    private static func fits(_ shape: StaticString, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard start + shape.utf8CodeUnitCount <= end else { return false }
        return shape.withUTF8Buffer { shape in
            for (offset, expected) in shape.enumerated() {
                let byte = bytes[start + offset]
                guard expected == UInt8(ascii: "d") ? isDigit(byte) : byte == expected else { return false }
            }
            return true
        }
    }

    /// The end of `us`, `ms`, `s`, `m`, `h` or `d`; the place itself where none stands.
    private static func timeUnit(_ bytes: Span<UInt8>, _ place: Int, _ end: Int) -> Int {
        guard place < end else { return place }
        let isSecond = place + 1 < end && bytes[place + 1] == UInt8(ascii: "s")
        switch bytes[place] {
        case UInt8(ascii: "m"): return isSecond ? place + 2 : place + 1
        case UInt8(ascii: "u"): return isSecond ? place + 2 : place
        case UInt8(ascii: "s"), UInt8(ascii: "h"), UInt8(ascii: "d"): return place + 1
        default: return place
        }
    }

    @inline(__always)
    private static func digits(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var place = start
        while place < end, isDigit(bytes[place]) { place += 1 }
        return place
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
