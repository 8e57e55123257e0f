// SPDX-License-Identifier: Apache-2.0

public import WeirCompiler
import WeirPolicy
public import WeirSyntax

extension DiagnosticID {
    /// A statement that can be written, checked and tested, but that this version's runtime does not enforce.
    public static let notEnforced = DiagnosticID(
        "capability/not-enforced", "V001", .information,
        summary: "A statement that this version's runtime does not enforce, so that `Weir.load` refuses it.")
}

/// Says of each statement that the runtime does not enforce that a service will refuse to load it.
public enum EnforcementRemarks {
    /// A remark a statement, in the order of the files.
    public static func remarks(_ unenforced: [Unenforced], files: (String) -> SourceFile?) -> [Diagnostic] {
        unenforced.map { statement in
            Diagnostic(
                .notEnforced, "`\(statement.words)` is not enforced by this version",
                at: Diagnostic.Label(
                    file: statement.place.file, range: range(of: statement, in: files(statement.place.file)),
                    text: "`Weir.load` refuses files with it (\(statement.id))"))
        }
    }

    /// The words in the file; their line where the columns do not fit it.
    private static func range(of statement: Unenforced, in file: SourceFile?) -> SourceRange {
        guard let file else { return SourceRange(start: 0, end: 0) }
        let line = SourceLines(file.bytes).range(ofLine: Int(statement.place.line))
        let scalars = String(decoding: file.bytes[line], as: UTF8.self).unicodeScalars
        let before = scalars.prefix(Int(statement.place.column) - 1).reduce(0) { $0 + UTF8.width($1) }
        let start = min(line.lowerBound + before, line.upperBound)
        return SourceRange(start: start, end: min(start + statement.words.utf8.count, line.upperBound))
    }
}
