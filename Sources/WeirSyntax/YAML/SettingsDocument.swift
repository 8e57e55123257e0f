// SPDX-License-Identifier: Apache-2.0

/// A YAML file of settings outside of the language, such as `weir.yaml`: keys in mappings, each with one type of value.
public struct SettingsDocument: Sendable {
    /// What a key takes.
    public enum Kind: Sendable, Hashable {
        case text, texts, duration
    }

    /// What a file gives for a key.
    public enum Content: Sendable, Hashable {
        case text(String)
        case texts([String])
        case duration(Duration)
    }

    /// A value and where it stands.
    public struct Setting: Sendable, Hashable {
        /// The value.
        public let content: Content
        /// Its place in the file.
        public let range: SourceRange
    }

    /// The settings by path, such as `watch.debounce`.
    public private(set) var settings: [String: Setting] = [:]
    /// What is wrong with the file.
    public private(set) var diagnostics: [Diagnostic] = []

    private let source: SourceFile
    private let known: [String: Kind]
    private let document: YAMLDocument

    /// Reads a file as far as it is sound; waits for nothing and never fails.
    /// - Parameter known: the keys by path, with a dot between the key of a mapping and a key in it.
    public init(_ source: SourceFile, known: [String: Kind]) {
        self.source = source
        self.known = known
        if let fault = source.faultAsText() {
            document = YAMLDocument()
            diagnostics = [fault]
            return
        }
        document = YAMLComposer.compose(source, isASCII: source.bytes.reduce(0, |) < 0x80)
        diagnostics = document.diagnostics
        guard let root = document.nodes.first, !root.isNothing, !root.isRefused else { return }
        if root.kind == .mapping {
            readMapping(0, path: "")
        } else {
            report(.yamlShape, "a settings file is a mapping", at: 0)
        }
    }

    private mutating func readMapping(_ mapping: Int, path: String) {
        var key = mapping + 1
        while key < Int(document.nodes[mapping].subtreeEnd) {
            let value = Int(document.nodes[key].subtreeEnd)
            guard value < document.nodes.count else { return }
            let node = document.nodes[key]
            if !node.isRefused { read(key, value: document.resolve(value), path: path) }
            key = Int(document.nodes[value].subtreeEnd)
        }
    }

    private mutating func read(_ key: Int, value: Int, path: String) {
        let name = document.string(document.nodes[key])
        let whole = path.isEmpty ? name : "\(path).\(name)"
        if let kind = known[whole] { return readValue(value, kind, whole) }
        guard known.keys.contains(where: { $0.hasPrefix(whole + ".") }) else { return reportUnknown(key, name, path) }
        guard document.nodes[value].kind == .mapping else {
            if !document.nodes[value].isNothing { report(.yamlShape, "`\(whole)` takes a mapping", at: value) }
            return
        }
        readMapping(value, path: whole)
    }

    private mutating func readValue(_ value: Int, _ kind: Kind, _ path: String) {
        let node = document.nodes[value]
        guard !node.isRefused else { return }
        switch kind {
        case .text:
            guard node.kind == .scalar, !node.isNothing else {
                return report(.yamlShape, "`\(path)` takes a text", at: value)
            }
            settings[path] = Setting(content: .text(document.string(node)), range: node.range)
        case .duration:
            let text = document.text[node.textRange]
            guard node.kind == .scalar, !text.isEmpty, let length = Literal.duration(text) else {
                return report(.expectedValue, "`\(path)` takes a duration, such as `100ms`", at: value)
            }
            settings[path] = Setting(content: .duration(length), range: node.range)
        case .texts:
            guard node.kind == .sequence else {
                return report(.yamlShape, "`\(path)` takes a list of texts", at: value)
            }
            var texts: [String] = []
            var entry = value + 1
            while entry < Int(node.subtreeEnd) {
                let found = document.nodes[document.resolve(entry)]
                guard found.kind == .scalar, !found.isNothing else {
                    return report(.yamlShape, "an entry of `\(path)` is a text", at: entry)
                }
                texts.append(document.string(found))
                entry = Int(document.nodes[entry].subtreeEnd)
            }
            settings[path] = Setting(content: .texts(texts), range: node.range)
        }
    }

    private mutating func reportUnknown(_ key: Int, _ name: String, _ path: String) {
        let prefix = path.isEmpty ? "" : path + "."
        let keys = Set(
            known.keys.filter { $0.hasPrefix(prefix) }
                .compactMap { $0.dropFirst(prefix.count).split(separator: ".").first.map(String.init) }
        ).sorted()
        let shown = String(name.prefix(40))
        let place = path.isEmpty ? "" : " of `\(path)`"
        if let near = EditDistance.nearest(to: name, among: keys) {
            let edit = Diagnostic.Edit(file: source.path, range: document.nodes[key].range, replacement: near)
            return report(
                .unknownKeyword, "`\(shown)` is not a setting\(place)", at: key,
                Diagnostic.Help("did you mean `\(near)`?", edits: [edit], applicability: .safe))
        }
        let list = keys.map { "`\($0)`" }.joined(separator: ", ")
        report(
            .unknownKeyword, "`\(shown)` is not a setting\(place)", at: key,
            Diagnostic.Help("the settings here are \(list)"))
    }

    private mutating func report(_ id: DiagnosticID, _ message: String, at node: Int, _ help: Diagnostic.Help? = nil) {
        guard diagnostics.count < Limits.diagnosticsPerFile else { return }
        let range = document.nodes[node].range
        diagnostics.append(
            Diagnostic(
                id, message, at: Diagnostic.Label(file: source.path, range: range), helps: help.map { [$0] } ?? []))
    }
}
