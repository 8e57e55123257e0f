// SPDX-License-Identifier: Apache-2.0

extension CommentMap {
    /// Which statement each token of the language's own text belongs to.
    private struct Owners {
        /// By token the statement in whose head it stands, or ``CommentMap/file``.
        private(set) var heads: [Int]
        /// By brace the statement whose block it opens or closes.
        private(set) var blocks: [Int: Int] = [:]

        init(_ tree: SyntaxTree) {
            heads = [Int](repeating: CommentMap.file, count: tree.tokens.count)
            for (index, node) in tree.nodes.enumerated() where node.kind == .statement {
                for token in Int(node.firstToken)..<Int(node.endToken) { heads[token] = index }
            }
            var open: [Int] = []
            var last = CommentMap.file
            for (token, head) in heads.enumerated() {
                if head != CommentMap.file { last = head }
                switch tree.tokens[token].kind {
                case .openBrace:
                    open.append(last)
                    blocks[token] = last
                case .closeBrace: blocks[token] = open.popLast() ?? CommentMap.file
                default: break
                }
            }
        }
    }

    /// Finds the comments between tokens, and the documentation that belongs to no statement.
    mutating func scanTokens(_ tokens: SpacedTokens) {
        let owners = Owners(tokens.tree)
        for index in 0...tokens.count {
            for (offset, comment) in tokens.gaps[index].comments.enumerated() {
                let text = String(decoding: comment.text, as: UTF8.self)
                if comment.breaks == 0, offset == 0, index > 0 {
                    trail(text, behind: index - 1, tokens, owners)
                } else {
                    lead(text, before: index, tokens, owners)
                }
            }
            guard index < tokens.count, tokens.kind(index) == .documentation else { continue }
            let next = firstOther(from: index, tokens)
            if next == tokens.count || tokens.kind(next) == .closeBrace {
                lead(String(decoding: tokens.text(index), as: UTF8.self), before: next, tokens, owners)
            }
        }
    }

    private mutating func trail(_ text: String, behind index: Int, _ tokens: SpacedTokens, _ owners: Owners) {
        let token = tokens.indexes[index]
        switch tokens.kind(index) {
        case .closeBrace: end(text, owners.blocks[token] ?? Self.file)
        case .openBrace: trail(text, owners.blocks[token] ?? Self.file)
        default: trail(text, owners.heads[token])
        }
    }

    private mutating func lead(_ text: String, before index: Int, _ tokens: SpacedTokens, _ owners: Owners) {
        let next = firstOther(from: index, tokens)
        guard next < tokens.count else { return end(text, Self.file) }
        let token = tokens.indexes[next]
        switch tokens.kind(next) {
        case .closeBrace: end(text, owners.blocks[token] ?? Self.file)
        case .openBrace: lead(text, owners.blocks[token] ?? Self.file)
        default: lead(text, owners.heads[token])
        }
    }

    /// The first token from one on that is no documentation.
    private func firstOther(from index: Int, _ tokens: SpacedTokens) -> Int {
        (index..<tokens.count).first { tokens.kind($0) != .documentation } ?? tokens.count
    }
}
