// SPDX-License-Identifier: Apache-2.0

/// Writes diagnostics for people: the full form with source lines and labels, and the concise form of one line each.
///
/// The output depends on its input only: findings are sorted by file, place and code, and columns are those of a terminal
/// (tabs expanded, wide characters two columns). Whatever the files hold, the output is printable text.
public struct DiagnosticRenderer: Sendable {
    private let sources: @Sendable (String) -> SourceFile?
    private let palette: Palette
    private let documentation: @Sendable (DiagnosticID) -> String?

    /// A renderer.
    /// - Parameters:
    ///   - isColoured: whether to write ANSI colours.
    ///   - documentation: where a finding is explained; printed as its last line.
    ///   - sources: the file of a path as it was when the findings were made.
    public init(
        isColoured: Bool = false, documentation: @escaping @Sendable (DiagnosticID) -> String? = { _ in nil },
        sources: @escaping @Sendable (String) -> SourceFile?
    ) {
        self.palette = Palette(isColoured: isColoured)
        self.documentation = documentation
        self.sources = sources
    }

    /// The findings in order, in full, an empty line after each.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        var files = Files(sources: sources)
        return diagnostics.inOrder.map { full($0, &files) + "\n" }.joined()
    }

    /// One finding in full; ends with a line feed.
    public func render(_ diagnostic: Diagnostic) -> String {
        var files = Files(sources: sources)
        return full(diagnostic, &files)
    }

    /// The findings in order, one line each: `checkout.weir:40:15: E T001 timing/budget-overrun: … [fix: safe]`.
    public func concise(_ diagnostics: [Diagnostic]) -> String {
        var files = Files(sources: sources)
        return diagnostics.inOrder.map { line($0, &files) + "\n" }.joined()
    }

    private func line(_ diagnostic: Diagnostic, _ files: inout Files) -> String {
        let letter = palette.severity(diagnostic.severity, diagnostic.severity.letter)
        let fix = diagnostic.helps.first { !$0.edits.isEmpty }.map { " [fix: \($0.applicability.rawValue)]" } ?? ""
        let message = DisplayWidth.safe(diagnostic.message)
        return
            "\(files.place(of: diagnostic.primary)): \(letter) \(diagnostic.id.code) \(diagnostic.id.path): \(message)\(fix)"
    }

    private func full(_ diagnostic: Diagnostic, _ files: inout Files) -> String {
        let snippets = snippets(of: diagnostic, &files)
        let helps = diagnostic.helps.map { help in
            (help: help, preview: help.edits.first.flatMap { files.preview(of: help.edits, in: $0.file) })
        }
        let numbers = snippets.map(\.snippet.lastLine) + helps.flatMap { $0.preview?.rows.map(\.number) ?? [] }
        let gutter = Gutter(largestLine: numbers.max() ?? 1, palette: palette)
        let rows = LabelRows(palette: palette, severity: diagnostic.severity)

        let name = palette.severity(diagnostic.severity, "\(diagnostic.severity.word)[\(diagnostic.id.path)]")
        var output = [name + palette.message(": " + DisplayWidth.safe(diagnostic.message))]
        output.append(gutter.arrow("-->", files.place(of: diagnostic.primary)))
        for (index, entry) in snippets.enumerated() {
            if index > 0 || entry.file != diagnostic.primary.file {
                output += [gutter.bar(), gutter.arrow(":::", entry.place)]
            }
            output.append(gutter.bar())
            output += entry.snippet.rows(gutter, rows)
        }
        let link = documentation(diagnostic.id).map { gutter.note("", "\(diagnostic.id.code) · \($0)") }
        if !diagnostic.notes.isEmpty || !helps.isEmpty || link != nil { output.append(gutter.bar()) }
        output += diagnostic.notes.map { note(DisplayWidth.safe($0), gutter) }
        for (index, entry) in helps.enumerated() {
            output.append(palette.help("help") + ": " + DisplayWidth.safe(entry.help.text))
            output += previewRows(entry.preview, gutter)
            if index + 1 < helps.count, entry.preview != nil { output.append(gutter.bar()) }
        }
        if let link { output.append(link) }
        return output.joined(separator: "\n") + "\n"
    }

    private func snippets(
        of diagnostic: Diagnostic, _ files: inout Files
    ) -> [(file: String, place: String, snippet: SourceSnippet)] {
        let labels =
            [(label: diagnostic.primary, isPrimary: true)]
            + diagnostic.secondary.map { (label: $0, isPrimary: false) }
        let others = Set(labels.map(\.label.file)).subtracting([diagnostic.primary.file]).sorted()
        return ([diagnostic.primary.file] + others).compactMap { file in
            let inFile = labels.filter { $0.label.file == file }
            guard let lines = files.lines(file), let first = inFile.first else { return nil }
            return (file, files.place(of: first.label), SourceSnippet(inFile, lines: lines))
        }
    }

    /// A note; one that begins with a word for its kind, such as `path: …`, is shown under that word.
    private func note(_ text: String, _ gutter: Gutter) -> String {
        let kinds = ["path: ", "timeline: ", "cycle: ", "confidence: "]
        guard let kind = kinds.first(where: { text.hasPrefix($0) }) else { return gutter.note("note: ", text) }
        return gutter.note(kind, String(text.dropFirst(kind.count)))
    }

    private func previewRows(_ preview: EditPreview?, _ gutter: Gutter) -> [String] {
        guard let preview, !preview.rows.isEmpty else { return [] }
        var output = [gutter.bar()]
        for row in preview.rows {
            let text =
                row.sign == "+" ? palette.added(row.text) : row.sign == "-" ? palette.removed(row.text) : row.text
            output.append(gutter.line(row.number, sign: row.sign, text))
            if !row.markers.isEmpty { output.append(gutter.bar(palette.added(row.markers))) }
        }
        if preview.isCut { output.append(gutter.bar("…")) }
        return output
    }
}

extension DiagnosticRenderer {
    /// The files of one rendering, each looked up and divided into lines once.
    private struct Files {
        let sources: @Sendable (String) -> SourceFile?
        private var known: [String: (file: SourceFile, lines: SourceLines)] = [:]

        init(sources: @escaping @Sendable (String) -> SourceFile?) { self.sources = sources }

        mutating func lines(_ path: String) -> SourceLines? { entry(path)?.lines }

        /// `file:line:column`, or the file alone when its text is not at hand.
        mutating func place(of label: Diagnostic.Label) -> String {
            let path = DisplayWidth.safe(label.file)
            guard let lines = lines(label.file) else { return path }
            let offset = Int(label.range.start)
            return "\(path):\(lines.line(of: offset)):\(lines.column(of: offset))"
        }

        mutating func preview(of edits: [Diagnostic.Edit], in path: String) -> EditPreview? {
            entry(path).map { EditPreview(edits, in: $0.file, lines: $0.lines) }
        }

        private mutating func entry(_ path: String) -> (file: SourceFile, lines: SourceLines)? {
            if let found = known[path] { return found }
            guard let file = sources(path) else { return nil }
            let entry = (file: file, lines: SourceLines(file.bytes))
            known[path] = entry
            return entry
        }
    }
}

extension Diagnostic.Severity {
    /// The word that heads a finding.
    public var word: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .information: "info"
        }
    }

    var letter: String {
        switch self {
        case .error: "E"
        case .warning: "W"
        case .information: "I"
        }
    }
}
