// SPDX-License-Identifier: Apache-2.0

extension YAMLComposer {
    /// Mappings with more keys than this are sorted to find those that stand twice.
    private static let fewKeys = 16

    /// Reports the keys of a mapping that stand twice, with both places, and refuses the later ones.
    mutating func findRepeatedKeys(from firstKey: Int) {
        let count = keys.count - firstKey
        if count > 1 {
            if count <= Self.fewKeys {
                for later in firstKey + 1..<keys.count {
                    for earlier in firstKey..<later
                    where keys[earlier].hash == keys[later].hash && isSameKey(keys[earlier], keys[later]) {
                        refuseRepeated(keys[later], first: keys[earlier])
                        break
                    }
                }
            } else {
                findRepeatedKeys(sorted: keys[firstKey...].sorted(by: comesBefore))
            }
        }
        refuseMergeKeys(from: firstKey)
    }

    private mutating func findRepeatedKeys(sorted: [Key]) {
        var first = 0
        for next in 1..<sorted.count {
            if sorted[first].hash == sorted[next].hash, isSameKey(sorted[first], sorted[next]) {
                refuseRepeated(sorted[next], first: sorted[first])
            } else {
                first = next
            }
        }
    }

    /// By hash, then text, then place: keys made to have equal hashes cost no more than a sort.
    private func comesBefore(_ left: Key, _ right: Key) -> Bool {
        if left.hash != right.hash { return left.hash < right.hash }
        let (one, other) = (keyText(left), keyText(right))
        if one.lexicographicallyPrecedes(other) { return true }
        if other.lexicographicallyPrecedes(one) { return false }
        return left.index < right.index
    }

    private func keyText(_ key: Key) -> ArraySlice<UInt8> { document.text[document.nodes[Int(key.index)].textRange] }

    private func isSameKey(_ left: Key, _ right: Key) -> Bool {
        let (one, other) = (document.nodes[Int(left.index)], document.nodes[Int(right.index)])
        guard one.kind == .scalar, other.kind == .scalar, one.length == other.length else { return false }
        return keyText(left).elementsEqual(keyText(right))
    }

    private mutating func refuseRepeated(_ later: Key, first: Key) {
        let node = document.nodes[Int(later.index)]
        guard !node.isRefused else { return }
        document.nodes[Int(later.index)].isRefused = true
        // A second `<<` is a merge key like the first.
        guard document.string(node) != "<<" else { return reportMergeKey(node) }
        let earlier = document.nodes[Int(first.index)].range
        report(
            Diagnostic(
                .repeatedSetting, "`\(document.string(node))` stands twice in one mapping",
                at: Diagnostic.Label(file: source.path, range: node.range, text: "again here"),
                secondary: [Diagnostic.Label(file: source.path, range: earlier, text: "first here")],
                helps: [Diagnostic.Help("keep one of them")]))
    }

    private mutating func refuseMergeKeys(from firstKey: Int) {
        for key in keys[firstKey...] where key.hash == Self.mergeKeyHash {
            let node = document.nodes[Int(key.index)]
            guard !node.isRefused, node.style == .plain, document.string(node) == "<<" else { continue }
            document.nodes[Int(key.index)].isRefused = true
            reportMergeKey(node)
        }
    }

    private static let mergeKeyHash = keyHash(Array("<<".utf8), 0..<2)

    private mutating func reportMergeKey(_ node: YAMLNode) {
        report(
            "merge keys (`<<`) are not read", at: node.range,
            help: "write the settings out, or use `extends`, `defaults` or a shared step")
    }

    /// Refuses a key that is no scalar.
    mutating func refuseKey(_ index: Int) {
        let node = document.nodes[index]
        document.nodes[index].isRefused = true
        let found =
            switch node.kind {
            case .sequence: "a list"
            case .mapping: "a mapping"
            case .alias, .scalar: "an alias"
            }
        report(
            "a key is a word, found \(found)",
            at: SourceRange(start: Int(node.start), end: max(Int(node.start) + 1, Int(node.end))))
    }

    mutating func refuseTag(_ event: YAMLEvent) {
        var end = event.start
        while end < source.bytes.count, source.bytes[end] > 0x20, source.bytes[end] != 0x2C { end += 1 }
        report(
            "YAML tags are not used here", at: SourceRange(start: event.start, end: end),
            help: "remove the tag; types follow from the setting")
    }

    mutating func refuseDocument(_ event: YAMLEvent) {
        report(
            "a policy file is one YAML document, and a second one begins here",
            at: SourceRange(start: event.start, end: event.end), help: "move it to a file of its own")
    }

    mutating func refuseDepth(_ event: YAMLEvent) {
        report(
            Diagnostic(
                .limitExceeded, "lists and mappings are nested more than \(Limits.nesting) deep",
                at: Diagnostic.Label(file: source.path, range: SourceRange(start: event.start, end: event.start + 1))))
        cutShort()
    }

    mutating func report(_ message: String, at range: SourceRange, label: String = "", help: String? = nil) {
        report(
            Diagnostic(
                .yamlShape, message, at: Diagnostic.Label(file: source.path, range: range, text: label),
                helps: help.map { [Diagnostic.Help($0)] } ?? []))
    }

    private mutating func report(_ diagnostic: Diagnostic) {
        guard document.diagnostics.count < Limits.diagnosticsPerFile else { return }
        document.diagnostics.append(diagnostic)
    }
}
