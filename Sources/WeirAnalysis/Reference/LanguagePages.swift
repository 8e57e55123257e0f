// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The reference of the language, made from its table: a page a statement, and their index.
public enum LanguagePages {
    /// The pages by their names; equal tables give equal pages.
    public static var all: [(name: String, text: String)] {
        [("README.md", index)] + LanguageTable.rows.map { (name(of: $0), StatementPage(row: $0).text) }
    }

    /// The name of a statement's page.
    static func name(of row: StatementRow) -> String { "\(row.form.name).md" }

    /// The words that a statement begins with.
    static func title(of row: StatementRow) -> String {
        let words = row.pattern.split(separator: " ").drop { $0.hasPrefix("[") }.prefix {
            !$0.hasPrefix("<") && !$0.hasPrefix("(") && !$0.hasPrefix("[")
        }
        return words.isEmpty ? row.form.name.split(separator: "-").joined(separator: " ") : words.joined(separator: " ")
    }

    private static var index: String {
        var text = """
            # Statements

            Every statement of the language, by the block that it stands in. Each has a page: what it is, how it is written in both
            forms, its values with their units, bounds and defaults, who enforces it, and an example that is checked. The pages are
            made from the language table. [The language](../language.md) explains it on one page.

            In a pattern, `<name:type>` is a value, `[ … ]` may be left out, `( … | … )` is a choice, `a/b` is either word, `!word`
            is a word that stands there or not, `=a/b` is one of the words, `,...` is a list. `$constant` may stand for a
            duration, a rate, a count, a percentage and a factor.

            """
        for kind in BlockKind.allCases {
            let rows = LanguageTable.rows.filter { $0.places.contains(kind) }
            guard !rows.isEmpty else { continue }
            text += "\n## In \(kind.words)\n\n| statement | what it does | enforced |\n|---|---|---|\n"
            for row in rows {
                let enforced =
                    switch row.capability {
                    case .enforced: "yes"
                    case .attached: "where attached"
                    case .declaredOnly: "not yet"
                    }
                text += "| [`\(title(of: row))`](\(name(of: row))) | \(row.summary) | \(enforced) |\n"
            }
        }
        return text
    }
}

extension BlockKind {
    /// The block in words that follow “in”.
    var words: String {
        switch self {
        case .file: "a file"
        case .inserted: "`before` and `after`"
        case .chaosStep: "a step `chaos`"
        case .apiRoute: "a route of a version"
        case .sagaStep: "a `step` of a saga"
        case .chaosProfile: "a `chaos profile`"
        case .environment: "an `environment`"
        case .operation: "an `operation`"
        case .event: "an `event`"
        case .exchange: "an `exchange`"
        case .audit: "an `audit`"
        case .api: "an `api`"
        case .defaults, .redeliver, .publish: "`\(self)`"
        default: "a `\(self)`"
        }
    }
}
