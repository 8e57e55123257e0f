// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy
public import WeirResilience

/// One call that was made, from a caller's side: however many attempts it took, it is one.
public struct CallFact: Sendable, Hashable {
    /// Which call of the story, from 1, in the order in which they began.
    public let number: Int
    /// The operation that called; nil: the test itself.
    public let caller: QualifiedName?
    /// The operation that was called.
    public let operation: QualifiedName
    /// The policy that the call ran through.
    public let policy: QualifiedName?
    /// When it began.
    public let started: VirtualTime
    /// When the caller was answered.
    public let ended: VirtualTime
    /// The attempts that reached the operation.
    public let attempts: Int
    /// What the caller got.
    public let answer: Answer

    /// How long the caller waited.
    public var waited: VirtualTime { ended.since(started) }
}

/// One attempt that reached an operation.
public struct ArrivalFact: Sendable, Hashable {
    /// The operation.
    public let operation: QualifiedName
    /// When.
    public let at: VirtualTime
    /// The call that it belongs to.
    public let call: Int
    /// Which attempt of the call, from 1.
    public let attempt: Int
}

/// One change of a breaker's state.
public struct TransitionFact: Sendable, Hashable {
    /// The shared breaker, or the policy whose breaker it is.
    public let breaker: QualifiedName
    /// The operation whose calls it judges; nil for a shared breaker.
    public let owner: QualifiedName?
    /// When.
    public let at: VirtualTime
    /// What changed and why.
    public let transition: BreakerTransition
}

/// The state of one breaker at a moment that an expectation asks about.
public struct BreakerReading: Sendable, Hashable {
    /// The operation whose calls it judges, and the value of its scope key where it keeps one for each.
    public let label: String
    /// Where it stood.
    public let state: BreakerState
}
