// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// What makes a live state the same one after a reload: its kind, whose it is, and which of that kind.
public struct StateKey: Sendable, Hashable, CustomStringConvertible {
    /// The kind of step; `retry` stands for its budget.
    public let kind: StepKind
    /// The shared step, or the owner of the pipeline.
    public let owner: QualifiedName
    /// Whether ``owner`` names a shared step.
    public let isShared: Bool
    /// Which of the steps of this kind in the pipeline, from 0; 0 for a shared step.
    public let ordinal: Int

    /// A key.
    public init(kind: StepKind, owner: QualifiedName, isShared: Bool = false, ordinal: Int = 0) {
        self.kind = kind
        self.owner = owner
        self.isShared = isShared
        self.ordinal = ordinal
    }

    /// `breaker payments.authorize`, with `#2` for a second one.
    public var description: String {
        "\(kind.rawValue) \(owner)\(ordinal > 0 ? " #\(ordinal + 1)" : "")"
    }
}

/// What a new graph does to one live state.
public struct StateChange: Sendable, Hashable, CustomStringConvertible {
    /// What happens.
    public enum Effect: String, Sendable, Hashable {
        /// The definition did not change, so the state goes on.
        case kept
        /// There was no such state.
        case new
        /// The definition changed, so a fresh state begins.
        case changed
        /// Nothing uses the state any more; it is parked for a while, so that a quick return finds it.
        case retired
    }

    /// Which state.
    public let key: StateKey
    /// What happens to it.
    public let effect: Effect

    /// One line: the effect and the key.
    public var description: String { "\(effect.rawValue): \(key)" }
}
