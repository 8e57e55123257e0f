// SPDX-License-Identifier: Apache-2.0

/// Where a broker is and who asks: `amqp://user:password@host:port/vhost`, or `amqps:` over TLS.
public struct BrokerURL: Sendable, Hashable {
    /// The host, a name or an address.
    public var host: String
    /// The port.
    public var port: Int
    /// Whether the connection is encrypted, and the broker's name checked against its certificate.
    public var isEncrypted: Bool
    /// Who asks.
    public var user: String
    /// What proves it; never part of a description.
    public var password: String
    /// The virtual host.
    public var virtualHost: String

    /// Why a text is no address of a broker.
    public struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong, as one clause; never with the password.
        public let description: String
    }

    /// Reads an address. Port, user, password and virtual host default to 5672 (5671 encrypted), `guest`, `guest` and `/`.
    /// - Throws: ``Mistake`` when it is none.
    public init(_ text: String) throws(Mistake) {
        let rest: Substring
        if text.hasPrefix("amqp://") {
            (isEncrypted, rest) = (false, text.dropFirst(7))
        } else if text.hasPrefix("amqps://") {
            (isEncrypted, rest) = (true, text.dropFirst(8))
        } else {
            throw Mistake(description: "the address of a broker begins with `amqp://` or `amqps://`")
        }
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let authority = parts.first else { throw Mistake(description: "the address names no host") }
        var place = authority
        (user, password) = ("guest", "guest")
        if let at = authority.lastIndex(of: "@") {
            place = authority[authority.index(after: at)...]
            let words = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = try Self.decoded(words[0], "the user")
            if words.count > 1 { password = try Self.decoded(words[1], "the password") }
        }
        (host, port) = try Self.place(place, isEncrypted ? 5671 : 5672)
        virtualHost = "/"
        if parts.count > 1 {
            guard !parts[1].contains(where: { "/?#".contains($0) }) else {
                throw Mistake(description: "the virtual host of the address holds `/`, `?` or `#`; write %2F for `/`")
            }
            if !parts[1].isEmpty { virtualHost = try Self.decoded(parts[1], "the virtual host") }
        }
    }

    private static func place(_ text: Substring, _ usual: Int) throws(Mistake) -> (String, Int) {
        var (host, rest) = (text, Substring())
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            rest = text[text.index(after: end)...]
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            rest = text[colon...]
        }
        guard !host.isEmpty else { throw Mistake(description: "the address names no host") }
        guard !rest.isEmpty else { return (String(host), usual) }
        guard rest.hasPrefix(":"), let port = Int(rest.dropFirst()), (1...65535).contains(port) else {
            throw Mistake(description: "the port of the address is not 1 to 65535")
        }
        return (String(host), port)
    }

    /// Turns `%2F` into what it stands for.
    private static func decoded(_ text: Substring, _ what: String) throws(Mistake) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard rest.count >= 2, digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
                let value = UInt8(digits, radix: 16), value != 0
            else { throw Mistake(description: "a `%` in \(what) of the address is not followed by two digits") }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self), decoded.utf8.count <= 255 else {
            throw Mistake(description: "\(what) of the address is longer than 255 bytes, or no text")
        }
        return decoded
    }
}

extension BrokerURL: CustomStringConvertible {
    /// The address without user and password.
    public var description: String {
        "\(isEncrypted ? "amqps" : "amqp")://\(host.contains(":") ? "[\(host)]" : host):\(port) (virtual host \(virtualHost))"
    }
}
