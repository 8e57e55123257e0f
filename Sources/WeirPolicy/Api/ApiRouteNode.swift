// SPDX-License-Identifier: Apache-2.0

/// A route of a version: which operation answers, and, where it ends before its version does, when.
public struct ApiRouteNode: Sendable, Hashable {
    /// The HTTP method, such as `POST`.
    public let method: String
    /// The path below base and version, with parameters in braces.
    public let path: String
    /// The operation that answers.
    public let operation: QualifiedName
    /// From when on it is deprecated; nil: with its version.
    public let deprecated: Instant?
    /// From when on it is not served; nil: with its version.
    public let sunset: Instant?
    /// What takes its place: a path or an address.
    public let successor: String?
    /// A page that helps to move away.
    public let guide: String?
    /// Why it ends.
    public let reason: String?

    /// A route.
    public init(
        method: String, path: String, operation: QualifiedName, deprecated: Instant? = nil, sunset: Instant? = nil,
        successor: String? = nil, guide: String? = nil, reason: String? = nil
    ) {
        self.method = method
        self.path = path
        self.operation = operation
        self.deprecated = deprecated
        self.sunset = sunset
        self.successor = successor
        self.guide = guide
        self.reason = reason
    }
}
