// SPDX-License-Identifier: Apache-2.0

/// Any JSON value, as payloads of events are made of; ``JSON`` is the stricter kind of which bundles are made.
public enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// Any other number; one that is not finite is written as null.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Reads one JSON value and nothing else.
    /// - Throws: ``JSONReadError`` when the text is no JSON, holds a key twice, or exceeds a limit of
    ///   ``JSONReadError/Limits``.
    public init(parsing bytes: some Collection<UInt8>) throws(JSONReadError) {
        var reader = JSONReader<JSONValue>(Array(bytes))
        self = try reader.readDocument()
    }

    /// This value as UTF-8: keys sorted, no spaces.
    public var bytes: [UInt8] {
        var writer = CanonicalJSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The member of an object; nil of everything else.
    public subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }
}

extension JSONValue: JSONMaking {
    static var takesAll: Bool { true }
    static var nothing: JSONValue? { .null }

    static func number(spelled text: String) -> JSONValue? {
        if let whole = Int64(text) { return .integer(whole) }
        guard let number = Double(text), number.isFinite else { return nil }
        return .number(number)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object; of members with one name the last counts.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}
