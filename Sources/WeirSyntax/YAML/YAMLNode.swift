// SPDX-License-Identifier: Apache-2.0

/// A scalar, a list or a mapping of a YAML document, with its place; nodes stand in preorder in one array.
///
/// A mapping's children are its keys and values in turn. An alias keeps the index of what it stands for.
struct YAMLNode {
    /// What it is.
    enum Kind: UInt8 { case scalar, sequence, mapping, alias }

    let kind: Kind
    let style: YAMLEvent.Style
    /// Set on a key that has been reported, and is passed over with its value.
    var isRefused = false
    /// Set where reading stopped inside of it, so that what it lacks is no fault of its own.
    var isCutShort = false
    /// Its first byte in the file.
    let start: UInt32
    /// The byte after its last.
    var end: UInt32
    /// For a scalar its text's first byte in the document's text; for an alias the index of the node it stands for.
    let text: UInt32
    /// For a scalar the bytes of its text; else 0.
    let length: UInt32
    /// Where a scalar's text begins in the file; ``notVerbatim`` when escapes or folding make the two differ.
    let verbatim: UInt32
    /// A hash of a key's text; 0 for others.
    let hash: UInt32
    /// The index after its last descendant.
    var subtreeEnd: UInt32 = 0

    /// Stands for no place.
    static let notVerbatim = UInt32.max

    /// Its place in the file.
    var range: SourceRange { SourceRange(start: Int(start), end: Int(end)) }
    /// Where a scalar's text stands in the document's text.
    var textRange: Range<Int> { Int(text)..<Int(text) + Int(length) }
    /// Whether it is a scalar that is written as nothing at all, as in `key:`.
    var isNothing: Bool { kind == .scalar && length == 0 && style == .plain }
}

/// A hash of a key's bytes (FNV-1a), to tell most keys apart without looking at them; equal hashes are always compared.
func keyHash(_ text: [UInt8], _ range: Range<Int>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    let bytes = text.span
    for place in range { hash = (hash ^ UInt32(bytes[place])) &* 0x0100_0193 }
    return hash
}

/// One YAML document, composed.
struct YAMLDocument {
    /// The nodes in preorder; empty for a document without content.
    var nodes: [YAMLNode] = []
    /// The decoded scalars in order, with a line end after each.
    var text: [UInt8] = []
    /// What is wrong with it as YAML.
    var diagnostics: [Diagnostic] = []
    /// Whether the file goes on behind the last node, in what cannot be read.
    var isCutShort = false

    /// A scalar's text.
    func string(_ node: YAMLNode) -> String { String(decoding: text[node.textRange], as: UTF8.self) }

    /// What an index stands for, an alias followed to its end.
    func resolve(_ index: Int) -> Int {
        nodes[index].kind == .alias ? Int(nodes[index].text) : index
    }
}
