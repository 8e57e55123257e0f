// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import Testing
import Weir
import WeirHummingbird
import WeirLifecycle
import WeirPolicy

/// What the guide to API lifecycles shows of the library; the text between the marks stands there word for word.
@Suite struct ServeAnApi {
    /// An order, as this snippet needs it.
    private static func order(_ id: String) -> String { "order \(id)" }

    private static func weir(_ api: ApiRoutes<BasicRequestContext>, from policies: String) async throws -> Weir {
        // snippet: attach an api
        // 1. What will serve the API, and carry the events of the same policies; Weir refuses what nothing enforces.
        let configuration = WeirConfiguration(apis: [api], events: .memory())
        let weir = try await Weir.load(from: policies, configuration: configuration)
        // end
        return weir
    }

    @Test func `checks handlers against the policy, and serves them`() async throws {
        let policies = Repository.root.appending(path: "Examples/ReferenceService/policies").path
        let api = ApiRoutes<BasicRequestContext>("shop.storefront")
        _ = try await Self.weir(api, from: policies)
        let router = Router()
        let order = Self.order

        // snippet: handlers by version
        // 2. A handler for each route of each version. A version inherits those of the version it extends.
        api.version("v1").post("/orders") { _, _ in order("new") }
        api.version("v2").get("/orders/{number}") { _, context in order(try context.parameters.require("number")) }
        api.version("v3").get("/orders/{number}") { _, context in order(try context.parameters.require("number")) }

        // 3. The middleware, before everything else; it throws the list of what is declared and not handled, or the reverse.
        router.add(middleware: try api.middleware())

        // 4. What has no version, or outlives it, are plain routes.
        router.get("/api/health") { _, _ in "well" }
        router.get("/api/v1/system/deprecations") { _, _ in api.deprecations() }
        // end

        #expect(api.isServing)
    }

    @Test func `decides for users of other servers`() throws {
        var version = ApiVersionNode.Dates()
        version.released = Instant(secondsSince1970: 0)
        version.deprecated = Instant(secondsSince1970: 100)
        version.sunset = Instant(secondsSince1970: 200)
        var negotiation = ApiNode.Negotiation()
        negotiation.readers = [.path("/{version}/")]
        let versions = [ApiVersionNode(version: try #require(ApiVersion("v1")), dates: version)]
        let node = ApiNode(
            name: QualifiedName(package: "shop", name: "orders"), negotiation: negotiation, versions: versions)
        let request = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/v1/orders")
        let now = Instant(secondsSince1970: 300)
        var answers: [HTTPResponse] = []

        // snippet: any server
        let lifecycle = ApiLifecycle(node)
        let decision = lifecycle.decide(ApiRequest(request), at: now)
        if let answer = lifecycle.answer(of: decision) {
            answers.append(answer.head)  // Send it, with `answer.body`: the request is refused.
        } else {
            var head = HTTPResponse(status: .ok)  // What your handler answers, errors included.
            decision.apply(to: &head.headerFields)
            answers.append(head)
        }
        // end

        #expect(answers.map(\.status.code) == [410])
    }
}
