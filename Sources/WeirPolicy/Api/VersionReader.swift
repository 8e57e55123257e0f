// SPDX-License-Identifier: Apache-2.0

/// A place in a request that may name its version.
public enum VersionReader: Sendable, Hashable {
    /// A whole segment of the path, such as `/{version}/`.
    case path(String)
    /// A header field of this name.
    case header(String)
    /// A media type of `Accept` and `Content-Type` with `{version}` in it.
    case accept(String)
    /// A query parameter of this name.
    case query(String)

    /// Reads a word and its text; nil for another word.
    public init?(_ word: String, _ text: String) {
        switch word {
        case "path": self = .path(text)
        case "header": self = .header(text)
        case "accept": self = .accept(text)
        case "query": self = .query(text)
        default: return nil
        }
    }

    /// The word and the text.
    public var parts: (word: String, text: String) {
        switch self {
        case .path(let text): ("path", text)
        case .header(let text): ("header", text)
        case .accept(let text): ("accept", text)
        case .query(let text): ("query", text)
        }
    }
}

/// A place in a request that may name its consumer.
public enum ConsumerSource: Sendable, Hashable {
    /// Who calls, as the service was told.
    case caller
    /// A header field of this name.
    case header(String)
    /// A claim of the request's token.
    case claim(String)

    /// Reads a word and its text; nil for another word.
    public init?(_ word: String, _ text: String) {
        switch word {
        case "caller": self = .caller
        case "header": self = .header(text)
        case "claim": self = .claim(text)
        default: return nil
        }
    }

    /// The word and the text, which is empty for a caller.
    public var parts: (word: String, text: String) {
        switch self {
        case .caller: ("caller", "")
        case .header(let name): ("header", name)
        case .claim(let name): ("claim", name)
        }
    }
}
