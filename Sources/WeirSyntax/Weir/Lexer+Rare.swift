// SPDX-License-Identifier: Apache-2.0

extension Lexer {
    /// What begins with a byte that few tokens begin with: methods, constants, and all that is misspelt.
    static func rare(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ table: Span<UInt8>) -> (TokenKind, Int) {
        let next = start + 1
        let nextClass = next < end ? table[Int(bytes[next])] & ByteClass.classMask : ByteClass.other
        switch table[Int(bytes[start])] & ByteClass.classMask {
        case ByteClass.upper:
            var place = next
            while place < end, table[Int(bytes[place])] & ByteClass.classMask == ByteClass.upper { place += 1 }
            let last = wordEnd(bytes, place, end, table)
            return (last == place ? .method : .malformed, last)
        case ByteClass.dollar:
            return constant(bytes, next, end, table)
        case ByteClass.apostrophe:
            var place = next
            while place < end, bytes[place] != UInt8(ascii: "\n"), bytes[place] != UInt8(ascii: "'") { place += 1 }
            let isClosed = place < end && bytes[place] == UInt8(ascii: "'")
            return isClosed ? (.malformed, place + 1) : (.unknown, next)
        case ByteClass.joiner:
            return (.malformed, wordEnd(bytes, next, end, table))
        case ByteClass.hyphen, ByteClass.dot:
            return nextClass == ByteClass.digit ? (.malformed, wordEnd(bytes, next, end, table)) : (.unknown, next)
        default:
            var place = next
            while place < end, table[Int(bytes[place])] & ByteClass.classMask == ByteClass.other { place += 1 }
            return (.unknown, place)
        }
    }

    /// `$name` from the byte after its sigil on.
    private static func constant(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ table: Span<UInt8>
    ) -> (TokenKind, Int) {
        let last = wordEnd(bytes, start, end, table)
        guard last > start else { return (.unknown, start) }
        guard table[Int(bytes[start])] & ByteClass.classMask == ByteClass.lower else { return (.malformed, last) }
        var mayHyphen = false
        for place in start..<last {
            let entry = table[Int(bytes[place])]
            if entry & ByteClass.inName != 0 {
                mayHyphen = true
            } else if entry & ByteClass.classMask == ByteClass.hyphen, mayHyphen, place + 1 < last {
                mayHyphen = false
            } else {
                return (.malformed, last)
            }
        }
        return (.constant, last)
    }
}
