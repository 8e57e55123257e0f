// SPDX-License-Identifier: Apache-2.0

/// Writes the statements of a tree in the language's own text; ``Formatter`` gives it its spacing afterwards.
struct WeirWriter {
    private let comments: CommentMap
    private var output = ""

    /// The text of a tree without errors, what must stand above all else first; nil where a head cannot be written.
    static func text(_ tree: SyntaxTree, _ comments: CommentMap) -> [UInt8]? {
        var writer = WeirWriter(comments: comments)
        var statements = Array(tree.statements)
        let rank = { (form: Form) in WeirParser.headForms.firstIndex(of: form) ?? WeirParser.headForms.count }
        statements = statements.enumerated().sorted {
            (rank($0.element.form), $0.offset) < (rank($1.element.form), $1.offset)
        }.map(\.element)
        var last: Form?
        for statement in statements {
            if let last, rank(last) < rank(statement.form), rank(statement.form) == WeirParser.headForms.count {
                writer.output += "\n"
            }
            guard writer.write(statement, at: 0, isFirst: true) else { return nil }
            last = statement.form
        }
        let ending = comments[CommentMap.file].ending
        if last != nil, !ending.isEmpty { writer.output += "\n" }
        writer.write(ending, at: 0)
        return Array(writer.output.utf8)
    }

    private init(comments: CommentMap) { self.comments = comments }

    /// Writes a statement with its block; false where its head cannot be written.
    private mutating func write(_ statement: Statement, at column: Int, isFirst: Bool) -> Bool {
        guard let row = LanguageTable.row(statement.form), let head = HeadWriter.text(statement) else { return false }
        let places = comments[statement.index]
        if !isFirst, row.isDeclaration { output += "\n" }
        let isKept: (String) -> Bool = { $0.hasPrefix("##") && !row.isDescribable }
        write(places.leading.filter { !isKept($0) }, at: column)
        // Documentation stands right above its statement.
        for line in places.leading where isKept(line) { write(Self.documentation(line), at: column) }
        for line in statement.documentationLines { write(line.isEmpty ? "##" : "## \(line)", at: column) }
        let hasContent = statement.statements.contains { _ in true } || !places.ending.isEmpty
        let needsBlock = if case .required = row.block { true } else { false }
        let isBlock = needsBlock || (row.block != nil && hasContent)
        let trailing = places.trailing.map { "  " + $0 } ?? ""
        write(head + (isBlock ? " {" : "") + trailing, at: column)
        guard isBlock else {
            write(places.ending, at: column)
            return true
        }
        var isFirst = true
        for inner in statement.statements {
            guard write(inner, at: column + 2, isFirst: isFirst) else { return false }
            isFirst = false
        }
        write(places.ending, at: column + 2)
        write("}", at: column)
        return true
    }

    private mutating func write(_ line: String, at column: Int) {
        output += String(repeating: " ", count: column) + line + "\n"
    }

    /// A line of documentation as the formatter leaves it, with a space behind its signs.
    private static func documentation(_ line: String) -> String {
        let body = line.dropFirst(2)
        return body.isEmpty || body.hasPrefix(" ") ? line : "## " + body
    }

    private mutating func write(_ comments: [String], at column: Int) {
        for comment in comments { write(CommentMap.plain(comment), at: column) }
    }
}

extension StatementRow {
    /// Whether it has a name and a block, so that an empty line stands before it in a block.
    fileprivate var isDeclaration: Bool {
        guard case .named = yaml.placement else { return false }
        return block != nil
    }
}
