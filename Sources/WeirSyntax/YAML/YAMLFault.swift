// SPDX-License-Identifier: Apache-2.0

/// What libyaml objects to: its own words, and the bytes they are about.
struct YAMLFault: Error {
    /// The ways in which reading can fail.
    enum Kind {
        case memory, unreadable, syntax
    }

    let kind: Kind
    /// libyaml's words.
    let problem: String
    /// The byte where it stopped.
    let place: Int
    /// What libyaml was reading, in its words; may be empty.
    let context: String
    /// The byte where that began.
    let contextPlace: Int

    init(_ kind: Kind, _ problem: String = "", at place: Int, context: String = "", contextAt: Int = 0) {
        self.kind = kind
        self.problem = problem
        self.place = place
        self.context = context
        self.contextPlace = contextAt
    }

    /// The fault in plain English.
    func diagnostic(in source: SourceFile) -> Diagnostic {
        let words = self.words(in: source.bytes)
        let start = min(words.place ?? place, source.bytes.count)
        var end = min(start + 1, source.bytes.count)
        while end < source.bytes.count, source.bytes[end] & 0xC0 == 0x80 { end += 1 }
        let primary = Diagnostic.Label(
            file: source.path, range: SourceRange(start: start, end: end), text: words.label)
        let secondary = words.opening.map {
            [
                Diagnostic.Label(
                    file: source.path, range: SourceRange(start: contextPlace, end: contextPlace + 1), text: $0)
            ]
        }
        return Diagnostic(
            words.id, words.message, at: primary, secondary: secondary ?? [],
            helps: words.help.map { [Diagnostic.Help($0)] } ?? [])
    }
}

extension YAMLFault {
    /// What is said of a fault.
    private struct Words {
        var id = DiagnosticID.yamlShape
        let message: String
        var label = ""
        var help: String?
        /// What to say at the place where the unfinished thing began.
        var opening: String?
        /// Another place than libyaml's.
        var place: Int?
    }

    private func words(in bytes: [UInt8]) -> Words {
        let found = place < bytes.count ? bytes[place] : 0
        if kind == .memory { return Words(message: "there is not enough memory to read this file") }
        if kind == .unreadable {
            let code = String(found, radix: 16, uppercase: true)
            return Words(
                id: .unreadableFile, message: "the file holds a control character, which no text has",
                label: "byte 0x\(found < 16 ? "0" : "")\(code)")
        }
        if problem.contains("tab character") || (found == 0x09 && problem.contains("cannot start any token")) {
            return Words(
                message: "a tab stands where YAML wants spaces", label: "a tab", help: "indent with spaces")
        }
        if context.contains("quoted scalar") { return quotedWords }
        if context.contains("flow sequence") { return unclosed("list", "[", "]", in: bytes) }
        if context.contains("flow mapping") { return unclosed("mapping", "{", "}", in: bytes) }
        if context.contains("anchor") || context.contains("alias") {
            let sign = contextPlace < bytes.count ? String(UnicodeScalar(bytes[contextPlace])) : "*"
            return Words(
                message: "`\(sign)` begins a name for a YAML value, and no name follows",
                help: "put a text that begins with `\(sign)` in quotes", place: contextPlace)
        }
        if context.contains("tag") || context.contains("directive") {
            return Words(
                message: context.contains("tag") ? "YAML tags are not used here" : "this YAML directive is not known",
                help: "remove it; types follow from the setting", place: contextPlace)
        }
        if context.contains("block scalar") {
            return Words(message: "a text block begins with `|` or `>`, and its first line holds nothing else")
        }
        return structureWords(found)
    }

    private var quotedWords: Words {
        if problem.contains("escape") || problem.contains("hexdec") {
            return Words(
                message: "this `\\` escape does not exist in YAML",
                help: "write `\\\\` for a backslash, or use single quotes")
        }
        return Words(
            id: .unclosedString, message: "a quoted text is not closed", label: "the file ends here, or a document",
            opening: "opened here")
    }

    private func unclosed(_ what: String, _ open: String, _ close: String, in bytes: [UInt8]) -> Words {
        let atEnd = bytes[min(place, bytes.count)...].allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
        return Words(
            id: .unclosedBlock,
            message: atEnd ? "a \(what) is not closed" : "a \(what) goes on without `,` or `\(close)`",
            label: "expected `,` or `\(close)` before this", opening: "the `\(open)` that opens it")
    }

    private func structureWords(_ found: UInt8) -> Words {
        let sign = found > 0x20 && found < 0x7F ? "`\(UnicodeScalar(found))`" : "this"
        if problem.contains("cannot start any token") {
            return Words(message: "\(sign) cannot begin a value in YAML", help: "put the value in quotes")
        }
        if problem.contains("mapping values are not allowed") {
            return Words(
                message: "a second `:` stands where a value has begun",
                help: "put a value that holds `: ` in quotes, or begin a new line for the next key")
        }
        if problem.contains("block sequence entries are not allowed") {
            return Words(message: "a list cannot begin here", help: "begin the list in a line of its own")
        }
        if problem.contains("expected ':'") {
            return Words(message: "a key has no `:` after it", label: "expected `:` before this", place: nil)
        }
        if problem.contains("expected key") || problem.contains("'-' indicator") {
            let what = problem.contains("key") ? "mapping" : "list"
            return Words(
                message: "this does not line up with the \(what) it stands in",
                help: "indent all entries of the \(what) alike", opening: "the \(what) begins here")
        }
        if problem.contains("document start") {
            return Words(message: "text goes on after the end of the document", help: "keep one mapping a file")
        }
        if problem.contains("node content") { return Words(message: "\(sign) stands where a value is due") }
        return Words(message: problem.isEmpty ? "this is not YAML" : "YAML cannot be read here: \(problem)")
    }
}
