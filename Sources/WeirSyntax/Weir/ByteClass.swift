// SPDX-License-Identifier: Apache-2.0

/// What a byte may begin or continue, looked up in one table: a class in the low four bits, properties above them.
enum ByteClass {
    static let other: UInt8 = 0
    static let blank: UInt8 = 1
    static let lineEnd: UInt8 = 2
    static let lower: UInt8 = 3
    static let upper: UInt8 = 4
    static let digit: UInt8 = 5
    static let quote: UInt8 = 6
    static let apostrophe: UInt8 = 7
    static let hash: UInt8 = 8
    static let dollar: UInt8 = 9
    static let hyphen: UInt8 = 10
    static let dot: UInt8 = 11
    /// Any other byte that continues a word but begins none: `_`, `%`, `/`, and the bytes of characters beyond ASCII.
    static let joiner: UInt8 = 12
    static let sign: UInt8 = 13

    /// The bits of the class.
    static let classMask: UInt8 = 0x0F
    /// Letters and digits of names.
    static let inName: UInt8 = 0x80
    /// Bytes that leave no doubt that a word goes on.
    static let inWord: UInt8 = 0x40
    /// Bytes that stand for themselves inside of a text.
    static let inText: UInt8 = 0x20

    /// The entry of every byte.
    static let table: [UInt8] = (0...255).map { entry(UInt8($0)) }

    private static func entry(_ byte: UInt8) -> UInt8 {
        let isText = byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\n")
        return properties(byte) | (isText ? inText : 0)
    }

    private static func properties(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): blank
        case UInt8(ascii: "\n"): lineEnd
        case UInt8(ascii: "a")...UInt8(ascii: "z"): lower | inName | inWord
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): upper | inWord
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit | inName | inWord
        case UInt8(ascii: "\""): quote
        case UInt8(ascii: "'"): apostrophe
        case UInt8(ascii: "#"): hash
        case UInt8(ascii: "$"): dollar
        case UInt8(ascii: "-"): hyphen | inWord
        case UInt8(ascii: "."): dot | inWord
        case UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "/"), 0x80...0xFF: joiner | inWord
        case UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("),
            UInt8(ascii: ")"):
            sign
        default: other
        }
    }
}
