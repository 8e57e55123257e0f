// SPDX-License-Identifier: Apache-2.0

/// A share of a whole from 0 to 1, kept exactly in millionths; written `50%` or `0.1%`.
public struct Ratio: Sendable, Hashable, Comparable {
    /// The share in millionths, 0 to 1,000,000.
    public let millionths: Int32

    /// No share at all.
    public static let zero = Ratio(unchecked: 0)
    /// The whole.
    public static let one = Ratio(unchecked: 1_000_000)

    /// A share in millionths.
    /// - Throws: ``InvalidValue`` when it is below 0 or above 1,000,000.
    public init(millionths: Int) throws(InvalidValue) {
        try require(
            (0...1_000_000).contains(millionths), "percent", "\(Double(millionths) / 10_000)%", "between 0% and 100%")
        self.init(unchecked: Int32(millionths))
    }

    init(unchecked millionths: Int32) { self.millionths = millionths }

    /// A whole number of percent, held within 0 to 100.
    public static func percent(_ value: Int) -> Ratio { Ratio(unchecked: Int32(min(max(value, 0), 100)) * 10_000) }

    /// The share as a fraction, for arithmetic with measured values.
    public var fraction: Double { Double(millionths) / 1_000_000 }

    /// Whether the larger share is the right one.
    public static func < (left: Ratio, right: Ratio) -> Bool { left.millionths < right.millionths }
}

extension Ratio: CustomStringConvertible {
    /// The share as the language writes it: `12.5%`.
    public var description: String { DecimalText.write(Int64(millionths), scale: 4) + "%" }
}
