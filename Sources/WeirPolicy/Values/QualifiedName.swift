// SPDX-License-Identifier: Apache-2.0

/// The full name of a declared thing: its package and its name in it, `shop.checkout.card-payments`.
///
/// An operation's name has two parts, `payments.authorize`; its package comes before them.
public struct QualifiedName: Sendable, Hashable, Comparable {
    /// The package's path, empty for files that stand in no package.
    public let package: String
    /// The name inside the package; for an operation `service.operation`.
    public let name: String

    /// A name in a package.
    public init(package: String, name: String) {
        self.package = package
        self.name = name
    }

    /// Orders by package, then by name, as bytes.
    public static func < (left: QualifiedName, right: QualifiedName) -> Bool {
        left.package == right.package ? left.name < right.name : left.package < right.package
    }
}

extension QualifiedName: CustomStringConvertible {
    /// Package and name joined by a dot.
    public var description: String { package.isEmpty ? name : "\(package).\(name)" }
}

extension QualifiedName {
    /// Whether this is the name in full or the end of it after a dot.
    public func answers(to text: String) -> Bool {
        let full = description
        return full == text || full.hasSuffix("." + text)
    }
}
