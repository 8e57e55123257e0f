// SPDX-License-Identifier: Apache-2.0

/// Bytes written as `%41`.
enum Percent {
    /// The bytes of a range with those put back; what is no such byte stays as it is.
    static func decoded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var place = range.lowerBound
        while place < range.upperBound {
            if bytes[place] == UInt8(ascii: "%"), place + 2 < range.upperBound, let high = digit(bytes[place + 1]),
                let low = digit(bytes[place + 2])
            {
                result.append(high << 4 | low)
                place += 3
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Span<UInt8> {
    /// Whether these bytes stand in a range.
    func isEqual(_ range: Range<Int>, _ other: [UInt8]) -> Bool {
        guard range.count == other.count else { return false }
        let other = other.span
        for place in 0..<other.count where self[range.lowerBound + place] != other[place] { return false }
        return true
    }

    /// Whether these small letters stand at a place, in whichever case.
    func isEqual(_ letters: [UInt8], first count: Int, at place: Int) -> Bool {
        let letters = letters.span
        for index in 0..<count {
            let byte = self[place + index]
            guard (byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte) == letters[index] else { return false }
        }
        return true
    }

    /// The bytes of a range as text; what is no UTF-8 is put right.
    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
