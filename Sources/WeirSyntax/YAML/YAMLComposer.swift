// SPDX-License-Identifier: Apache-2.0

/// Makes one document of YAML events, and finds what libyaml lets pass: keys twice, too many aliases, merge keys, tags.
///
/// Scalars stay text: `no`, `012` and `2026-03-01` mean what the setting makes of them.
struct YAMLComposer {
    let source: SourceFile
    var document = YAMLDocument()
    var keys: [Key] = []
    private var open: [Collection] = []
    private var anchors: [String: Anchor] = [:]
    /// The nodes that the aliases so far stand for.
    private var expanded = 0
    private var isExhausted = false
    /// Where the last node ends.
    private var lastEnd: UInt32 = 0

    /// A key of a mapping that is not closed yet.
    struct Key {
        let hash: UInt32
        let index: UInt32
    }

    /// A collection that is not closed yet.
    private struct Collection {
        let index: Int
        let isMapping: Bool
        /// Its first key in ``keys``.
        let firstKey: Int
        /// Whether the next child of a mapping is a key.
        var wantsKey = true
        let anchor: String?
        /// What ``expanded`` was when it was opened.
        let expandedBefore: Int
    }

    private struct Anchor {
        let index: Int
        /// The nodes in it, those that aliases in it stand for included; nil while it is open.
        let size: Int?
    }

    /// Reads a file, whose bytes must be valid UTF-8, as far as it is YAML.
    static func compose(_ source: SourceFile, isASCII: Bool) -> YAMLDocument {
        var composer = YAMLComposer(source: source)
        composer.run(isASCII: isASCII)
        return composer.document
    }

    private init(source: SourceFile) {
        self.source = source
        document.text.reserveCapacity(source.bytes.count + source.bytes.count / 8)
        document.nodes.reserveCapacity(source.bytes.count / 6)
    }

    private mutating func run(isASCII: Bool) {
        do {
            var events = try YAMLEvents(source.bytes, isASCII: isASCII)
            var documents = 0
            while true {
                let event = try events.next(into: &document.text)
                if event.hasTag { refuseTag(event) }
                switch event.kind {
                case .streamEnd: return
                case .documentStart:
                    documents += 1
                    guard documents == 1 else { return refuseDocument(event) }
                case .scalar: addScalar(event)
                case .alias: addAlias(event)
                case .sequenceStart, .mappingStart:
                    guard open.count < Limits.nesting else { return refuseDepth(event) }
                    begin(event)
                case .sequenceEnd, .mappingEnd: end(event)
                case .streamStart, .documentEnd: break
                }
            }
        } catch {
            document.diagnostics.append(error.diagnostic(in: source))
            cutShort()
        }
    }

    private mutating func addScalar(_ event: YAMLEvent) {
        let length = event.text.count
        var end = event.end
        var verbatim = YAMLNode.notVerbatim
        switch event.style {
        case .literal, .folded:
            while end > event.start, source.bytes[end - 1] <= 0x20 { end -= 1 }
        case .plain: verbatim = self.verbatim(event.text, from: end - length)
        default: verbatim = self.verbatim(event.text, from: end - 1 - length)
        }
        var hash: UInt32 = 0
        if let last = open.indices.last, open[last].isMapping, open[last].wantsKey {
            hash = keyHash(document.text, event.text)
        }
        append(
            YAMLNode(
                kind: .scalar, style: event.style, start: UInt32(event.start), end: UInt32(end),
                text: UInt32(event.text.lowerBound), length: UInt32(length), verbatim: verbatim, hash: hash))
        if let anchor = event.anchor { anchors[anchor] = Anchor(index: document.nodes.count - 1, size: 1) }
    }

    /// Where the file holds a scalar's text as it is, if it does.
    private func verbatim(_ text: Range<Int>, from start: Int) -> UInt32 {
        guard start >= 0, start + text.count <= source.bytes.count else { return YAMLNode.notVerbatim }
        let (bytes, scalars) = (source.bytes.span, document.text.span)
        for offset in 0..<text.count where bytes[start + offset] != scalars[text.lowerBound + offset] {
            return YAMLNode.notVerbatim
        }
        return UInt32(start)
    }

    private mutating func addAlias(_ event: YAMLEvent) {
        let target = target(of: event)
        var node = YAMLNode(
            kind: target == nil ? .scalar : .alias, style: .plain, start: UInt32(event.start), end: UInt32(event.end),
            text: UInt32(target ?? 0), length: 0, verbatim: YAMLNode.notVerbatim, hash: 0)
        node.isRefused = target == nil
        append(node)
    }

    /// The node that an alias stands for; nil where that has been reported.
    private mutating func target(of event: YAMLEvent) -> Int? {
        let name = event.anchor ?? ""
        let range = SourceRange(start: event.start, end: event.end)
        guard let anchor = anchors[name] else {
            report("no `&\(name)` stands before `*\(name)`", at: range)
            return nil
        }
        guard let size = anchor.size else {
            report("`*\(name)` stands inside of what `&\(name)` names", at: range)
            return nil
        }
        guard !isExhausted else { return nil }
        guard expanded + size <= Limits.aliasNodes else {
            isExhausted = true
            report(
                "the aliases of this file stand for more than \(Limits.aliasNodes) values", at: range,
                label: "this one would make it \(expanded + size)")
            return nil
        }
        expanded += size
        return anchor.index
    }

    private mutating func begin(_ event: YAMLEvent) {
        let isMapping = event.kind == .mappingStart
        append(
            YAMLNode(
                kind: isMapping ? .mapping : .sequence, style: event.style, start: UInt32(event.start),
                end: UInt32(event.end), text: 0, length: 0, verbatim: YAMLNode.notVerbatim, hash: 0))
        let index = document.nodes.count - 1
        if let anchor = event.anchor { anchors[anchor] = Anchor(index: index, size: nil) }
        open.append(
            Collection(
                index: index, isMapping: isMapping, firstKey: keys.count, anchor: event.anchor,
                expandedBefore: expanded))
    }

    /// Adds a node, as a key or a value where it stands in a mapping.
    private mutating func append(_ node: YAMLNode) {
        let index = document.nodes.count
        document.nodes.append(node)
        document.nodes[index].subtreeEnd = UInt32(index + 1)
        lastEnd = node.end
        guard let last = open.indices.last, open[last].isMapping else { return }
        if open[last].wantsKey {
            keys.append(Key(hash: node.hash, index: UInt32(index)))
            if node.kind != .scalar { refuseKey(index) }
        }
        open[last].wantsKey.toggle()
    }

    private mutating func end(_ event: YAMLEvent) {
        guard let collection = open.popLast() else { return }
        let index = collection.index
        document.nodes[index].subtreeEnd = UInt32(document.nodes.count)
        // libyaml ends a block collection where the next thing begins, lines later.
        lastEnd = document.nodes[index].style == .flow ? UInt32(event.end) : lastEnd
        document.nodes[index].end = max(lastEnd, document.nodes[index].start)
        if collection.isMapping {
            findRepeatedKeys(from: collection.firstKey)
            keys.removeLast(keys.count - collection.firstKey)
        }
        if let anchor = collection.anchor, anchors[anchor]?.index == index {
            let size = document.nodes.count - index + expanded - collection.expandedBefore
            anchors[anchor] = Anchor(index: index, size: size)
        }
    }

    /// Closes what is open after a fault that ends the reading; what these collections lack is no fault of theirs.
    mutating func cutShort() {
        document.isCutShort = true
        for collection in open.reversed() {
            if collection.isMapping, !collection.wantsKey {
                // A key that never got its value is not worth a second message.
                document.nodes[Int(keys[keys.count - 1].index)].isRefused = true
                var nothing = YAMLNode(
                    kind: .scalar, style: .plain, start: lastEnd, end: lastEnd, text: 0, length: 0,
                    verbatim: YAMLNode.notVerbatim, hash: 0)
                nothing.isRefused = true
                nothing.subtreeEnd = UInt32(document.nodes.count + 1)
                document.nodes.append(nothing)
            }
            document.nodes[collection.index].isCutShort = true
            document.nodes[collection.index].subtreeEnd = UInt32(document.nodes.count)
            document.nodes[collection.index].end = max(lastEnd, document.nodes[collection.index].start)
            if collection.isMapping { keys.removeLast(keys.count - collection.firstKey) }
        }
        open.removeAll()
    }
}
