// SPDX-License-Identifier: Apache-2.0

import Foundation
import WeirCompiler
import WeirPolicy
import WeirSyntax

/// Policy files that tests read from the repository.
enum Corpus {
    /// The repository's root.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The policy files below a directory with one of the endings, paths relative to it; `skip` leaves out a folder.
    static func files(_ directory: String, form: SourceFile.Form, skip: String? = nil) throws -> [SourceFile] {
        let base = root.appending(path: directory).resolvingSymlinksInPath()
        let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path)
        return try paths.sorted().compactMap { path in
            guard SourceFile.Form(path: path) == form, skip.map({ !path.hasPrefix($0) }) ?? true else { return nil }
            return SourceFile(
                path: path, form: form, bytes: [UInt8](try Data(contentsOf: base.appending(path: path))))
        }
    }
}

/// Compiles texts; each is a file with the path given, in the form that its ending says.
func compile(_ files: KeyValuePairs<String, String>, rootIsKnown: Bool = false) -> Compilation {
    let sources = files.map { path, text in
        SourceFile(path: path, form: SourceFile.Form(path: path) ?? .weir, text: text)
    }
    return Compiler.compile(files: sources, options: CompilerOptions(rootIsKnown: rootIsKnown))
}

extension Compilation {
    /// The findings, one a line: `file:offset-end: code message`, with labels, notes and helps below.
    var listing: String { diagnostics.map(\.listing).joined(separator: "\n") }
}

extension Diagnostic {
    var listing: String {
        var lines = ["\(severity) \(id.code) \(id.path): \(message)"]
        lines.append("  at \(primary.listing)")
        lines += secondary.map { "  and \($0.listing)" }
        lines += notes.map { "  note: \($0)" }
        lines += helps.map { help in
            let edits = help.edits.map { " [\($0.range.start)..<\($0.range.end) → `\($0.replacement)`]" }.joined()
            return "  help: \(help.text)\(edits)"
        }
        return lines.joined(separator: "\n")
    }
}

extension Diagnostic.Label {
    var listing: String { "\(file) \(range.start)..<\(range.end)\(text.isEmpty ? "" : ": \(text)")" }
}
