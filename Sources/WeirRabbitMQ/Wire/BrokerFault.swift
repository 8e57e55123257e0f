// SPDX-License-Identifier: Apache-2.0

/// What went wrong between us and a broker.
struct BrokerFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// How much of the connection it took with it.
    enum Scope: Sendable, Hashable {
        /// The channel; others go on.
        case channel
        /// The connection.
        case connection
        /// What was asked, and nothing else.
        case request
    }

    let scope: Scope
    /// The broker's number, such as 404; zero where the broker did not say it.
    var code = 0
    let text: String
    /// Whether the broker did not answer at all.
    var isSilence = false

    /// Whether to ask again changes nothing until somebody changes who is asking, or the broker: it knows no such user or virtual host.
    var isFinal: Bool { scope == .connection && (code == 403 || code == 530) }

    var description: String { code == 0 ? text : "\(text) [\(code)]" }

    static func connection(_ text: String) -> BrokerFault { BrokerFault(scope: .connection, text: text) }

    /// The name between the first quotes after a word, such as that of the exchange in `no exchange 'orders' in vhost '/'`.
    func name(after word: String) -> String? {
        var rest = text[...]
        while let quote = rest.firstIndex(of: "'") {
            let before = rest[..<quote]
            rest = rest[rest.index(after: quote)...]
            guard let end = rest.firstIndex(of: "'") else { return nil }
            if before.hasSuffix(word + " ") { return String(rest[..<end]) }
            rest = rest[rest.index(after: end)...]
        }
        return nil
    }
}
