// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The one source of chance of an engine: jitter is drawn from it, and from nothing else.
///
/// With a seed, a program that draws from one task at a time sees the same numbers in each run. Any thread may draw.
public final class EngineRandom: Sendable {
    private let state: Atomic<UInt64>

    /// A source that starts at the seed.
    public init(seed: UInt64) { state = Atomic(seed) }

    /// A source that starts somewhere else in each process.
    public convenience init() {
        var system = SystemRandomNumberGenerator()
        self.init(seed: system.next())
    }

    /// The next 64 random bits.
    public func next() -> UInt64 {
        SeededGenerator.mix(state.wrappingAdd(SeededGenerator.step, ordering: .relaxed).newValue)
    }

    /// The next fraction in 0 ..< 1.
    public func nextFraction() -> Double { next().unitFraction }
}
