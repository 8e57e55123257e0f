// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import WeirHummingbird
import WeirPolicy

/// The shop's API for apps: versions, each with its handlers, as the policy declares them.
final class Storefront: Sendable {
    /// What serves the API; attached to Weir before it loads.
    let routes: ApiRoutes<BasicRequestContext>
    let clock: ShopClock

    init(clock: ShopClock) {
        self.clock = clock
        routes = ApiRoutes("shop.storefront", wallClock: { clock.seconds })
    }

    /// Registers the handlers.
    /// - Throws: the list of what the policy declares and nothing handles, or the reverse.
    func prepare(placeOrder: @escaping @Sendable () async -> Order) throws {
        routes.version("v1")
            .post("/orders") { _, _ in Self.text(await placeOrder()) }
        routes.version("v2")
            .get("/orders/{number}") { _, context in "order \(try context.parameters.require("number"))\n" }
        routes.version("v3")
            .post("/orders") { _, _ in Self.json(await placeOrder()) }
            .get("/orders/{number}") { _, context in
                Self.json(#"{"order":"\#(try context.parameters.require("number", as: Int.self))"}"#, status: .ok)
            }
        _ = try routes.middleware()
    }

    /// Adds the API to the router, which answers whatever is not of it.
    func add(to router: Router<BasicRequestContext>) throws {
        router.add(middleware: try routes.middleware())
        router.get("api/health") { _, _ in "well\n" }
        router.get("api/v1/system/deprecations") { _, _ in self.routes.deprecations() }
        router.put("clock") { request, _ in
            guard let text = request.uri.queryParameters["is"], let moment = Instant(String(text)) else {
                throw HTTPError(.badRequest, message: "PUT /clock?is=2027-06-01T14:30:00Z")
            }
            self.clock.set(moment)
            return "the API lives on \(moment)\n"
        }
    }

    static func text(_ order: Order) -> Response {
        Response(
            status: .init(code: order.status), headers: [.contentType: "text/plain"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "order \(order.number): \(order.words)\n")))
    }

    private static func json(_ order: Order) -> Response {
        json(#"{"order":\#(order.number),"isCharged":\#(order.status == 201)}"#, status: .init(code: order.status))
    }

    private static func json(_ text: String, status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
    }
}
