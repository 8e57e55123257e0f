// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// An event in the hands of a subscription, as its rules see it.
public struct HeldEvent<Payload> {
    /// Tells it from the others in these hands.
    public let number: UInt64
    /// What its keeper needs of it.
    public let payload: Payload
    /// What it has in common with copies of itself; nil where nothing is remembered.
    public let onceKey: String?
    /// What it has in common with events that are handled after it; nil where the order is none, or it lacks the field.
    public let orderKey: FilterScalar?
    /// How often it was handed to its operation, the running time included.
    public internal(set) var attempts: Int
    /// When the first attempt began, in the clock's nanoseconds.
    public internal(set) var firstAttempt: UInt64
    /// What the waits remember from one to the next.
    public internal(set) var memory: UInt64
    /// Before this it is not handled; 0: at once.
    var notBefore: UInt64 = 0
    /// Where its keeper has it while it is handled.
    var place = -1

    /// An event that has just come.
    public init(
        number: UInt64, payload: Payload, onceKey: String? = nil, orderKey: FilterScalar? = nil, attempts: Int = 0,
        firstAttempt: UInt64 = 0, memory: UInt64 = 0
    ) {
        self.number = number
        self.payload = payload
        self.onceKey = onceKey
        self.orderKey = orderKey
        self.attempts = attempts
        self.firstAttempt = firstAttempt
        self.memory = memory
    }
}

extension HeldEvent: Sendable where Payload: Sendable {}
