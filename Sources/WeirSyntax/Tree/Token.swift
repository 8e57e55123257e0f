// SPDX-License-Identifier: Apache-2.0

/// What a token is, decided by its characters alone; keywords are names that a statement gives a meaning.
public enum TokenKind: UInt8, Sendable {
    /// `card-payments`: lower-case letters, digits and single hyphens.
    case name
    /// `payments.authorize`: names joined by dots.
    case path
    /// `POST`: upper-case letters.
    case method
    /// `$card-budget`.
    case constant
    /// `100_000`.
    case integer
    /// `1m30s`.
    case duration
    /// `100/s`.
    case rate
    /// `12.5%`.
    case percent
    /// `1.5x`.
    case factor
    /// `64KiB`.
    case size
    /// `500..599`.
    case range
    /// `2026-03-01`.
    case date
    /// `2026-03-01T09:00:00Z`.
    case instant
    /// `"text"` with its quotes; in YAML a scalar that a text is read from.
    case string
    /// `## …` to the end of the line.
    case documentation
    case comma
    case equals
    case openBrace
    case closeBrace
    case openParenthesis
    case closeParenthesis
    /// One or more line ends, or the end of the file.
    case newline
    /// Bytes that begin no token; kept, and reported once a run.
    case unknown
    /// A string without its closing quote, up to the line's end.
    case unclosedString
    /// A word that almost is a value, such as `5sec` or `2026-02-30`; kept whole so that one message can say what is wrong.
    case malformed
}

/// A piece of a tree's text; what lies between two tokens is trivia (spaces, `#` comments, continued line ends).
public struct Token: Sendable, Hashable {
    /// What it is.
    public let kind: TokenKind
    // A file has more tokens than anything else, so eight bytes hold one; its length has 24 bits, and a file at most a mebibyte.
    private let highLength: UInt8
    private let lowLength: UInt16
    /// Its first byte in the tree's text.
    public let start: UInt32
    /// How many bytes it has, less than 2²⁴.
    public var length: UInt32 { UInt32(highLength) &<< 16 | UInt32(lowLength) }

    /// A token by kind and place in the tree's text.
    public init(_ kind: TokenKind, start: Int, length: Int) {
        self.kind = kind
        self.start = UInt32(truncatingIfNeeded: start)
        highLength = UInt8(truncatingIfNeeded: length &>> 16)
        lowLength = UInt16(truncatingIfNeeded: length)
    }

    /// The byte after its last.
    public var end: Int { Int(start) + Int(length) }
}

extension Token {
    /// The blanks that its line begins with.
    func indentation(in text: [UInt8]) -> String {
        let line = (text[..<Int(start)].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        let blanks = text[line...].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        return String(decoding: blanks, as: UTF8.self)
    }
}
