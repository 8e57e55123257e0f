// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
public import WeirSyntax

/// Findings for programs: one document, or a line each. The schema is `docs/reference/findings.schema.json`.
///
/// Findings are sorted by file, place and code; lines and columns count from 1, columns in characters, offsets in bytes of
/// UTF-8. Times of day and places of the machine are not in it: equal files give equal bytes.
public struct FindingsText: Sendable {
    /// The version of both formats; a new one is announced a release before it becomes the one that `json` means.
    public static let version = 1

    private let sources: @Sendable (String) -> SourceFile?

    /// - Parameter sources: the file of a path as it was when the findings were made.
    public init(sources: @escaping @Sendable (String) -> SourceFile?) { self.sources = sources }

    /// One document with all findings and their counts; ends with a line feed.
    public func json(_ findings: [Diagnostic], files: Int) -> String {
        JSONText.document(
            version: Self.version,
            [.value("summary", summary(findings, files: files)), .list("findings", elements(findings))])
    }

    /// A line a finding, then a line with their counts; every line says its type and version.
    public func lines(_ findings: [Diagnostic], files: Int) -> String {
        let rows = elements(findings).map { ("finding", $0) } + [("summary", summary(findings, files: files))]
        return rows.map { type, value in
            guard case .object(var members) = value else { return "" }
            members["type"] = .string(type)
            members["version"] = .integer(Int64(Self.version))
            return JSON.object(members).line + "\n"
        }.joined()
    }

    private func elements(_ findings: [Diagnostic]) -> [JSON] {
        var places = FindingPlaces(sources: sources)
        return findings.inOrder.map { places.json($0) }
    }

    private func summary(_ findings: [Diagnostic], files: Int) -> JSON {
        func count(_ severity: Diagnostic.Severity) -> JSON {
            .integer(Int64(findings.count { $0.severity == severity }))
        }
        return .object([
            "files": .integer(Int64(files)), "errors": count(.error), "warnings": count(.warning),
            "remarks": count(.information),
        ])
    }
}
