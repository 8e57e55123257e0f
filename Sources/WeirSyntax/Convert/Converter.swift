// SPDX-License-Identifier: Apache-2.0

/// What became of a file that was to be converted.
public enum ConversionResult: Sendable, Hashable {
    /// The bytes of the file in the other form.
    case converted([UInt8])
    /// The file cannot be written in the other form, and why: it has errors, or says what the form has no room for.
    case refused(Diagnostic)
    /// The conversion would have changed something, which is a fault of ours.
    case failed(Diagnostic)
}

/// Writes policy files in the other of their two forms.
///
/// Statements, values, documentation and comments are kept; the order of statements is kept where it means something. The result
/// is formatted: as ``Formatter`` would for the language's own text, in the style of the house for YAML. Before it is handed out it
/// is read again and compared with the file that it came from, and the smallest difference refuses it.
public enum Converter {
    /// Converts a file; into its own form it is laid out anew, which for YAML loses aliases.
    public static func convert(_ file: SourceFile, to form: SourceFile.Form) -> ConversionResult {
        convert(SyntaxTree.parse(file), to: form)
    }

    /// Converts a file that has been parsed.
    public static func convert(_ tree: SyntaxTree, to form: SourceFile.Form) -> ConversionResult {
        if let refusal = refusal(ofDamaged: tree) { return .refused(refusal) }
        let comments = CommentMap(tree)
        let text: [UInt8]
        switch form {
        case .yaml:
            var writer = YAMLWriter(comments)
            text = writer.text(tree)
            if let clash = writer.clash { return .refused(refusal(of: clash)) }
            if firstUnprintable(in: text) != nil { return .refused(refusal(ofUnprintableIn: tree)) }
        case .weir:
            guard let spaced = WeirWriter.text(tree, comments) else {
                return .failed(fault("a statement has no words", tree))
            }
            text = formatted(spaced, path(of: tree, in: .weir))
        }
        let result = SyntaxTree.parse(SourceFile(path: path(of: tree, in: form), form: form, bytes: text))
        if let difference = difference(tree, comments, result) { return .failed(fault(difference, tree)) }
        return .converted(text)
    }

    /// The path of a file in another form, beside the one it has.
    public static func path(_ path: String, in form: SourceFile.Form) -> String {
        var stem = path
        for ending in [".weir.yaml", ".weir.yml", ".weir"] where path.hasSuffix(ending) {
            stem = String(path.dropLast(ending.count))
            break
        }
        return stem + (form == .weir ? ".weir" : ".weir.yaml")
    }

    private static func path(of tree: SyntaxTree, in form: SourceFile.Form) -> String {
        path(tree.source.path, in: form)
    }

    private static func formatted(_ text: [UInt8], _ path: String) -> [UInt8] {
        switch Formatter.format(SourceFile(path: path, form: .weir, bytes: text)) {
        case .changed(let bytes): bytes
        case .unchanged, .refused: text
        }
    }

    /// The first thing that the result says otherwise.
    private static func difference(_ tree: SyntaxTree, _ comments: CommentMap, _ result: SyntaxTree) -> String? {
        if let error = result.diagnostics.first(where: { $0.severity == .error }) {
            return "the result is read as an error: \(error.message)"
        }
        guard Meaning(tree) == Meaning(result) else { return "the statements of the result say something else" }
        guard Meaning.remarks(tree, comments) == Meaning.remarks(result, CommentMap(result)) else {
            return "the comments of the result are others"
        }
        return nil
    }
}

extension Converter {
    private static func refusal(ofDamaged tree: SyntaxTree) -> Diagnostic? {
        let errors = tree.diagnostics.filter { $0.severity == .error }
        guard let first = errors.first else { return nil }
        return Diagnostic(
            .unconvertedFile, "the file has \(errors.count == 1 ? "an error" : "\(errors.count) errors")",
            at: Diagnostic.Label(
                file: tree.source.path, range: first.primary.range, text: errors.count == 1 ? "here" : "the first one"),
            notes: ["only a file without errors is converted, so that nothing is lost"],
            helps: [Diagnostic.Help("run `weir check` to see what is wrong")])
    }

    private static func refusal(of clash: Statement) -> Diagnostic {
        Diagnostic(
            .unconvertedFile, "this stands twice, and a mapping of YAML holds a key once",
            at: Diagnostic.Label(file: clash.tree.source.path, range: clash.headRange, text: "the second one"),
            helps: [Diagnostic.Help("run `weir check` to see what is wrong")])
    }

    /// The first character that no YAML file may hold, not even in a comment (YAML 1.2.2, 5.1 Character Set), or that ends a line
    /// for some readers (5.4: those of YAML 1.1, such as libyaml).
    private static func firstUnprintable(in text: [UInt8]) -> SourceRange? {
        var offset = 0
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            let length = UTF8.width(scalar)
            switch scalar.value {
            case 0x09, 0x0A, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xFFFD, 0x10000...: offset += length
            default: return SourceRange(start: offset, end: offset + length)
            }
        }
        return nil
    }

    private static func refusal(ofUnprintableIn tree: SyntaxTree) -> Diagnostic {
        Diagnostic(
            .unconvertedFile, "YAML has no room for a control character or a separator of lines in a comment",
            at: Diagnostic.Label(
                file: tree.source.path,
                range: firstUnprintable(in: tree.source.bytes) ?? SourceRange(start: 0, end: 0), text: "here"),
            helps: [Diagnostic.Help("remove it")])
    }

    private static func fault(_ what: String, _ tree: SyntaxTree) -> Diagnostic {
        Diagnostic(
            .converterFault, "the file would not have meant the same: \(what)",
            at: Diagnostic.Label(file: tree.source.path, range: SourceRange(start: 0, end: 0)),
            notes: ["this is a fault of the converter, not of the file; please report it"])
    }
}

extension DiagnosticID {
    /// A file that is not converted because it has errors, or because the other form has no room for something in it.
    public static let unconvertedFile = DiagnosticID(
        "syntax/unconverted-file", "S017",
        summary:
            "A file that is not converted because it has errors, or because the other form has no room for what it says."
    )
    /// A file that is not converted because its meaning would have changed.
    public static let converterFault = DiagnosticID(
        "syntax/converter-fault", "S018",
        summary: "A file that is not converted because the converter would have changed what it says.")
}
