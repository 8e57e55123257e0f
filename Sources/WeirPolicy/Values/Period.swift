// SPDX-License-Identifier: Apache-2.0

/// A span of the calendar: months, or days; written `12 months` or `90 days`.
public struct Period: Sendable, Hashable {
    /// What it is counted in.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        case day, week, month, year
    }

    /// The longest, in any unit.
    public static let largestCount = 10_000

    /// How many units, 1 to 10,000.
    public let count: Int
    /// The unit.
    public let unit: Unit

    /// A span.
    /// - Throws: ``InvalidValue`` when the count is not within 1 to 10,000.
    public init(_ count: Int, _ unit: Unit) throws(InvalidValue) {
        try require((1...Self.largestCount).contains(count), "period", "\(count) \(unit.rawValue)s", "1 to 10,000")
        self.count = count
        self.unit = unit
    }

    /// Reads what ``description`` writes; nil for all else.
    public init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let count = Int(parts[0]),
            let unit = Unit.allCases.first(where: { $0.rawValue == parts[1] || "\($0.rawValue)s" == parts[1] }),
            let period = try? Period(count, unit)  // Out of bounds is as unreadable as no period at all.
        else { return nil }
        self = period
    }

    /// The moment so much later: months keep the day of the month, or take the last one of a shorter month, and always the
    /// time of the day; 2024-02-29 and 12 months are 2025-02-28.
    public func after(_ start: Instant) -> Instant {
        switch unit {
        case .day, .week:
            return Instant(secondsSince1970: start.secondsSince1970 + Int64(count * (unit == .day ? 1 : 7)) * 86_400)
        case .month, .year:
            let date = start.date.adding(months: count * (unit == .month ? 1 : 12))
            return Instant(secondsSince1970: Instant(date).secondsSince1970 + Int64(start.secondsOfDay))
        }
    }
}

extension Period: CustomStringConvertible {
    /// The span as the language writes it: `1 month`, `12 months`.
    public var description: String { "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")" }
}
