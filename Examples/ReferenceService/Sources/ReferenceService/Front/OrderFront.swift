// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import ServiceLifecycle
import Synchronization
import Weir
import WeirEvents
import WeirPolicy
import WeirResilience

/// What clients talk to: takes orders over HTTP, tells of them on the bus, and says how Weir is doing.
final class OrderFront: Service {
    /// Where it listens, once it runs.
    let address = ServerAddress()
    private let port: Int
    private let weir: Weir
    private let bus: EventBus
    private let calls: ShopCalls
    private let chronicle: Chronicle
    private let storefront: Storefront
    private let orders = Atomic<Int>(0)
    private let clock = ContinuousClock()

    init(
        port: Int, weir: Weir, bus: EventBus, calls: ShopCalls, storefront: Storefront, chronicle: Chronicle
    ) {
        self.bus = bus
        self.storefront = storefront
        self.port = port
        self.weir = weir
        self.calls = calls
        self.chronicle = chronicle
    }

    /// Registers the handlers of the API; before Weir runs, because it does not go on without them.
    func prepare() throws { try storefront.prepare { await self.placeOrder() } }

    /// Serves until the service shuts down.
    func run() async throws {
        let router = Router()
        try storefront.add(to: router)
        router.post("orders") { _, _ in Storefront.text(await self.placeOrder()) }
        EventDoor(bus: bus).add(to: router)
        router.get("status") { _, _ in StatusText(self.weir.status(), queues: await self.bus.depths()).text }
        try await LocalServer(name: "the shop", port: port, address: address).run(router)
    }

    private func placeOrder() async -> Order {
        let number = orders.wrappingAdd(1, ordering: .relaxed).newValue
        let begin = clock.now
        let result = await process(number)
        let order = Order(number: number, status: result.status, words: result.words, time: clock.now - begin)
        chronicle.note(.order(order))
        return order
    }

    private func process(_ number: Int) async -> (status: Int, words: String) {
        do {
            let shelf = try await calls.checkStock("cup")
            guard shelf.status == 200 else { return (503, "stock answered \(shelf.status)") }
            let payment = try await calls.authorize(order: number)
            guard payment.isFallback || payment.status == 200 else {
                return (502, "payments answered \(payment.status)")
            }
            // The order is taken; whoever has to do with it hears of it.
            try await bus.publish(Event(PlacedOrder.type, ["order": .integer(Int64(number)), "article": "cup"]))
            return payment.isFallback ? (payment.status, "taken, charged later (fallback)") : (201, "charged")
        } catch let refusal as ResilienceError {
            return (refusal.code == .timeout ? 504 : 503, "\(refusal)")
        } catch {
            return (502, "\(error)")
        }
    }
}

/// An order and how it went.
struct Order: Sendable, Hashable {
    let number: Int
    /// What the client was answered.
    let status: Int
    let words: String
    /// How long the client waited.
    let time: Duration
}
