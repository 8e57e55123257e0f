// SPDX-License-Identifier: Apache-2.0

/// Carries out the edits of helps on a file's bytes.
public enum EditApplier {
    /// The bytes with the edits made; edits of other files are passed over.
    ///
    /// Nil when two edits overlap, or one reaches beyond the file: edits belong to the text they were made for.
    public static func apply(_ edits: [Diagnostic.Edit], to file: SourceFile) -> [UInt8]? {
        var result: [UInt8] = []
        var position = 0
        for edit in inOrder(edits, file: file.path) {
            guard Int(edit.range.start) >= position, Int(edit.range.end) <= file.bytes.count else { return nil }
            result += file.bytes[position..<Int(edit.range.start)]
            result += edit.replacement.utf8
            position = Int(edit.range.end)
        }
        return result + file.bytes[position...]
    }

    /// The edits of one file that may be made together: of each finding its first help with edits that are trusted so far, and
    /// of findings whose edits overlap the one that stands first.
    public static func edits(
        of diagnostics: [Diagnostic], file: String, trusting trusted: Set<Diagnostic.Help.Applicability> = [.safe]
    ) -> [Diagnostic.Edit] {
        var chosen: [Diagnostic.Edit] = []
        for diagnostic in diagnostics.inOrder {
            let help = diagnostic.helps.first { !$0.edits.isEmpty && trusted.contains($0.applicability) }
            guard let edits = help?.edits, edits.allSatisfy({ $0.file == file }) else { continue }
            let isFree = edits.allSatisfy { new in chosen.allSatisfy { !overlap($0.range, new.range) } }
            if isFree { chosen += edits }
        }
        return inOrder(chosen, file: file)
    }

    /// Edits in order of place; of two at one place an insertion comes first.
    static func inOrder(_ edits: [Diagnostic.Edit], file: String) -> [Diagnostic.Edit] {
        edits.filter { $0.file == file }.sorted {
            ($0.range.start, $0.range.end, $0.replacement) < ($1.range.start, $1.range.end, $1.replacement)
        }
    }

    private static func overlap(_ one: SourceRange, _ other: SourceRange) -> Bool {
        one == other || (one.start < other.end && other.start < one.end)
    }
}
