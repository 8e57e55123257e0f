// SPDX-License-Identifier: Apache-2.0

/// A token of a value as both forms mean it.
enum ValueWord: Hashable {
    /// A word or a sign, as it is written.
    case word(String)
    /// A text, its escapes resolved.
    case text(String)

    /// As the language's own text writes it.
    var weirText: String {
        switch self {
        case .word(let word): word
        case .text(let text): TextLiteral.written(text)
        }
    }
}

extension Value {
    /// Its tokens as both forms mean them; a text with an escape that does not exist is as it is written.
    var words: [ValueWord] {
        tokens.indices.map { index in
            guard tree.tokens[index].kind == .string else { return .word(tree.text(ofToken: index)) }
            let offset = index - tokens.startIndex
            return .text(string(ofToken: offset) ?? word(offset))
        }
    }
}

extension TextLiteral {
    /// A text with quotes around it and escapes for what cannot stand between them.
    static func written(_ text: String) -> String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": written += "\\\(scalar)"
            case "\n": written += "\\n"
            case "\t": written += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}": written += "\\u{\(String(scalar.value, radix: 16))}"
            default: written.unicodeScalars.append(scalar)
            }
        }
        return written + "\""
    }
}
