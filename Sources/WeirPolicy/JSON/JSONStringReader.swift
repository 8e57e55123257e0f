// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON string from behind its opening quote, with its escapes.
struct JSONStringReader {
    private let bytes: [UInt8]
    private(set) var position: Int
    private var text: [UInt8] = []

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// The string, with `position` behind its closing quote; nil when it is not UTF-8.
    mutating func read() throws(JSONReadError) -> String? {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try readEscape()
            case 0..<0x20: throw fault(.syntax, "a control character must be escaped")
            default: text.append(byte)
            }
        }
        throw fault(.syntax, "the string has no closing quote")
    }

    private mutating func readEscape() throws(JSONReadError) {
        guard position < bytes.count else { throw fault(.syntax, "the string has no closing quote") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try readScalar())).utf8)
        default: throw fault(.syntax, "no such escape")
        }
    }

    private mutating func readScalar() throws(JSONReadError) -> Unicode.Scalar {
        let high = try readFourDigits()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard (0xD800..<0xDC00).contains(high), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw fault(.encoding, "half of a character is escaped") }
        position += 2
        let low = try readFourDigits()
        let combined = 0x10000 + ((high - 0xD800) << 10) + (low &- 0xDC00)
        guard (0xDC00..<0xE000).contains(low), let scalar = Unicode.Scalar(combined) else {
            throw fault(.encoding, "half of a character is escaped")
        }
        return scalar
    }

    private mutating func readFourDigits() throws(JSONReadError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw fault(.syntax, "four hexadecimal digits are due here") }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw fault(.syntax, "four hexadecimal digits are due here")
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    private func fault(_ code: JSONReadError.Code, _ message: String) -> JSONReadError {
        JSONReadError(code: code, offset: max(position - 1, 0), message: message)
    }
}
