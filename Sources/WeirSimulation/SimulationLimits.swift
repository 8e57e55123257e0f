// SPDX-License-Identifier: Apache-2.0

/// The bounds within which a story is played; a story beyond them ends with a problem instead of a result.
public struct SimulationLimits: Sendable, Hashable {
    /// The events that may happen.
    public var mostEvents = 5_000_000
    /// The length of a story in virtual time.
    public var longestStory: Duration = .seconds(366 * 86_400)
    /// How deep calls may make calls.
    public var deepestCall = 32
    /// The entries that the trace keeps; later ones are counted only.
    public var longestTrace = 1_000_000

    /// The bounds that hold where none are named.
    public init() {}
}
