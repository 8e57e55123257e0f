// SPDX-License-Identifier: Apache-2.0

import Weir
import WeirEvents
import WeirPolicy

extension StoryTeller {
    /// What becomes of the events of orders: packed, tried again, kept, told twice.
    var chaptersOfEvents: [Chapter] {
        [
            Chapter("Orders are packed, by who hears of them on the bus") {
            } sights: {
                Sight.bus("orders are packed") { $0.count { $0.name == .handled } >= 5 }
            },
            Chapter("The warehouse fails") {
                try await tellWarehouse("is=failing&status=503")
            } sights: {
                Sight.bus("an order is tried three times, with its waits between, then kept with the reason") {
                    Self.isGivenUp($0, after: 3)
                }
            },
            Chapter("The warehouse opens again") {
                try await tellWarehouse("is=healthy")
                system.chronicle.note(.answer(try await system.http.ask("GET", try await front("status"), as: "me")))
            } sights: {
                Sight.bus("what waited for its next attempt is packed") { events in
                    events.contains { $0.name == .handled && $0.attempt > 1 }
                }
                Sight.answer("what was given up is kept, and counted") {
                    $0.text.contains("parcels-dead: ") && !$0.text.contains("parcels-dead: 0 ")
                }
            },
            Chapter("An order that nobody can ever pack") {
                try await publish("anvil-1", article: "anvil")
            } sights: {
                Sight.bus("it is kept after one attempt, because the policy parks it") { events in
                    let own = events.filter { $0.id == "anvil-1" }
                    return own.contains { $0.name == .deadLettered && $0.reason == "parked" && $0.attempt == 1 }
                }
            },
            Chapter("The same event comes twice") {
                try await publish("twice-1", article: "cup")
                try await publish("twice-1", article: "cup")
            } sights: {
                Sight.bus("it is packed once, and the second is dropped") { events in
                    let own = events.filter { $0.id == "twice-1" }.map(\.name)
                    return own.count { $0 == .handled } == 1 && own.contains(.remembered)
                }
            },
            Chapter("What is no event of ours") {
                system.chronicle.note(
                    .answer(
                        try await system.http.send(
                            Event("order.lost", data: .none, id: "lost-1", source: "/story"),
                            to: try await front("events"))))
            } sights: {
                Sight.answer("is refused with the reason") { $0.status == 422 && $0.text.contains("[unknown-type]") }
            },
            Chapter("A policy is edited: two attempts instead of three") {
                try policies.edit(
                    "redeliver up to 3 attempts", to: "redeliver up to 2 attempts", in: "shop/events.weir")
            } sights: {
                Sight.reload("the new policies are in force") { if case .applied = $0.outcome { true } else { false } }
            },
            Chapter("The warehouse fails under the new policy") {
                try await tellWarehouse("is=failing&status=500")
            } sights: {
                Sight.bus("an order is kept after two attempts") { Self.isGivenUp($0, after: 2) }
            },
            Chapter("The warehouse opens for good") {
                try await tellWarehouse("is=healthy")
            } sights: {
                Sight.bus("orders are packed again") { $0.count { $0.name == .handled } >= 5 }
            },
        ]
    }

    /// Whether one event failed so often, attempt by attempt, and was then given up for that.
    private static func isGivenUp(_ events: [BusEvent], after attempts: Int) -> Bool {
        events.contains { end in
            guard end.name == .deadLettered, end.reason == "exhausted", end.attempt == attempts else { return false }
            return events.filter { $0.id == end.id && $0.name == .failed }.map(\.attempt) == Array(1...attempts)
        }
    }

    private func publish(_ id: String, article: String) async throws {
        let event = Event(
            PlacedOrder.type, data: .json(["order": 0, "article": .string(article)]), id: id, source: "/story")
        let answer = try await system.http.send(event, to: try await front("events"))
        guard answer.status == 202 else { throw StoryError(missing: "an event that is taken: \(answer.text)") }
    }

    private func front(_ path: String) async throws -> String { "\(try await system.front.address.base)/\(path)" }

    private func tellWarehouse(_ query: String) async throws {
        let reply = try await system.http.send("PUT", "\(system.warehouse.address.base)/behaviour?\(query)")
        guard reply.status == 200 else { throw StoryError(missing: "an answer to `\(query)`: \(reply.text)") }
    }
}

extension Sight {
    /// What the bus did with events.
    static func bus(_ words: String, where isMeant: @escaping ([BusEvent]) -> Bool) -> Sight {
        Sight(words) { happenings in
            isMeant(happenings.compactMap { if case .bus(let event) = $0 { event } else { nil } })
        }
    }
}
