// SPDX-License-Identifier: Apache-2.0

/// The comments of a file by the statement that they stand at, so that they can be written in another form.
///
/// No tree holds comments: they are found in the gaps between what it does hold. Every comment of the file has one place.
struct CommentMap {
    /// The comments of one statement, each from its `#` on.
    struct Places {
        /// On lines of their own before it.
        var leading: [String] = []
        /// Behind it, on its first line.
        var trailing: String?
        /// On lines of their own at the end of its block.
        var ending: [String] = []

        /// Whether there are any.
        var isEmpty: Bool { leading.isEmpty && trailing == nil && ending.isEmpty }
    }

    /// Stands for the file itself, whose ``Places/ending`` are the comments below all statements.
    static let file = -1

    private var places: [Int: Places] = [:]

    /// The comments of a tree without errors.
    init(_ tree: SyntaxTree) {
        switch tree.source.form {
        case .weir: scanTokens(SpacedTokens(tree))
        case .yaml: scanDocument(tree)
        }
    }

    /// The comments of a statement, or of the ``file``.
    subscript(statement: Int) -> Places { places[statement] ?? Places() }

    /// What all comments say, in no order; how many signs they begin with is no part of it.
    var sayings: [String] {
        places.values.flatMap { $0.leading + ($0.trailing.map { [$0] } ?? []) + $0.ending }.map(Self.saying)
    }

    /// What a comment says, without its signs.
    static func saying(_ comment: String) -> String {
        String(comment.drop { $0 == "#" || $0 == " " || $0 == "\t" })
    }

    mutating func lead(_ comment: String, _ statement: Int) {
        if statement == Self.file { return end(comment, statement) }
        places[statement, default: Places()].leading.append(comment)
    }

    /// Only one comment can stand behind a statement; further ones stand before it.
    mutating func trail(_ comment: String, _ statement: Int) {
        guard statement != Self.file, places[statement]?.trailing == nil else { return lead(comment, statement) }
        places[statement, default: Places()].trailing = Self.plain(comment)
    }

    mutating func end(_ comment: String, _ statement: Int) {
        places[statement, default: Places()].ending.append(Self.plain(comment))
    }

    /// A comment that cannot be taken for documentation.
    static func plain(_ comment: String) -> String {
        comment.hasPrefix("##") ? "#" + comment.drop { $0 == "#" } : comment
    }
}

extension StatementRow {
    /// Whether it has a `description` in YAML; elsewhere documentation stands as a comment.
    var isDescribable: Bool {
        switch yaml.shape {
        case .mapping, .scalarOrMapping, .flagOrMapping: true
        case .scalar, .flag, .phrase: false
        }
    }
}

extension Statement {
    /// Whether it has a `description` in YAML.
    var isDescribable: Bool { LanguageTable.row(form)?.isDescribable ?? false }

    /// The lines of its documentation without spaces at their ends, which mean nothing.
    var documentationLines: [String] {
        guard let documentation else { return [] }
        return documentation.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(decoding: Array(line.utf8)[...].withoutTrailingSpaces, as: UTF8.self)
        }
    }
}
