// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// Who breaks on which sunset date, unless something happens.
public struct UsageReport: Sendable, Hashable {
    /// A consumer that still calls something that ends.
    public struct Row: Sendable, Hashable {
        /// The consumer.
        public let consumer: String
        /// What it calls.
        public let version: ApiVersion
        /// Method and path of the route; empty for calls that lead to none.
        public let route: String
        /// Its calls that were served, and those that a brownout or the sunset refused.
        public internal(set) var served, refused: Int64
        /// The last day that it called.
        public internal(set) var lastDay: CalendarDate
        /// When what it calls is switched off; for a consumer with a grace, when that ends.
        public let sunset: Instant
        /// Whole days until then; negative afterwards.
        public let daysLeft: Int
    }

    /// The API.
    public let api: QualifiedName
    /// The rows: the next sunset first, then whoever calls most.
    public let rows: [Row]

    /// A report on the counts of an API; those of others are left out.
    public init(_ lifecycle: ApiLifecycle, _ counts: [UsageCount], at now: Instant) {
        api = lifecycle.node.name
        var rows: [String: Row] = [:]
        for count in counts where count.key.api == lifecycle.node.name.description {
            guard let sunset = lifecycle.end(of: count.key) else { continue }
            let id = "\(count.key.consumer)\n\(count.key.version)\n\(count.key.route)"
            let days = sunset.date.daysSince1970 - now.date.daysSince1970
            var row =
                rows[id]
                ?? Row(
                    consumer: count.key.consumer, version: count.key.version, route: count.key.route, served: 0,
                    refused: 0, lastDay: count.key.day, sunset: sunset, daysLeft: days)
            row.served += count.served
            row.refused += count.refused
            row.lastDay = max(row.lastDay, count.key.day)
            rows[id] = row
        }
        self.rows = rows.values.sorted {
            ($0.sunset, -$0.served, $0.consumer, $0.route) < ($1.sunset, -$1.served, $1.consumer, $1.route)
        }
    }

    /// The report for programs.
    public var json: JSON {
        .object([
            "api": .string(api.description),
            "breaks": .array(
                rows.map { row in
                    .object([
                        "consumer": .string(row.consumer), "version": .string("\(row.version)"),
                        "route": .string(row.route), "served": .integer(row.served), "refused": .integer(row.refused),
                        "last_day": .string("\(row.lastDay)"), "sunset_at": .string("\(row.sunset)"),
                        "days_left": .integer(Int64(row.daysLeft)),
                    ])
                }),
        ])
    }
}

extension ApiLifecycle {
    /// When what was called ends for that consumer; nil: it has no end.
    fileprivate func end(of key: UsageCount.Key) -> Instant? {
        guard let place = names.place(of: key.version) else { return nil }
        let version = versions[place].node
        let route = version.routes.first { "\($0.method) \($0.path)" == key.route }
        if let own = route?.sunset, version.dates.sunset.map({ own < $0 }) ?? true { return own }
        return version.grace.first { $0.consumer == key.consumer }?.until ?? version.dates.sunset
    }
}
