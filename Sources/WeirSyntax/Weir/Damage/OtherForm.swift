// SPDX-License-Identifier: Apache-2.0

/// A file of the language's own form that holds the YAML form, or JSON, which is YAML too.
struct OtherForm {
    /// The most tokens in which it shows itself.
    private static let mostTokens = 64

    let source: SourceFile
    let tokens: [Token]

    /// The one finding for all of the file; nil where the file is what its name says.
    var finding: Diagnostic? {
        beginning.map { word in
            Fault(
                .unexpectedWord, "the file is in the YAML form, and its name says that it is not", at: word,
                "no statement begins like this", help: "give it a name that ends in `.weir.yaml`"
            ).diagnostic(in: source, tokens: tokens)
        }
    }

    /// The first brace of JSON, or the first key that no statement begins with.
    private var beginning: Range<Int>? {
        guard let first = tokens.firstIndex(where: { $0.kind != .newline && $0.kind != .documentation }) else {
            return nil
        }
        if tokens[first].kind == .openBrace { return first..<first + 1 }
        let schema = YAMLSchema.shared
        let keys = Set(schema.keys[schema.file].entries.map(\.key))
            .subtracting(schema.grammar.firstWords(in: .file))
        let key = (first..<min(tokens.count - 1, first + Self.mostTokens)).first { place in
            let (token, next) = (tokens[place], tokens[place + 1])
            return token.kind == .name && next.kind == .unknown && token.end == Int(next.start)
                && token.indentation(in: source.bytes).isEmpty && keys.contains(spelling(token))
        }
        return key.map { $0..<$0 + 1 }
    }

    private func spelling(_ token: Token) -> String {
        String(decoding: source.bytes[Int(token.start)..<token.end], as: UTF8.self)
    }
}
