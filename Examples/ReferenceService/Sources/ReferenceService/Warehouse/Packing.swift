// SPDX-License-Identifier: Apache-2.0

import Weir
import WeirEvents
import WeirResilience

/// Packs what was ordered: hears of it on the bus, and has the warehouse do it over HTTP.
struct Packing: Sendable {
    /// What no box of the warehouse holds.
    static let tooHeavy: Set<String> = ["anvil"]

    private let warehouse: ServerAddress
    private let http: HTTPCaller

    init(at warehouse: StandIn, http: HTTPCaller) {
        self.warehouse = warehouse.address
        self.http = http
    }

    /// Says what handles parcels; before the bus runs.
    func subscribe(_ bus: EventBus) {
        bus.subscribe("parcels", as: PlacedOrder.self) { order, _, _ in try await pack(order) }
    }

    /// Returning means packed; what is thrown decides by the policy's `redeliver` what becomes of the event.
    private func pack(_ order: PlacedOrder) async throws {
        guard !Self.tooHeavy.contains(order.article) else { throw BrokenParcel(article: order.article) }
        let reply = try await http.send("POST", "\(try await warehouse.base)/pack?order=\(order.order)")
        guard reply.status == 200 else { throw NotPacked(status: reply.status) }
    }
}

/// The payload of `order.placed`.
struct PlacedOrder: Codable, Sendable {
    let order: Int
    let article: String

    static let type = "order.placed"
}

/// A parcel that no further attempt packs: the policy parks it by this name.
struct BrokenParcel: Error, CustomStringConvertible {
    let article: String
    var description: String { "no box holds an \(article)" }
}

/// The warehouse did not pack a parcel; it may the next time.
struct NotPacked: OutcomeDescribing, CustomStringConvertible {
    let status: Int
    var callOutcome: CallOutcome { .status(status) }
    var description: String { "the warehouse answered \(status)" }
}
