// SPDX-License-Identifier: Apache-2.0

/// A media type with a version in its name or in a parameter, as a policy writes it.
struct MediaTypePattern: Sendable, Hashable {
    /// What a media type says of versions.
    enum Reading: Hashable {
        /// It names this text where a version is due.
        case names(String)
        /// It is met by every version.
        case any
        /// It is about something else.
        case other
    }

    private let prefix: String
    private let suffix: String
    private let parameter: String?

    init(_ text: String) {
        let (type, parameters) = MediaType.parse(text[...])
        parameter = parameters.first { $0.value == "{version}" }?.name
        let parts = type.split(separator: "{version}", maxSplits: 1, omittingEmptySubsequences: false)
        prefix = parts.first.map(String.init) ?? type
        suffix = parts.count > 1 ? String(parts[1]) : ""
    }

    func reading(of type: String, _ parameters: [(name: String, value: String)]) -> Reading {
        if type == "*/*" { return .any }
        if type.hasSuffix("/*") { return prefix.hasPrefix(type.dropLast()) ? .any : .other }
        guard let parameter else {
            guard type.utf8.count > prefix.utf8.count + suffix.utf8.count, type.hasPrefix(prefix),
                type.hasSuffix(suffix)
            else { return .other }
            return .names(String(type.dropFirst(prefix.count).dropLast(suffix.count)))
        }
        guard type == prefix else { return .other }
        return parameters.first { $0.name == parameter }.map { .names($0.value) } ?? .any
    }
}

/// A media type or range with its parameters, in small letters but for the values.
enum MediaType {
    static func parse(_ text: Substring) -> (type: String, parameters: [(name: String, value: String)]) {
        let pieces = split(text, at: UInt8(ascii: ";"), most: 17)
        let parameters = pieces.dropFirst().compactMap { piece -> (name: String, value: String)? in
            guard let equals = piece.firstIndex(of: "=") else { return nil }
            var value = trimmed(piece[piece.index(after: equals)...])
            if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
            return (trimmed(piece[..<equals]).lowercased(), String(value))
        }
        return (pieces.first.map { trimmed($0).lowercased() } ?? "", parameters)
    }

    /// The pieces between separators that stand outside of quotes; no more than `most`.
    static func split(_ text: Substring, at separator: UInt8, most: Int) -> [Substring] {
        var pieces: [Substring] = []
        var (start, isQuoted, isEscaped) = (text.startIndex, false, false)
        var index = text.startIndex
        while index < text.endIndex, pieces.count < most {
            let byte = text.utf8[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                pieces.append(text[start..<index])
                start = text.utf8.index(after: index)
            }
            index = text.utf8.index(after: index)
        }
        if pieces.count < most { pieces.append(text[start...]) }
        return pieces
    }

    static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " || text.first == "\t" { text = text.dropFirst() }
        while text.last == " " || text.last == "\t" { text = text.dropLast() }
        return text
    }
}
