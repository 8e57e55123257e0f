// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// The keywords of the language for tools that colour, complete or look words up.
public enum KeywordList {
    /// The version of the list's own form.
    public static let version: Int64 = 1

    /// All keywords, the statements with their words and YAML keys, and the words that values are made of.
    public static var json: JSON {
        .object([
            "version": .integer(version),
            "keywords": strings(Grammar.shared.vocabulary.spellings.dropFirst().sorted()),
            "statements": .array(LanguageTable.rows.map(statement)),
            "units": strings(["us", "ms", "s", "m", "h", "d", "%", "x", "B", "KB", "MB", "GB", "KiB", "MiB", "GiB"]),
            "methods": strings(ValueCheck.methods),
        ])
    }

    private static func statement(_ row: StatementRow) -> JSON {
        .object([
            "form": .string(kebabCase("\(row.form)")), "pattern": .string(row.pattern),
            "places": strings(row.places.map { kebabCase("\($0)") }),
            "keys": strings(keys(of: row)), "summary": .string(row.summary),
        ])
    }

    /// The keys of a statement and its slots in YAML.
    private static func keys(of row: StatementRow) -> [String] {
        let entries = YAMLSchema.shared.rows.first { $0.form == row.form }?.slots ?? []
        let key =
            switch row.yaml.placement {
            case .key(let key), .list(let key), .step(let key), .named(let key, _), .phrased(let key, _): key
            }
        return [key] + entries.map(\.key)
    }

    private static func strings(_ texts: some Sequence<String>) -> JSON { .array(texts.map(JSON.string)) }
}
