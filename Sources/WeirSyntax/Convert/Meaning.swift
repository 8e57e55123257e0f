// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What the statements of a file say, apart from the form they are written in, to compare a file with its conversion.
///
/// Statements that stand under different keys of one YAML mapping have no order among each other; those in one list have.
struct Meaning: Hashable {
    private let statements: [String: [Entry]]

    /// What a value says.
    private enum Content: Hashable {
        case words([ValueWord])
        /// Conditions may be written in several ways.
        case filter(Filter)

        init(_ value: Value, _ row: StatementRow) {
            let isFilter = row.pattern.contains("<\(value.slot.key):filter>")
            self = isFilter ? value.filter().map { .filter($0) } ?? .words(value.words) : .words(value.words)
        }
    }

    private struct Entry: Hashable {
        let form: Form
        let values: [Slot: [Content]]
        /// The lines of what can be a `description`.
        let documentation: [String]
        let block: Meaning
    }

    /// What a tree without errors says.
    init(_ tree: SyntaxTree) { self.init(tree.statements) }

    private init(_ statements: Statements) {
        var entries: [String: [Entry]] = [:]
        for statement in statements {
            guard let row = LanguageTable.row(statement.form) else { continue }
            let entry = Entry(
                form: statement.form,
                values: Dictionary(grouping: statement.allValues, by: \.slot).mapValues { values in
                    values.map { Content($0, row) }
                },
                documentation: row.isDescribable ? statement.documentationLines : [],
                block: Meaning(statement.statements))
            entries[row.yaml.placement.section, default: []].append(entry)
        }
        self.statements = entries
    }

    /// What the comments of a file say, and the documentation that has no `description` to go to, sorted.
    static func remarks(_ tree: SyntaxTree, _ comments: CommentMap) -> [String] {
        (comments.sayings + undescribed(tree.statements)).sorted()
    }

    private static func undescribed(_ statements: Statements) -> [String] {
        statements.flatMap { statement in
            (statement.isDescribable ? [] : statement.documentationLines.map { CommentMap.saying("##" + $0) })
                + undescribed(statement.statements)
        }
    }
}

extension YAMLForm.Placement {
    /// The key under which statements stand in order.
    fileprivate var section: String {
        switch self {
        case .key(let key), .list(let key), .named(let key, _), .phrased(let key, _): key
        case .step: "-"
        }
    }
}
