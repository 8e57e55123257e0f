// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The reference page of all statements, made from the language table.
public enum StatementsPage {
    /// The page as Markdown; equal tables give equal pages.
    public static var text: String {
        var text = """
            # Statements

            Every statement of the language: its words, its values, its YAML key. This page is made from the language table.

            In a pattern, `<name:type>` is a value, `[ … ]` may be left out, `( … | … )` is a choice, `a/b` is either word, `!word`
            is a word that stands there or not, `=a/b` is one of the words, `,...` is a list. `$constant` may stand for a
            duration, a rate, a count, a percentage and a factor.

            """
        for row in LanguageTable.rows { text += "\n" + section(row) }
        return text
    }

    private static func section(_ row: StatementRow) -> String {
        let places = row.places.map { "\($0)" }.joined(separator: ", ")
        var text = """
            ## \(title(row))

            \(row.summary)

            | | |
            |---|---|
            | pattern | `\(escaped(row.pattern))` |
            | stands in | \(places) |
            | block | \(block(row)) |
            | YAML | \(yaml(row)) |
            | more than once | \(row.repeats ? "yes" : "no") |
            | enforced | \(enforcement(row)) |

            """
        let facts = row.slots.sorted { $0.key.rawValue < $1.key.rawValue }
        if !facts.isEmpty {
            text += "\n| value | meaning | bounds | default |\n|---|---|---|---|\n"
            for (slot, fact) in facts {
                let bounds = fact.bounds.map { "\($0.lowerBound) to \($0.upperBound)" } ?? ""
                text += "| `\(slot.key)` | \(fact.summary) | \(bounds) | \(fact.byDefault ?? "") |\n"
            }
        }
        return text + "\n```text\n\(row.example)\n```\n"
    }

    /// The literal words at the start, with the blocks they stand in where two rows begin alike.
    private static func title(_ row: StatementRow) -> String {
        let words = row.pattern.split(separator: " ").prefix {
            !$0.hasPrefix("<") && !$0.hasPrefix("(") && !$0.hasPrefix("[")
        }
        let name = words.isEmpty ? "\(row.form)" : words.joined(separator: " ")
        return "\(name) (in \(row.places.map { "\($0)" }.joined(separator: ", ")))"
    }

    private static func block(_ row: StatementRow) -> String {
        switch row.block {
        case .required(let kind): "\(kind), required"
        case .optional(let kind): "\(kind), optional"
        case nil: "none"
        }
    }

    private static func yaml(_ row: StatementRow) -> String {
        switch row.yaml.placement {
        case .key(let key): "key `\(key)`"
        case .list(let key): "element of the list `\(key)`"
        case .named(let key, let slot): "under `\(key)`, by `\(slot.key)`"
        case .phrased(let key, let phrase): "under `\(key)`, by `\(phrase.word.key)` and `\(phrase.text.key)`"
        case .step(let key): "step `- \(key):`"
        }
    }

    private static func enforcement(_ row: StatementRow) -> String {
        switch row.capability {
        case .enforced: "yes"
        case .declaredOnly(let id): "not by this version (`\(id)`)"
        }
    }

    private static func escaped(_ pattern: String) -> String {
        pattern.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
