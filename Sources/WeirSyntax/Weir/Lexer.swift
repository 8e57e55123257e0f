// SPDX-License-Identifier: Apache-2.0

/// Divides text into tokens: table-driven, one pass, never fails and always moves forward.
///
/// Spaces, `#` comments, a byte order mark, and line ends after a comma or after another line end lie between tokens; every
/// other byte is in one. A `##` comment is documentation where it stands first on its line, else a comment like any other.
public enum Lexer {
    /// The tokens of a whole file; the last one is always a ``TokenKind/newline``, empty where the file ends without.
    public static func tokens(of text: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        tokens.reserveCapacity(text.count / 4 + 2)
        let hasMark = text.starts(with: [0xEF, 0xBB, 0xBF])
        scan(text.span, from: hasMark ? 3 : 0, to: text.count, into: &tokens)
        if tokens.last?.kind != .newline { tokens.append(Token(.newline, start: text.count, length: 0)) }
        return tokens
    }

    /// Appends the tokens of a part of a text, such as one YAML scalar; nothing is added at its end.
    static func scan(_ bytes: Span<UInt8>, from start: Int, to end: Int, into tokens: inout [Token]) {
        let classes = ByteClass.table
        let table = classes.span
        var last = TokenKind.newline
        var place = start
        while place < end {
            let byte = bytes[place]
            var next = place + 1
            let kind: TokenKind
            switch table[Int(byte)] & ByteClass.classMask {
            case ByteClass.blank:
                while next < end, bytes[next] == UInt8(ascii: " ") { next += 1 }
                place = next
                continue
            case ByteClass.lineEnd:
                while next < end, bytes[next] == UInt8(ascii: "\n") { next += 1 }
                guard last != .newline, last != .comma else {
                    place = next
                    continue
                }
                kind = .newline
            case ByteClass.lower:
                (kind, next) = name(bytes, next, end, table)
            case ByteClass.digit:
                (kind, next) = number(bytes, place, end, table)
            case ByteClass.sign:
                kind = sign(byte)
            case ByteClass.quote:
                (kind, next) = string(bytes, next, end, table)
            case ByteClass.hash:
                let isDocumentation = last == .newline && next < end && bytes[next] == UInt8(ascii: "#")
                next = lineEnd(bytes, next, end)
                guard isDocumentation else {
                    place = next
                    continue
                }
                kind = .documentation
            default:
                (kind, next) = rare(bytes, place, end, table)
            }
            tokens.append(Token(kind, start: place, length: next - place))
            last = kind
            place = next
        }
    }

    @inline(__always)
    private static func sign(_ byte: UInt8) -> TokenKind {
        switch byte {
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: "="): .equals
        case UInt8(ascii: "{"): .openBrace
        case UInt8(ascii: "}"): .closeBrace
        case UInt8(ascii: "("): .openParenthesis
        default: .closeParenthesis
        }
    }

    /// A name or a path from its second byte on.
    @inline(__always)
    private static func name(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ table: Span<UInt8>
    ) -> (TokenKind, Int) {
        var place = start
        var kind = TokenKind.name
        while true {
            while place < end, table[Int(bytes[place])] & ByteClass.inName != 0 { place += 1 }
            guard place < end else { return (kind, place) }
            let entry = table[Int(bytes[place])]
            guard entry & ByteClass.inWord != 0 else { return (kind, place) }
            let isDot = entry & ByteClass.classMask == ByteClass.dot
            guard isDot || entry & ByteClass.classMask == ByteClass.hyphen,
                place + 1 < end, table[Int(bytes[place + 1])] & ByteClass.inName != 0
            else { return (.malformed, wordEnd(bytes, place, end, table)) }
            if isDot { kind = .path }
            place += 2
        }
    }

    /// A text from the byte after its quote on.
    private static func string(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ table: Span<UInt8>
    ) -> (TokenKind, Int) {
        var place = start
        while true {
            while place < end, table[Int(bytes[place])] & ByteClass.inText != 0 { place += 1 }
            guard place < end, bytes[place] != UInt8(ascii: "\n") else {
                if bytes[place - 1] == UInt8(ascii: "\r") { place -= 1 }
                return (.unclosedString, place)
            }
            if bytes[place] == UInt8(ascii: "\"") { return (.string, place + 1) }
            place += place + 1 < end && bytes[place + 1] != UInt8(ascii: "\n") ? 2 : 1
        }
    }

    /// The end of a comment's line, without a carriage return before it.
    private static func lineEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var place = start
        while place < end, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        return place > start && bytes[place - 1] == UInt8(ascii: "\r") ? place - 1 : place
    }

    /// The end of a run of bytes that belong to one word, however it is misspelt.
    static func wordEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ table: Span<UInt8>) -> Int {
        var place = start
        while place < end, table[Int(bytes[place])] & ByteClass.inWord != 0 { place += 1 }
        return place
    }
}
