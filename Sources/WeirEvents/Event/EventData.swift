// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What an event carries.
public enum EventData: Sendable, Hashable {
    /// Nothing.
    case none
    /// A JSON value.
    case json(JSONValue)
    /// Bytes of some media type, such as `image/png`.
    case bytes([UInt8], contentType: String)

    /// The most bytes of a payload that is read: 16 MiB, what RabbitMQ takes by default.
    public static let mostBytes = 16 << 20
    /// The media type of JSON.
    public static let jsonType = "application/json"

    /// The media type; nil of nothing.
    public var contentType: String? {
        switch self {
        case .none: nil
        case .json: Self.jsonType
        case .bytes(_, let contentType): contentType
        }
    }

    /// The bytes as they travel.
    public var bytes: [UInt8] {
        switch self {
        case .none: []
        case .json(let value): value.bytes
        case .bytes(let bytes, _): bytes
        }
    }

    /// A lower bound of ``bytes``' count that needs no writing, for limits of memory.
    var weight: Int {
        switch self {
        case .none: 0
        case .json(let value): value.weight
        case .bytes(let bytes, _): bytes.count
        }
    }

    /// Bytes of a media type, read where it is JSON.
    /// - Throws: ``EventFormatError`` when it is too large, or says that it is JSON and is not.
    static func read(_ bytes: [UInt8], contentType: String?) throws(EventFormatError) -> EventData {
        guard bytes.count <= mostBytes else {
            throw EventFormatError(.tooLarge, "the payload has \(bytes.count) bytes, more than \(mostBytes)")
        }
        guard !bytes.isEmpty else { return .none }
        let type = contentType ?? jsonType
        guard isJSON(type) else { return .bytes(bytes, contentType: type) }
        do throws(JSONReadError) {
            return .json(try JSONValue(parsing: bytes))
        } catch {
            throw EventFormatError(.badJSON, "the payload is no JSON: \(error)")
        }
    }

    /// Whether a media type means JSON: its subtype is `json` or ends with `+json`.
    static func isJSON(_ contentType: String) -> Bool {
        let type = contentType.prefix { $0 != ";" }.lowercased().split(separator: " ").joined()
        return type == jsonType || type.hasSuffix("/json") || type.hasSuffix("+json")
    }
}

extension JSONValue {
    fileprivate var weight: Int {
        switch self {
        case .null, .boolean, .integer, .number: 4
        case .string(let text): text.utf8.count + 2
        case .array(let elements): elements.reduce(2) { $0 + $1.weight + 1 }
        case .object(let members): members.reduce(2) { $0 + $1.key.utf8.count + $1.value.weight + 4 }
        }
    }
}
