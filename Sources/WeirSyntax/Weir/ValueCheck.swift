// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Looks at a value whose tokens fit its slot for what tokens cannot say: bounds, days that exist, escapes that exist.
struct ValueCheck {
    let tokens: [Token]
    let text: [UInt8]
    /// Whether texts have quotes and escapes; a scalar of YAML is taken as it is.
    var hasEscapes = true

    /// What is wrong with a value; nil where nothing is.
    func fault(_ range: Range<Int>, bounds: ClosedRange<Int>?) -> Fault? {
        for place in range {
            let bytes = text[Int(tokens[place].start)..<tokens[place].end]
            let isStatus = place > range.lowerBound && spells("status", place - 1)
            if let fault = fault(at: place, bytes, bounds: isStatus ? Self.statuses : bounds) { return fault }
        }
        return range.count > 2 ? filterFault(range) : nil
    }

    private static let statuses = 100...599
    /// The HTTP methods that an operation may have.
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

    private func fault(at place: Int, _ bytes: ArraySlice<UInt8>, bounds: ClosedRange<Int>?) -> Fault? {
        let here = place..<place + 1
        switch tokens[place].kind {
        case .method where !Self.methods.contains(spelling(bytes)):
            let near = EditDistance.nearest(to: spelling(bytes), among: Self.methods)
            return Fault(
                .malformedValue, "`\(spelling(bytes))` is not an HTTP method of the language", at: here,
                "the methods are `GET`, `HEAD`, `POST`, `PUT`, `PATCH` and `DELETE`",
                help: near.map { "did you mean `\($0)`?" }, mend: near.map { .replace(here, $0) },
                applicability: .unsafe)
        case .integer: return integerFault(here, bytes, bounds ?? 0...Int.max)
        case .duration where Literal.duration(bytes) == nil:
            return Fault(
                .outOfBounds, "`\(spelling(bytes))` is longer than any duration may be", at: here,
                "the longest is \(Duration.weirLongest.weirText)")
        case .rate where Literal.rate(bytes) == nil:
            return Fault(
                .outOfBounds, "`\(spelling(bytes))` counts in a time of no length, or beyond all numbers", at: here,
                "expected a rate such as `100/s`")
        case .percent where Literal.ratio(bytes) == nil:
            return Fault(
                .outOfBounds, "`\(spelling(bytes))` is no share of a whole", at: here,
                "0% to 100%, with up to four decimals")
        case .factor where Literal.factor(bytes) == nil:
            return Fault(
                .outOfBounds, "`\(spelling(bytes))` is out of bounds", at: here,
                "1x to 100x, with up to three decimals")
        case .size where Literal.size(bytes) == nil:
            return Fault(.outOfBounds, "`\(spelling(bytes))` is more than can be counted", at: here)
        case .range: return rangeFault(here, bytes)
        case .date, .instant: return dateFault(here, bytes)
        case .string where hasEscapes: return escapeFault(here, bytes)
        default: return nil
        }
    }

    private func integerFault(_ here: Range<Int>, _ bytes: ArraySlice<UInt8>, _ bounds: ClosedRange<Int>) -> Fault? {
        let value = Literal.integer(bytes)
        if let value, bounds.contains(value) { return nil }
        let isBelow = value.map { $0 < bounds.lowerBound } ?? false
        let limit =
            isBelow
            ? "below the smallest value here, \(bounds.lowerBound)"
            : "above the largest value here, \(bounds.upperBound)"
        let label = bounds.upperBound == .max ? "" : "\(bounds.lowerBound) to \(bounds.upperBound)"
        return Fault(.outOfBounds, "`\(spelling(bytes))` is \(limit)", at: here, label)
    }

    private func rangeFault(_ here: Range<Int>, _ bytes: ArraySlice<UInt8>) -> Fault? {
        if let range = Literal.range(bytes) {
            guard !Self.statuses.contains(range.lowerBound) || !Self.statuses.contains(range.upperBound) else {
                return nil
            }
            return Fault(.outOfBounds, "`\(spelling(bytes))` goes beyond the statuses", at: here, "100 to 599")
        }
        let ends = spelling(bytes).split(separator: ".").map(String.init)
        let swapped = ends.reversed().joined(separator: "..")
        return Fault(
            .outOfBounds, "`\(spelling(bytes))` runs backwards", at: here, "the smaller status stands first",
            help: "swap its ends", mend: .replace(here, swapped))
    }

    private func dateFault(_ here: Range<Int>, _ bytes: ArraySlice<UInt8>) -> Fault? {
        guard Literal.secondsSince1970(bytes) == nil else { return nil }
        let parts = bytes.split { $0 < UInt8(ascii: "0") || $0 > UInt8(ascii: "9") }.compactMap(Literal.integer)
        guard parts.count >= 3 else { return nil }
        let label =
            if !(1...12).contains(parts[1]) {
                "months go from 01 to 12"
            } else if CalendarDate(year: parts[0], month: parts[1], day: parts[2]) == nil {
                "this month has \(CalendarDate.days(in: parts[1], of: parts[0])) days"
            } else {
                "hours go from 00 to 23, minutes and seconds from 00 to 59"
            }
        let what = label.hasPrefix("hours") ? "a time that no clock shows" : "a day that no calendar has"
        return Fault(.badDate, "`\(spelling(bytes))` is \(what)", at: here, label)
    }

    private func escapeFault(_ here: Range<Int>, _ bytes: ArraySlice<UInt8>) -> Fault? {
        guard let escape = TextLiteral.faultyEscape(bytes) else { return nil }
        return Fault(
            .malformedValue, "a text has no escape `\(spelling(bytes[escape]))`", at: here,
            "the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`", help: "write `\\\\` for a backslash")
    }

    func spells(_ word: StaticString, _ place: Int) -> Bool {
        let token = tokens[place]
        return word.withUTF8Buffer { $0.elementsEqual(text[Int(token.start)..<token.end]) }
    }

    private func spelling(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
