// SPDX-License-Identifier: Apache-2.0

/// An entry of a mapping, or an item of a list, that is to be written as YAML, with the comments around it.
struct YAMLPart {
    /// What stands there.
    indirect enum Content {
        case scalar(YAMLText)
        case list([YAMLPart])
        case mapping([YAMLPart])
    }

    /// The key of an entry; nil for an item.
    let key: YAMLText?
    var content: Content
    /// Whether it never stands on one line with what it holds, because it holds declarations.
    var isOpen = false
    var comments = CommentMap.Places()

    init(_ key: String? = nil, _ content: Content, isOpen: Bool = false) {
        self.init(key: key.map { YAMLText(value: $0) }, content, isOpen: isOpen)
    }

    init(key: YAMLText?, _ content: Content, isOpen: Bool = false) {
        self.key = key
        self.content = content
        self.isOpen = isOpen
    }

    /// The entries or items that it holds.
    var parts: [YAMLPart] {
        get {
            switch content {
            case .scalar: []
            case .list(let parts), .mapping(let parts): parts
            }
        }
        set {
            switch content {
            case .scalar: break
            case .list: content = .list(newValue)
            case .mapping: content = .mapping(newValue)
            }
        }
    }
}

extension [YAMLPart] {
    /// Adds a part below a path of keys, whose containers are made where they are missing, the last as what is given.
    /// - Parameter isOpen: whether the last container stands over several lines; those around it always do.
    /// - Returns: whether there was room: a mapping holds each key once.
    mutating func add(
        _ part: YAMLPart, below path: ArraySlice<String> = [], in container: YAMLPart.Content = .mapping([]),
        isOpen: Bool = false
    ) -> Bool {
        guard let key = path.first else {
            if let key = part.key, contains(where: { $0.key == key }) { return false }
            append(part)
            return true
        }
        if !contains(where: { $0.key?.text == key }) {
            append(YAMLPart(key, path.count == 1 ? container : .mapping([])))
        }
        guard let index = firstIndex(where: { $0.key?.text == key }) else { return false }
        if case .scalar = self[index].content { return false }
        if isOpen || path.count > 1 { self[index].isOpen = true }
        return self[index].parts.add(part, below: path.dropFirst(), in: container, isOpen: isOpen)
    }
}
