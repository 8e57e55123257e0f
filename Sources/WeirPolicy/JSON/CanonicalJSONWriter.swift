// SPDX-License-Identifier: Apache-2.0

/// Writes JSON in the canonical way of RFC 8785.
struct CanonicalJSONWriter {
    private(set) var bytes: [UInt8] = []

    private static let hexDigits = Array("0123456789abcdef".utf8)

    mutating func write(_ value: JSON) {
        switch value {
        case .object(let members): writeObject(members) { $0.write($1) }
        case .array(let elements): writeArray(elements) { $0.write($1) }
        case .string(let text): writeString(text)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        }
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .object(let members): writeObject(members) { $0.write($1) }
        case .array(let elements): writeArray(elements) { $0.write($1) }
        case .string(let text): writeString(text)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        // JSON has no word for what is no number.
        case .number(let number): bytes.append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
        case .boolean(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .null: bytes.append(contentsOf: "null".utf8)
        }
    }

    private mutating func writeObject<Value>(_ members: [String: Value], _ write: (inout Self, Value) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in members.sorted(by: { Self.precedes($0.key, $1.key) }) {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            writeString(key)
            bytes.append(UInt8(ascii: ":"))
            write(&self, value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func writeArray<Value>(_ elements: [Value], _ write: (inout Self, Value) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func writeString(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.contains(where: Self.needsEscape) {
            for byte in text.utf8 { writeEscaped(byte) }
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
        case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
        case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
        case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
        case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
        case 0..<0x20:
            bytes.append(contentsOf: #"\u00"#.utf8)
            bytes += [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }

    /// The order of RFC 8785: by UTF-16 code units. The bytes of UTF-8 have the same order, except where a character from
    /// U+E000 on meets one beyond U+FFFF; only there the code units are looked at.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        var others = right.utf8.makeIterator()
        for byte in left.utf8 {
            guard let other = others.next() else { return false }
            if byte == other { continue }
            guard byte < 0xEE || other < 0xEE else { return left.utf16.lexicographicallyPrecedes(right.utf16) }
            return byte < other
        }
        return others.next() != nil
    }
}
