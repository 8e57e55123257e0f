// SPDX-License-Identifier: Apache-2.0

/// A text between quotes and its escapes: `\"`, `\\`, `\n`, `\t` and `\u{…}`.
enum TextLiteral {
    /// The text that a token with quotes spells; nil where an escape does not exist.
    static func read(_ token: ArraySlice<UInt8>) -> String? {
        let body = token.dropFirst().dropLast()
        guard body.contains(UInt8(ascii: "\\")) else { return String(decoding: body, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(body.count)
        var place = body.startIndex
        while place < body.endIndex {
            guard body[place] == UInt8(ascii: "\\") else {
                text.append(body[place])
                place += 1
                continue
            }
            guard let end = readEscape(body, at: place, into: &text) else { return nil }
            place = end
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The first escape that does not exist.
    static func faultyEscape(_ token: ArraySlice<UInt8>) -> Range<Int>? {
        let body = token.dropFirst().dropLast()
        guard var place = body.firstIndex(of: UInt8(ascii: "\\")) else { return nil }
        var ignored: [UInt8] = []
        while place < body.endIndex {
            if body[place] == UInt8(ascii: "\\") {
                guard let end = readEscape(body, at: place, into: &ignored) else {
                    return place..<min(place + 2, body.endIndex)
                }
                place = end
            } else {
                place += 1
            }
        }
        return nil
    }

    private static func readEscape(_ body: ArraySlice<UInt8>, at place: Int, into text: inout [UInt8]) -> Int? {
        guard place + 1 < body.endIndex else { return nil }
        switch body[place + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(body[place + 1])
        case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): text.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "u"):
            guard place + 2 < body.endIndex, body[place + 2] == UInt8(ascii: "{"),
                let close = body[place...].firstIndex(of: UInt8(ascii: "}")), (place + 4...place + 9).contains(close),
                let value = UInt32(String(decoding: body[place + 3..<close], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            text += Array(String(Character(scalar)).utf8)
            return close + 1
        default: return nil
        }
        return place + 2
    }
}
