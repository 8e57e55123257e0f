// SPDX-License-Identifier: Apache-2.0

import WeirEvents
import WeirPolicy

/// What routing an event costs, and whether that depends on how much is bound.
enum EventBench {
    private static let exchange = QualifiedName(package: "bench", name: "events")
    private static let rounds = 2000

    static func run(_ report: inout Report) {
        report.title("events")
        let keys = (0..<50).map { "family-\($0).type-\($0 * 7 % 97).region-\($0 % 9)" }
        let (small, large) = (router(bindings: 100), router(bindings: 10_000))
        let (few, many) = Measure.medians {
            route(small, keys)
        } _: {
            route(large, keys)
        }
        let routes = Double(keys.count * rounds)
        report.row("a route over 100 bindings", few / routes, "ns")
        report.row("a route over 10,000 bindings", many / routes, "ns")
        report.row("10,000 bindings to 100", many / few, "times", .atMost(2))
        BusBench.run(&report)
    }

    private static func route(_ router: EventRouter, _ keys: [String]) {
        for _ in 0..<rounds {
            for key in keys { keep(router.route(key, through: exchange)) }
        }
    }

    /// Bindings of which two match each key, however many there are: one exact, one with wildcards.
    private static func router(bindings count: Int) -> EventRouter {
        let subscriptions = (0..<count / 2).map { number in
            SubscriptionNode(
                name: QualifiedName(package: "bench", name: "s\(number)"),
                sources: [
                    .init(
                        exchange: exchange,
                        patterns: [
                            "family-\(number).type-\(number * 7 % 97).region-\(number % 9)", "family-\(number).#",
                        ])
                ], queue: QualifiedName(package: "bench", name: "q\(number)"), deliveries: [])
        }
        return EventRouter(EventTopology(exchanges: [ExchangeNode(name: exchange)], subscriptions: subscriptions))
    }
}
