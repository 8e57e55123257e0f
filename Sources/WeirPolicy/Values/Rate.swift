// SPDX-License-Identifier: Apache-2.0

/// A count per window of time, kept as written; `100/s`, `20/m`, `5/100ms`.
public struct Rate: Sendable, Hashable {
    /// How many in each window, not negative.
    public let count: Int
    /// The window, longer than zero.
    public let window: Duration

    /// A count per window.
    /// - Throws: ``InvalidValue`` when the count is negative or the window is not longer than zero.
    public init(count: Int, window: Duration) throws(InvalidValue) {
        try require(count >= 0, "rate", "\(count)", "0 or more")
        try require(window > .zero, "rate", "\(count)/\(window.weirText)", "over a window longer than 0s")
        self.init(unchecked: count, window: window)
    }

    init(unchecked count: Int, window: Duration) {
        self.count = count
        self.window = window
    }

    /// A count per second; a negative count is zero.
    public static func perSecond(_ count: Int) -> Rate { Rate(unchecked: max(count, 0), window: .seconds(1)) }

    /// The rate per second, for arithmetic with measured values.
    public var perSecond: Double { Double(count) * 1e9 / Double(window.nanosecondsClamped) }
}

extension Rate: CustomStringConvertible {
    /// The rate as the language writes it: `100/s`, `5/100ms`.
    public var description: String {
        let text = window.weirText
        return text.hasPrefix("1") && text.utf8.dropFirst().allSatisfy { $0 > UInt8(ascii: "9") }
            ? "\(count)/\(text.dropFirst())" : "\(count)/\(text)"
    }
}
