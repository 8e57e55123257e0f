// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Turns findings into JSON, and divides each file into lines once.
struct FindingPlaces {
    let sources: @Sendable (String) -> SourceFile?
    private var known: [String: SourceLines] = [:]

    init(sources: @escaping @Sendable (String) -> SourceFile?) { self.sources = sources }

    mutating func json(_ finding: Diagnostic) -> JSON {
        var members: [String: JSON] = [
            "id": .string(finding.id.path), "code": .string(finding.id.code),
            "severity": .string(finding.severity.word), "message": .string(finding.message),
            "file": .string(finding.primary.file), "label": .string(finding.primary.text),
            "labels": .array(finding.secondary.map { label($0) }), "notes": .strings(finding.notes),
            "helps": .array(finding.helps.map { help($0) }),
        ]
        members["range"] = range(finding.primary.range, in: finding.primary.file)
        return .object(members)
    }

    private mutating func label(_ label: Diagnostic.Label) -> JSON {
        .object([
            "file": .string(label.file), "text": .string(label.text), "range": range(label.range, in: label.file),
        ])
    }

    private mutating func help(_ help: Diagnostic.Help) -> JSON {
        .object([
            "text": .string(help.text), "applicability": .string(help.applicability.rawValue),
            "edits": .array(
                help.edits.map { edit in
                    .object([
                        "file": .string(edit.file), "replacement": .string(edit.replacement),
                        "range": range(edit.range, in: edit.file),
                    ])
                }),
        ])
    }

    private mutating func range(_ range: SourceRange, in file: String) -> JSON {
        let lines = lines(of: file)
        return .object(["start": place(Int(range.start), lines), "end": place(Int(range.end), lines)])
    }

    /// A file that could not be read has one empty line.
    private func place(_ offset: Int, _ lines: SourceLines) -> JSON {
        .object([
            "offset": .integer(Int64(offset)), "line": .integer(Int64(lines.line(of: offset))),
            "column": .integer(Int64(lines.column(of: offset))),
        ])
    }

    private mutating func lines(of file: String) -> SourceLines {
        if let lines = known[file] { return lines }
        let lines = SourceLines(sources(file)?.bytes ?? [])
        known[file] = lines
        return lines
    }
}
