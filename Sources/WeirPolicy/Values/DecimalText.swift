// SPDX-License-Identifier: Apache-2.0

/// Exact decimal text for fixed-point integers; no floating point, so equal values always print equal text.
enum DecimalText {
    /// Writes `value / 10^scale` without trailing zeros: 125000 at scale 4 is `12.5`.
    static func write(_ value: Int64, scale: Int) -> String {
        var divisor: Int64 = 1
        for _ in 0..<scale { divisor *= 10 }
        let whole = value / divisor
        var fraction = String(value % divisor)
        guard fraction != "0" else { return String(whole) }
        fraction = String(repeating: "0", count: scale - fraction.utf8.count) + fraction
        while fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
        return "\(whole).\(fraction)"
    }
}
