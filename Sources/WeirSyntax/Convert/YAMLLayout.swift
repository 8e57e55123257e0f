// SPDX-License-Identifier: Apache-2.0

/// Writes parts as YAML in the style of the house: two spaces a level, lists of declarations with dashes, short mappings and
/// lists of values on one line, texts of several lines as blocks, an empty line around the sections of a file.
struct YAMLLayout {
    /// The longest line that a mapping or a list with what it holds may make.
    private static let width = 100
    /// The most mappings in each other on one line.
    private static let depth = 3

    private var output = ""

    /// A file of entries, with the comments below them.
    static func text(_ parts: [YAMLPart], ending: [String]) -> [UInt8] {
        var layout = YAMLLayout()
        var isFirst = true
        var wasBlock = false
        for part in parts {
            let isBlock = layout.needsBlock(part, at: 0)
            if !isFirst, isBlock || wasBlock { layout.output += "\n" }
            layout.write(part, at: 0, dash: "")
            (isFirst, wasBlock) = (false, isBlock)
        }
        if !ending.isEmpty, wasBlock { layout.output += "\n" }
        layout.writeComments(ending, at: 0)
        return Array(layout.output.utf8)
    }

    // MARK: Blocks

    private mutating func writeComments(_ comments: [String], at column: Int) {
        for comment in comments { output += spaces(column) + comment + "\n" }
    }

    /// Writes an entry or an item; `dash` is what its first line begins with in the place of spaces.
    private mutating func write(_ part: YAMLPart, at column: Int, dash: String) {
        let isItem = part.key == nil
        let ownComments = dash.isEmpty
        if ownComments { writeComments(part.comments.leading, at: column) }
        let start = (dash.isEmpty ? spaces(column) : dash) + (isItem ? "- " : "")
        if let line = line(part, after: start.count) {
            output += start + line + trailing(part) + "\n"
            return writeComments(part.comments.ending, at: column + 2)
        }
        if isItem, case .mapping(let entries) = part.content, var first = entries.first {
            // The first entry shares the line of the dash, so that its comments stand above it, and the item's behind it.
            let isTaken = first.comments.trailing != nil
            if !isTaken { first.comments.trailing = part.comments.trailing }
            writeComments(isTaken ? [part.comments.trailing].compactMap(\.self) : [], at: column)
            writeComments(first.comments.leading, at: column)
            write(first, at: column + 2, dash: start)
            for entry in entries.dropFirst() { write(entry, at: column + 2, dash: "") }
            return writeComments(part.comments.ending, at: column + 2)
        }
        let key = part.key.map { $0.written(inFlow: false) + ":" } ?? ""
        switch part.content {
        case .scalar(let text):
            output += start + key + " |-" + trailing(part) + "\n"
            for line in text.literalLines ?? [] { output += line.isEmpty ? "\n" : spaces(column + 2) + line + "\n" }
        case .mapping(let parts), .list(let parts):
            output += start + key + trailing(part) + "\n"
            for inner in parts { write(inner, at: column + 2, dash: "") }
            writeComments(part.comments.ending, at: column + 2)
        }
    }

    private func trailing(_ part: YAMLPart) -> String { part.comments.trailing.map { "  " + $0 } ?? "" }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    private func needsBlock(_ part: YAMLPart, at column: Int) -> Bool { line(part, after: column) == nil }

    // MARK: Lines

    /// The part in one line, its dash left out; nil where it is too long, or holds what needs lines of its own.
    private func line(_ part: YAMLPart, after column: Int) -> String? {
        if case .scalar(let text) = part.content {
            guard text.literalLines == nil || part.key == nil else { return nil }
            return (part.key.map { $0.written(inFlow: false) + ": " } ?? "") + text.written(inFlow: false)
        }
        guard part.comments.ending.isEmpty || part.parts.isEmpty, let flow = flow(part, depth: 0) else { return nil }
        if part.key == nil, case .mapping(let entries) = part.content, entries.count == 1, let only = entries.first {
            // `- failing: 50%` needs no braces.
            return only.comments.isEmpty ? line(only, after: column) : nil
        }
        let line = (part.key.map { $0.written(inFlow: false) + ": " } ?? "") + flow
        return column + line.count <= Self.width ? line : nil
    }

    /// The content between braces or brackets.
    private func flow(_ part: YAMLPart, depth: Int) -> String? {
        switch part.content {
        case .scalar(let text): return text.literalLines == nil ? text.written(inFlow: true) : nil
        case .list(let parts):
            guard !part.isOpen, let inner = flow(parts, depth: depth) else { return nil }
            return "[" + inner.joined(separator: ", ") + "]"
        case .mapping(let parts):
            guard !part.isOpen, depth < Self.depth, let inner = flow(parts, depth: depth + 1) else { return nil }
            return parts.isEmpty ? "{}" : "{ " + inner.joined(separator: ", ") + " }"
        }
    }

    private func flow(_ parts: [YAMLPart], depth: Int) -> [String]? {
        var texts: [String] = []
        for part in parts {
            guard part.comments.isEmpty, let text = flow(part, depth: depth) else { return nil }
            texts.append((part.key.map { $0.written(inFlow: true) + ": " } ?? "") + text)
        }
        return texts
    }
}
