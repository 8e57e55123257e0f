// SPDX-License-Identifier: Apache-2.0

/// An event as it travels: a media type, headers, a body, and what brokers show of it.
public struct WireMessage: Sendable, Hashable {
    /// The media type of the body; nil where nobody said.
    public var contentType: String?
    /// Headers by name, as the protocol has them.
    public var headers: [String: String]
    /// The bytes of the body.
    public var body: [UInt8]

    /// A message.
    public init(contentType: String? = nil, headers: [String: String] = [:], body: [UInt8] = []) {
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }
}

/// How attributes are called among the headers of a protocol.
public enum WireProtocol: Sendable, Hashable {
    /// AMQP: `cloudEvents_id`, as brokers that translate between versions write it; `cloudEvents:id` is read as well.
    case amqp
    /// HTTP: `ce-id`, values with percent signs for what a header cannot hold.
    case http

    var prefix: String {
        switch self {
        case .amqp: "cloudEvents_"
        case .http: "ce-"
        }
    }

    /// The attribute that a header holds; nil for a header that holds none.
    func attribute(of header: String) -> String? {
        let prefixes =
            switch self {
            case .amqp: ["cloudEvents_", "cloudEvents:"]
            case .http: ["ce-"]
            }
        for prefix in prefixes
        where header.utf8.count > prefix.utf8.count
            && header.prefix(prefix.count).lowercased() == prefix.lowercased()
        {
            return header.dropFirst(prefix.count).lowercased()
        }
        return nil
    }

    func encoded(_ value: String) -> String { self == .http ? PercentText.encode(value) : value }
    func decoded(_ value: String) -> String { self == .http ? PercentText.decode(value) : value }
}

/// Percent signs for what a header of HTTP cannot hold, as the HTTP binding of CloudEvents has it.
private enum PercentText {
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func encode(_ text: String) -> String {
        guard text.utf8.contains(where: needsEscape) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if needsEscape(byte) {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func decode(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "%")
    }
}
