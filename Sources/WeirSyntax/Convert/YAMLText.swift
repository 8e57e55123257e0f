// SPDX-License-Identifier: Apache-2.0

/// A scalar of YAML as it is to be written: plain where no reader could take it otherwise, else in double quotes.
struct YAMLText: Hashable {
    /// What it says.
    let text: String
    /// Whether it stays plain in a block.
    private let isPlain: Bool
    /// Whether it stays plain between brackets and braces, too.
    private let isPlainInFlow: Bool

    /// A word of the language, or a value as the language writes it.
    init(value text: String) {
        self.init(text, isPlain: Self.isPlain(text) && !Self.isTyped(text))
    }

    /// A text of a person, which may look like anything.
    /// - Parameter besideLiterals: whether a number may stand in its place, so that one begins with a digit or a `$`.
    init(text: String, besideLiterals: Bool = false) {
        let isNumber = besideLiterals ? Self.beginsLiteral(text) : Self.looksLikeNumber(text)
        self.init(text, isPlain: Self.isPlain(text) && !Self.isTyped(text) && !isNumber)
    }

    /// A number, a date or a truth value that is meant as one.
    init(literal text: String) { self.init(text, isPlain: true) }

    /// `true` or `false`, which YAML types as intended.
    init(truth: Bool) { self.init(truth ? "true" : "false", isPlain: true) }

    private init(_ text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
        isPlainInFlow = isPlain && !text.utf8.contains { ",:#&*!|>".utf8.contains($0) }
    }

    /// The scalar in one line.
    func written(inFlow: Bool) -> String { (inFlow ? isPlainInFlow : isPlain) ? text : quoted }

    /// Its lines where it can stand as a literal block; nil where it is one line, or would be changed.
    var literalLines: [Substring]? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 1, let first = lines.first, let last = lines.last, !first.isEmpty, !last.isEmpty else {
            return nil
        }
        let isSound = lines.allSatisfy { line in
            line.unicodeScalars.allSatisfy(Self.isPrintable) && line.last != " " && line.last != "\t"
        }
        return isSound && !first.hasPrefix(" ") && !first.hasPrefix("\t") ? lines : nil
    }

    private var quoted: String {
        var written = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": written += "\\\(scalar)"
            case "\n": written += "\\n"
            case "\t": written += "\\t"
            case _ where Self.isPrintable(scalar): written.unicodeScalars.append(scalar)
            default: written += Self.escape(scalar)
            }
        }
        return written + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value < 0x100 ? 2 : scalar.value < 0x10000 ? 4 : 8
        let sign = width == 2 ? "x" : width == 4 ? "u" : "U"
        return "\\" + sign + String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    /// Whether YAML takes a character as it is, and takes it for no line end.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// Whether a text may stand without quotes in a block; braces and brackets are quoted so that nobody has to know the rules.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.unicodeScalars.allSatisfy(isPrintable) else { return false }
        if "-?:,[]{}#&*!|>'\"%@` =<~".utf8.contains(first) || text.hasSuffix(" ") || text.hasSuffix(":") {
            return false
        }
        if text.utf8.contains(where: { "[]{}".utf8.contains($0) }) { return false }
        return !hasSign(text)
    }

    /// Whether a colon or a hash in it would end it.
    private static func hasSign(_ text: String) -> Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            if last == UInt8(ascii: ":") && byte == UInt8(ascii: " ") { return true }
            if last == UInt8(ascii: " ") && byte == UInt8(ascii: "#") { return true }
            last = byte
        }
        return false
    }

    /// Whether some reader of YAML takes a word for a truth value or nothing.
    private static func isTyped(_ text: String) -> Bool {
        ["true", "false", "yes", "no", "on", "off", "y", "n", "null"].contains(text.lowercased())
    }

    /// Whether some reader of YAML may take a text for a number or a date.
    private static func looksLikeNumber(_ text: String) -> Bool {
        let isNumber = text.utf8.allSatisfy { "0123456789+-._,:exEXoOTZ ".utf8.contains($0) }
        return isNumber && text.utf8.contains { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private static func beginsLiteral(_ text: String) -> Bool {
        text.utf8.first.map { $0 == UInt8(ascii: "$") || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) } ?? true
    }
}
