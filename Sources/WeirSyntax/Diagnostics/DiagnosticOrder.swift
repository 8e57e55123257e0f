// SPDX-License-Identifier: Apache-2.0

extension Sequence<Diagnostic> {
    /// The findings by file, place and code, so that equal input prints equal output.
    public var inOrder: [Diagnostic] {
        sorted {
            ($0.primary.file, $0.primary.range.start, $0.id.code, $0.message)
                < ($1.primary.file, $1.primary.range.start, $1.id.code, $1.message)
        }
    }

    /// How many there are, for the line at the end: `2 errors, 1 warning in 14 files`.
    public func summary(files: Int) -> String {
        let parts = [(Diagnostic.Severity.error, "error"), (.warning, "warning"), (.information, "remark")].compactMap {
            severity, noun -> String? in
            let count = count { $0.severity == severity }
            return count == 0 ? nil : Self.count(count, noun)
        }
        return (parts.isEmpty ? "nothing found" : parts.joined(separator: ", ")) + " in " + Self.count(files, "file")
    }

    private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
