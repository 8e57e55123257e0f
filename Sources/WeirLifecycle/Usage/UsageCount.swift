// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// How often a consumer called a route of a version on a day.
public struct UsageCount: Sendable, Hashable {
    /// Who called what, when.
    public struct Key: Sendable, Hashable {
        /// The API's full name.
        public let api: String
        /// The consumer; ``UsageBook/unknown`` where a request named none.
        public let consumer: String
        /// The version.
        public let version: ApiVersion
        /// Method and path of the route, such as `GET /orders/{id}`; empty for requests that lead to none.
        public let route: String
        /// The day, in UTC.
        public let day: CalendarDate

        /// A key.
        public init(api: String, consumer: String, version: ApiVersion, route: String, day: CalendarDate) {
            self.api = api
            self.consumer = consumer
            self.version = version
            self.route = route
            self.day = day
        }
    }

    /// Who called what, when.
    public let key: Key
    /// How many calls were served.
    public var served: Int64
    /// How many were refused because of a brownout or a sunset.
    public var refused: Int64

    /// A count.
    public init(key: Key, served: Int64, refused: Int64) {
        self.key = key
        self.served = served
        self.refused = refused
    }
}

extension UsageCount {
    /// The count as stores export it: the members `api`, `consumer`, `version`, `route`, `day`, `served` and `refused`.
    public var json: JSON {
        .object([
            "api": .string(key.api), "consumer": .string(key.consumer), "version": .string("\(key.version)"),
            "route": .string(key.route), "day": .string("\(key.day)"), "served": .integer(served),
            "refused": .integer(refused),
        ])
    }

    /// Reads what ``json`` writes, other members aside; nil for all else.
    public init?(_ json: JSON) {
        guard case .object(let members) = json else { return nil }
        func text(_ name: String) -> String? { if case .string(let text)? = members[name] { text } else { nil } }
        func number(_ name: String) -> Int64? { if case .integer(let number)? = members[name] { number } else { nil } }
        guard let api = text("api"), let consumer = text("consumer"),
            let version = text("version").flatMap({ ApiVersion($0) }),
            let route = text("route"), let day = text("day").flatMap({ Instant($0) }), let served = number("served"),
            let refused = number("refused")
        else { return nil }
        self.init(
            key: Key(api: api, consumer: consumer, version: version, route: route, day: day.date), served: served,
            refused: refused)
    }
}
