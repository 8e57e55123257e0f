// SPDX-License-Identifier: Apache-2.0

/// What a reader makes of the parts of a JSON text.
protocol JSONMaking {
    /// Whether it holds null, fractions, exponents and numbers of any size.
    static var takesAll: Bool { get }
    static func object(_ members: [String: Self]) -> Self
    static func array(_ elements: [Self]) -> Self
    static func string(_ text: String) -> Self
    static func integer(_ number: Int64) -> Self
    static func boolean(_ flag: Bool) -> Self
    /// A number that is no whole one of ordinary size; nil where it takes none.
    static func number(spelled text: String) -> Self?
    /// Null; nil where it takes none.
    static var nothing: Self? { get }
}

/// A strict reader of JSON; every limit is checked before memory is taken for what lies beyond it.
struct JSONReader<Value: JSONMaking> {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    private static var digits: ClosedRange<UInt8> { UInt8(ascii: "0")...UInt8(ascii: "9") }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// One value with nothing but white space around it.
    mutating func readDocument() throws(JSONReadError) -> Value {
        guard bytes.count <= JSONReadError.Limits.bytes else {
            throw fault(.limit, "the text is longer than \(JSONReadError.Limits.bytes) bytes")
        }
        let value = try readValue()
        skipSpace()
        guard position == bytes.count else { throw fault(.syntax, "something follows the value") }
        return value
    }

    private mutating func readValue() throws(JSONReadError) -> Value {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try nested { reader throws(JSONReadError) in try reader.readObject() }
        case UInt8(ascii: "["): return try nested { reader throws(JSONReadError) in try reader.readArray() }
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"):
            try expect("true")
            return .boolean(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .boolean(false)
        case UInt8(ascii: "n"):
            guard let nothing = Value.nothing else { throw fault(.unsupported, "null has no meaning here") }
            try expect("null")
            return nothing
        case nil: throw fault(.syntax, "the text ends where a value is due")
        case let byte? where byte == UInt8(ascii: "-") || Self.digits.contains(byte): return try readNumber()
        default: throw fault(.syntax, "a value is due here")
        }
    }

    private mutating func nested(
        _ read: (inout Self) throws(JSONReadError) -> Value
    ) throws(JSONReadError) -> Value {
        guard depth < JSONReadError.Limits.nesting else {
            throw fault(.limit, "nested deeper than \(JSONReadError.Limits.nesting) levels")
        }
        depth += 1
        position += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func readObject() throws(JSONReadError) -> Value {
        var members: [String: Value] = [:]
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            let start = position
            guard peek == UInt8(ascii: "\"") else { throw fault(.syntax, "a key in quotes is due here") }
            let key = try readString()
            skipSpace()
            guard take(":") else { throw fault(.syntax, "`:` is due here") }
            let value = try readValue()
            guard members.updateValue(value, forKey: key) == nil else {
                throw JSONReadError(code: .repeatedKey, offset: start, message: "the key `\(key)` stands here twice")
            }
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw fault(.syntax, "`,` or `}` is due here") }
        }
    }

    private mutating func readArray() throws(JSONReadError) -> Value {
        var elements: [Value] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            elements.append(try readValue())
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw fault(.syntax, "`,` or `]` is due here") }
        }
    }

    private mutating func readNumber() throws(JSONReadError) -> Value {
        let start = position
        let isNegative = take("-")
        let firstDigit = position
        var value: Int64 = 0
        var isWhole = true
        while let byte = peek, Self.digits.contains(byte) {
            if isWhole {
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
                isWhole = value <= JSON.largestInteger
                guard isWhole || Value.takesAll else { throw fault(.unsupported, "the number is too large") }
            }
            position += 1
        }
        guard position > firstDigit else { throw fault(.syntax, "a digit is due here") }
        guard position == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw JSONReadError(code: .syntax, offset: start, message: "a number does not begin with 0")
        }
        if let byte = peek, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte) {
            guard Value.takesAll else { throw fault(.unsupported, "only whole numbers have a meaning here") }
            isWhole = false
            if take(".") { try skipDigits() }
            if take("e") || take("E") {
                if !take("+") { _ = take("-") }
                try skipDigits()
            }
        }
        if isWhole { return .integer(isNegative ? -value : value) }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let number = Value.number(spelled: text) else {
            throw JSONReadError(code: .unsupported, offset: start, message: "the number is too large")
        }
        return number
    }

    private mutating func skipDigits() throws(JSONReadError) {
        let start = position
        while let byte = peek, Self.digits.contains(byte) { position += 1 }
        guard position > start else { throw fault(.syntax, "a digit is due here") }
    }

    private mutating func readString() throws(JSONReadError) -> String {
        let start = position
        var text = JSONStringReader(bytes, at: position + 1)
        let string = try text.read()
        position = text.position
        guard let string else {
            throw JSONReadError(code: .encoding, offset: start, message: "the text is not UTF-8")
        }
        return string
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ word: StaticString) throws(JSONReadError) {
        let length = word.utf8CodeUnitCount
        guard position + length <= bytes.count,
            bytes[position..<position + length].elementsEqual("\(word)".utf8)
        else { throw fault(.syntax, "`\(word)` is due here") }
        position += length
    }

    private func fault(_ code: JSONReadError.Code, _ message: String) -> JSONReadError {
        JSONReadError(code: code, offset: position, message: message)
    }
}
