// SPDX-License-Identifier: Apache-2.0

public import WeirResilience

/// Troubles that a transport in memory makes on purpose, so that tests see what a broker does on a bad day; shares in 0 ... 1.
public struct MemoryFaults: Sendable {
    /// The share of messages that are taken, and of which the publisher hears nothing.
    public var lostConfirms: Double
    /// The share of messages that get lost on the way to the broker, of which the publisher hears nothing either.
    public var lostPublishes: Double
    /// The share of messages that are refused.
    public var refusals: Double
    /// The share of acknowledgements that get lost; the messages come again after ``MemoryTransport/interrupt()``.
    public var lostAcknowledgements: Double
    /// Where chance comes from.
    public var random: EngineRandom

    /// No troubles, but those that are named.
    public init(
        lostConfirms: Double = 0, lostPublishes: Double = 0, refusals: Double = 0, lostAcknowledgements: Double = 0,
        random: EngineRandom = EngineRandom()
    ) {
        self.lostConfirms = lostConfirms
        self.lostPublishes = lostPublishes
        self.refusals = refusals
        self.lostAcknowledgements = lostAcknowledgements
        self.random = random
    }

    func hits(_ share: Double) -> Bool { share > 0 && random.nextFraction() < share }
}
