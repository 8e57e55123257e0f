// SPDX-License-Identifier: Apache-2.0

@testable import WeirSyntax

/// The nodes of a tree as lines, to compare the two forms of one policy file.
enum NodeDump {
    /// Forms whose order means something; all others are sorted, because their order means nothing.
    private static let ordered: Set<String> = ["steps"]

    /// The statements of a tree, steps in order, settings sorted.
    static func text(_ tree: SyntaxTree) -> String {
        lines(of: tree.statements).joined(separator: "\n")
    }

    private static func lines(of statements: Statements) -> [String] {
        var steps: [String] = []
        var settings: [String] = []
        for statement in statements {
            let text = lines(of: statement).joined(separator: "\n")
            if case .step? = LanguageTable.row(statement.form)?.yaml.placement {
                steps.append(text)
            } else {
                settings.append(text)
            }
        }
        return steps + settings.sorted()
    }

    private static func lines(of statement: Statement) -> [String] {
        let values = statement.allValues.map { "\($0.slot.key)=\(text($0))" }.joined(separator: " ")
        let head = "\(statement.form) \(values)\(statement.hasBlock ? " {" : "")\(statement.isDamaged ? " !" : "")"
        return [head] + lines(of: statement.statements).flatMap { $0.split(separator: "\n") }.map { "  \($0)" }
    }

    /// A value's tokens; what a text says, not how it is quoted.
    private static func text(_ value: Value) -> String {
        zip(value.tokens.indices, value.tokens).map { index, token in
            let text = value.tree.text(ofToken: index)
            guard token.kind == .string else { return text }
            let isQuoted = value.tree.source.form == .weir
            return "'" + (isQuoted ? String(text.dropFirst().dropLast()) : text) + "'"
        }.joined(separator: " ")
    }
}
