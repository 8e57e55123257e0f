// SPDX-License-Identifier: Apache-2.0

/// A thing that had another name before: what lives under the old one goes on under the new one.
public struct Rename: Sendable, Hashable {
    /// What was renamed.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case policy, service, operation, breaker, bulkhead, limit, retry, budget
    }

    /// What was renamed.
    public let kind: Kind
    /// The name it had.
    public let old: QualifiedName
    /// The name it has.
    public let new: QualifiedName

    /// A rename.
    public init(kind: Kind, old: QualifiedName, new: QualifiedName) {
        self.kind = kind
        self.old = old
        self.new = new
    }
}

extension Rename: Comparable {
    /// By kind, then by the new name.
    public static func < (left: Rename, right: Rename) -> Bool {
        (left.kind.rawValue, left.new, left.old) < (right.kind.rawValue, right.new, right.old)
    }
}

extension Rename {
    var json: JSON {
        var rename = ObjectBuilder()
        rename.set("kind", kind.rawValue)
        rename.set("was", old)
        rename.set("is", new)
        return rename.json
    }

    init(_ value: JSON, path: String) throws(GraphReadError) {
        var rename = try ObjectReader(value, path: path)
        let kind = try rename.required("kind", "a kind") { $0.asWord(Kind.self) }
        let old = try rename.required("was", "a name", \.asString)
        let new = try rename.required("is", "a name", \.asString)
        try rename.finish()
        func name(_ text: String) -> QualifiedName {
            kind == .operation ? QualifiedName(operation: text) : QualifiedName(full: text)
        }
        self.init(kind: kind, old: name(old), new: name(new))
    }
}
