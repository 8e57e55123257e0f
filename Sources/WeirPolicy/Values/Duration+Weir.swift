// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// The longest duration that a policy may state: a year of 366 days.
    public static let weirLongest: Duration = .seconds(366 * 86_400)

    /// Nanoseconds, held within what 63 bits hold (292 years); a negative duration is negative.
    public var nanosecondsClamped: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return carry ? (seconds < 0 ? .min : .max) : sum
    }

    /// The one way the language writes this duration: the largest units first, no zero parts; `1m30s`, `250ms`, `0s`.
    ///
    /// Two durations are equal exactly when their texts are; below a microsecond is cut off.
    public var weirText: String {
        var rest = nanosecondsClamped / 1000
        guard rest > 0 else { return "0s" }
        var text = ""
        for (unit, size) in Self.weirUnits where rest >= size {
            text += "\(rest / size)\(unit)"
            rest %= size
        }
        return text
    }

    private static let weirUnits: [(String, Int64)] = [
        ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000), ("ms", 1000), ("us", 1),
    ]
}
