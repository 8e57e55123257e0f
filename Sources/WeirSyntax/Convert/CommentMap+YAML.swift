// SPDX-License-Identifier: Apache-2.0

extension CommentMap {
    /// Finds the comments between the scalars of a YAML file, whose places libyaml gives; it drops the comments themselves.
    mutating func scanDocument(_ tree: SyntaxTree) {
        let lines = YAMLLines(tree)
        var follower = (start: 0, column: 0)
        for comment in YAMLComment.all(in: tree.source) {
            if comment.isAlone {
                if follower.start < comment.start { follower = Self.content(below: comment, in: tree.source.bytes) }
                placeAlone(comment, lines, before: follower.column)
            } else {
                placeBehind(comment, lines)
            }
        }
    }

    /// A comment on a line of its own belongs to what follows, or where it is indented further, to the end of what is before it.
    /// - Parameter column: how far the line that follows is indented; a key such as `policies` may stand before its first statement.
    private mutating func placeAlone(_ comment: YAMLComment, _ lines: YAMLLines, before column: Int) {
        let next = lines.first(from: comment.start)
        if let next, comment.column <= min(lines.statements[next].column, column) {
            return lead(comment.text, lines.statements[next].node)
        }
        if let owner = lines.block(atColumn: comment.column, before: comment.start) {
            return owner.hasBlock ? end(comment.text, owner.node) : lead(comment.text, owner.node)
        }
        guard let next else { return end(comment.text, Self.file) }
        lead(comment.text, lines.statements[next].node)
    }

    /// Where the first line below a comment begins that is neither empty nor a comment itself, and how far it is indented.
    private static func content(below comment: YAMLComment, in bytes: [UInt8]) -> (start: Int, column: Int) {
        var start = comment.lineStart
        while let lineEnd = bytes[start...].firstIndex(of: 0x0A) {
            start = lineEnd + 1
            let column = bytes[start...].prefix { $0 == 0x20 || $0 == 0x09 }.count
            guard start + column < bytes.count else { break }
            let sign = bytes[start + column]
            if sign != UInt8(ascii: "#"), sign != 0x0A, sign != 0x0D { return (start + column, column) }
        }
        return (bytes.count, 0)
    }

    /// A comment behind something belongs to the statement that begins on the line, or the one that the line is part of.
    private mutating func placeBehind(_ comment: YAMLComment, _ lines: YAMLLines) {
        if let first = lines.first(from: comment.lineStart), lines.statements[first].start < comment.start {
            return trail(comment.text, lines.statements[first].node)
        }
        if let owner = lines.owner(atColumn: comment.lineColumn, before: comment.start) {
            return lead(comment.text, owner.node)
        }
        guard let next = lines.first(from: comment.start) else { return end(comment.text, Self.file) }
        lead(comment.text, lines.statements[next].node)
    }
}

/// Where the statements of a YAML file begin.
private struct YAMLLines {
    struct Start {
        let node: Int
        /// The statement in whose block it stands, by its place in ``YAMLLines/statements``.
        var parent: Int?
        let start: Int
        /// The end of its head.
        let end: Int
        let column: Int
        let hasBlock: Bool
        /// What stands further to the right is part of it: for an item of a list behind its dash, else behind its key.
        let edge: Int
    }

    /// The statements that are items of a list as a whole.
    private static let items = Set(
        LanguageTable.rows.filter { if case .list = $0.yaml.placement { true } else { false } }.map(\.form))

    private static let blocks = Set(LanguageTable.rows.filter { $0.block != nil }.map(\.form))

    /// The statements by the place of their keys.
    private(set) var statements: [Start] = []

    init(_ tree: SyntaxTree) {
        var parents: [Int: Int] = [:]
        for (index, node) in tree.nodes.enumerated() where node.kind == .statement {
            let start = Int(tree.range(ofToken: Int(node.firstToken)).start)
            let lineStart = YAMLComment.lineStart(of: start, in: tree.source.bytes)
            let line = tree.source.bytes[lineStart..<start]
            let isItem = Self.items.contains(Form.all[Int(node.ordinal)])
            let edge = isItem ? line.lastIndex(of: UInt8(ascii: "-")).map { $0 - lineStart } : nil
            let column = start - lineStart
            statements.append(
                Start(
                    node: index, start: start, end: Int(tree.range(ofToken: Int(node.endToken) - 1).end),
                    column: column,
                    hasBlock: Self.blocks.contains(Form.all[Int(node.ordinal)]), edge: edge ?? column))
            for inner in index + 1..<Int(node.subtreeEnd) { parents[inner] = index }
        }
        // An alias has the place of what it stands for, so places may go back.
        statements.sort { ($0.start, $0.node) < ($1.start, $1.node) }
        let places = Dictionary(uniqueKeysWithValues: statements.enumerated().map { ($1.node, $0) })
        for index in statements.indices {
            statements[index].parent = parents[statements[index].node].flatMap { places[$0] }
        }
    }

    /// The first statement that begins at a byte or after it.
    func first(from start: Int) -> Int? {
        var (low, high) = (0, statements.count)
        while low < high {
            let middle = (low + high) / 2
            if statements[middle].start < start { low = middle + 1 } else { high = middle }
        }
        return low < statements.count ? low : nil
    }

    /// The innermost statement before a byte that something at a column is part of.
    func owner(atColumn column: Int, before start: Int) -> Start? {
        owner(atColumn: column, before: start) { _ in true }
    }

    /// The innermost statement that a line of its own is part of: it has a block, or goes on behind the line.
    func block(atColumn column: Int, before start: Int) -> Start? {
        owner(atColumn: column, before: start) { $0.hasBlock || $0.end > start }
    }

    private func owner(atColumn column: Int, before start: Int, where isFit: (Start) -> Bool) -> Start? {
        var index: Int? = (first(from: start) ?? statements.count) - 1
        while let place = index, place >= 0 {
            if statements[place].edge < column, isFit(statements[place]) { return statements[place] }
            index = statements[place].parent
        }
        return nil
    }
}
