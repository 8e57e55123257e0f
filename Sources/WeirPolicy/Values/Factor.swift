// SPDX-License-Identifier: Apache-2.0

/// By how much something grows from step to step, kept exactly in thousandths; written `2x` or `1.5x`.
public struct Factor: Sendable, Hashable, Comparable {
    /// The largest factor that a policy may state.
    public static let largest = Factor(unchecked: 100_000)

    /// The factor in thousandths, 1,000 to 100,000.
    public let thousandths: Int32

    /// A factor in thousandths.
    /// - Throws: ``InvalidValue`` when it is below 1x or above 100x.
    public init(thousandths: Int) throws(InvalidValue) {
        try require(
            (1000...100_000).contains(thousandths), "factor", "\(Double(thousandths) / 1000)x", "between 1x and 100x")
        self.init(unchecked: Int32(thousandths))
    }

    init(unchecked thousandths: Int32) { self.thousandths = thousandths }

    /// A whole factor, held within 1 to 100.
    public static func times(_ value: Int) -> Factor { Factor(unchecked: Int32(min(max(value, 1), 100)) * 1000) }

    /// The factor for arithmetic.
    public var value: Double { Double(thousandths) / 1000 }

    /// Whether the larger factor is the right one.
    public static func < (left: Factor, right: Factor) -> Bool { left.thousandths < right.thousandths }
}

extension Factor: CustomStringConvertible {
    /// The factor as the language writes it: `1.5x`.
    public var description: String { DecimalText.write(Int64(thousandths), scale: 3) + "x" }
}
