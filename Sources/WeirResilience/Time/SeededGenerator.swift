// SPDX-License-Identifier: Apache-2.0

/// A small, fast generator of random numbers that gives the same numbers for the same seed (SplitMix64, Steele et al.
/// 2014).
///
/// Not for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    private var state: UInt64

    /// A generator that starts at the seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= Self.step
        return Self.mix(state)
    }

    @inline(__always)
    static func mix(_ state: UInt64) -> UInt64 {
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension UInt64 {
    /// These random bits as a fraction in 0 ..< 1, in steps of 2^-53.
    var unitFraction: Double { Double(self >> 11) * 0x1p-53 }
}
