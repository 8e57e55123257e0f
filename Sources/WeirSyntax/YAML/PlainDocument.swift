// SPDX-License-Identifier: Apache-2.0

/// A YAML or JSON file that is no policy, such as an OpenAPI description, as a tree with places.
public struct PlainDocument: Sendable {
    /// A part of the file.
    public struct Node: Sendable {
        /// What it holds.
        public let content: Content
        /// Its bytes in the file.
        public let range: SourceRange

        /// Its text; nil for lists and mappings.
        public var text: String? { if case .text(let text) = content { text } else { nil } }
        /// Its elements; empty for all but lists.
        public var elements: [Node] { if case .list(let elements) = content { elements } else { [] } }
        /// Its keys and values, in order; empty for all but mappings.
        public var entries: [(key: Node, value: Node)] {
            if case .mapping(let entries) = content { entries } else { [] }
        }

        /// The value of a key.
        public subscript(_ key: String) -> Node? { entries.first { $0.key.text == key }?.value }
    }

    /// The kinds of parts.
    public indirect enum Content: Sendable {
        /// A scalar, as its text.
        case text(String)
        /// A list.
        case list([Node])
        /// Keys and values, in order.
        case mapping([(key: Node, value: Node)])
    }

    /// The most parts of a document, those that aliases repeat among them.
    public static let mostNodes = 500_000
    /// The deepest nesting, aliases followed.
    public static let deepest = 128

    /// The whole; nil for a file without content, or one that cannot be read.
    public private(set) var root: Node?
    /// What is wrong with it.
    public let diagnostics: [Diagnostic]

    /// Reads a file.
    public init(_ source: SourceFile) {
        if let fault = source.faultAsText() {
            diagnostics = [fault]
            return
        }
        let document = YAMLComposer.compose(source, isASCII: source.bytes.reduce(0, |) < 0x80)
        diagnostics = document.diagnostics
        var left = Self.mostNodes
        guard let first = document.nodes.first, !first.isNothing else { return }
        root = Self.node(0, of: document, depth: 0, &left)
    }

    private static func node(_ index: Int, of document: YAMLDocument, depth: Int, _ left: inout Int) -> Node? {
        left -= 1
        guard left >= 0, depth < deepest else { return nil }
        let index = document.resolve(index)
        let node = document.nodes[index]
        var children: [Node] = []
        var child = index + 1
        while node.kind != .scalar, child < Int(node.subtreeEnd) {
            guard let found = Self.node(child, of: document, depth: depth + 1, &left) else { return nil }
            children.append(found)
            child = Int(document.nodes[child].subtreeEnd)
        }
        switch node.kind {
        case .scalar, .alias: return Node(content: .text(document.string(node)), range: node.range)
        case .sequence: return Node(content: .list(children), range: node.range)
        case .mapping:
            let pairs = stride(from: 0, to: children.count - 1, by: 2).map {
                (key: children[$0], value: children[$0 + 1])
            }
            return Node(content: .mapping(pairs), range: node.range)
        }
    }
}
