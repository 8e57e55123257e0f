// SPDX-License-Identifier: Apache-2.0

/// What became of a file that was to be formatted.
public enum FormatResult: Sendable, Hashable {
    /// The file is as the formatter would write it.
    case unchanged
    /// The file's new bytes.
    case changed([UInt8])
    /// The file stays as it is, and why: it has errors, or something in it would be lost.
    case refused(Diagnostic)
}

/// Gives `.weir` files the one spacing of the language; has no options.
///
/// Only spaces, line ends and empty lines change: no token is added, dropped or moved, no statement is re-ordered, values stay as
/// written. The new text is read again and compared with the old one, token by token, comment by comment and statement by
/// statement; the smallest difference refuses the file. A file with errors is refused too, for the same reason: what the parser
/// had to guess, the formatter must not set in stone.
///
/// YAML files are never reformatted: their comments and styles belong to the tools that their owners chose, and no YAML
/// writer keeps them all. They are always ``FormatResult/unchanged``.
public enum Formatter {
    /// Formats a file.
    public static func format(_ file: SourceFile) -> FormatResult {
        guard file.form == .weir else { return .unchanged }
        return format(SyntaxTree.parse(file))
    }

    /// Formats a file that has been parsed.
    public static func format(_ tree: SyntaxTree) -> FormatResult {
        guard tree.source.form == .weir else { return .unchanged }
        if let refusal = refusal(ofDamaged: tree) { return .refused(refusal) }
        let tokens = SpacedTokens(tree)
        let text = Layout.text(tokens)
        if text == tree.source.bytes { return .unchanged }
        let file = SourceFile(path: tree.source.path, form: .weir, bytes: text)
        if let loss = FormatComparison.firstDifference(tokens, SpacedTokens(SyntaxTree.parse(file))) {
            return .refused(fault(loss, tree))
        }
        return .changed(text)
    }

    private static func refusal(ofDamaged tree: SyntaxTree) -> Diagnostic? {
        let errors = tree.diagnostics.filter { $0.severity == .error }
        guard let first = errors.first else { return nil }
        let count = errors.count == 1 ? "an error" : "\(errors.count) errors"
        return Diagnostic(
            .unformattedFile, "the file has \(count), and stays as it is",
            at: Diagnostic.Label(
                file: tree.source.path, range: first.primary.range, text: errors.count == 1 ? "here" : "the first one"),
            notes: ["only a file without errors is formatted, so that nothing is lost"],
            helps: [Diagnostic.Help("run `weir check` to see what is wrong")])
    }

    private static func fault(_ loss: FormatComparison.Difference, _ tree: SyntaxTree) -> Diagnostic {
        Diagnostic(
            .formatterFault, "formatting would \(loss.what), and the file stays as it is",
            at: Diagnostic.Label(file: tree.source.path, range: loss.range, text: "here"),
            notes: ["this is a fault of the formatter, not of the file; please report it"])
    }
}

extension DiagnosticID {
    /// A file that is not formatted because it has errors.
    public static let unformattedFile = DiagnosticID(
        "syntax/unformatted-file", "S015", summary: "A file that is not formatted because it has errors.")
    /// A file that is not formatted because the formatter would have lost something.
    public static let formatterFault = DiagnosticID(
        "syntax/formatter-fault", "S016",
        summary: "A file that is not formatted because the formatter would have lost something.")
}
