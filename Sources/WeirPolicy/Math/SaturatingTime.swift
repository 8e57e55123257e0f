// SPDX-License-Identifier: Apache-2.0

/// Times in nanoseconds that stop at the largest instead of overflowing.
struct SaturatingTime: Sendable, Hashable {
    let nanoseconds: Int64

    static let zero = SaturatingTime(nanoseconds: 0)

    init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    init(_ duration: Duration) { nanoseconds = duration.nanosecondsClamped }

    var duration: Duration { .nanoseconds(nanoseconds) }

    static func + (left: SaturatingTime, right: SaturatingTime) -> SaturatingTime {
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(right.nanoseconds)
        return SaturatingTime(nanoseconds: overflow ? .max : sum)
    }

    static func * (left: SaturatingTime, count: Int) -> SaturatingTime {
        let (product, overflow) = left.nanoseconds.multipliedReportingOverflow(by: Int64(count))
        return SaturatingTime(nanoseconds: overflow ? .max : product)
    }

    /// The time times a factor in thousandths, rounded down.
    func scaled(thousandths: Int32) -> SaturatingTime {
        let (high, low) = nanoseconds.multipliedFullWidth(by: Int64(thousandths))
        guard high < 1000 else { return SaturatingTime(nanoseconds: .max) }
        let (quotient, _) = Int64(1000).dividingFullWidth((high, low))
        return SaturatingTime(nanoseconds: quotient)
    }
}
