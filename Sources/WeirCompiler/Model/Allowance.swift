// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// An `allow` statement: the rules it silences, why and for how long.
public struct Allowance: Sendable, Hashable {
    /// Where it holds.
    public enum Scope: Sendable, Hashable {
        case file
        /// A policy, in one environment or in all.
        case policy(QualifiedName, environment: String?)
        case service(QualifiedName)
        case operation(QualifiedName, environment: String?)
        case environment(String)
        /// An exchange, a queue, a subscription or another thing declared about events.
        case declaration(Declaration.Kind, QualifiedName)
        /// An API, or one of its versions.
        case api(QualifiedName)
    }

    /// The names of the rules, as written.
    public let rules: [String]
    /// The reason.
    public let because: String
    /// The day from which the rules hold again, as `2026-12-31`; nil: none.
    public let until: String?
    /// Where it holds.
    public let scope: Scope
    /// Where it is written.
    public let place: SourcePlace
}
