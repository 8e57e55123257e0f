// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// A thing that the files declare, with the place and the words of its declaration.
public struct Declaration: Sendable, Hashable {
    /// The kinds of things; each has its own namespace in a package.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case policy, service, operation, api
        case breaker = "shared breaker"
        case bulkhead = "shared bulkhead"
        case limit = "shared limit"
        case retry = "shared retry"
        case budget = "shared budget"
        case constant, environment
        case event, exchange, queue, subscription, bus, saga, audit
        case chaosProfile = "chaos profile"
    }

    /// What it is.
    public let kind: Kind
    /// Its full name; an operation's is `service.operation` in its package.
    public let name: QualifiedName
    /// Where its name stands.
    public let place: SourcePlace
    /// The `##` text above it, or its `description`.
    public let documentation: String?
}
