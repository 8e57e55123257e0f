// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import Testing
import WeirPolicy

@testable import Weir
@testable import WeirHummingbird
@testable import WeirLifecycle

typealias BasicContext = BasicRequestContext

/// What is checked before the first request: that an API is served at all, and as it is declared.
@Suite struct AttachTests {
    private func api() throws -> LiveApi {
        let api = LiveApi()
        try api.write(Policy.text())
        try api.setClock("2026-06-01")
        return api
    }

    @Test func `refuses an API that nobody serves, with its line`() async throws {
        let api = try api()
        let error = await #expect(throws: LoadError.self) {
            try await Weir.load(from: api.folder, configuration: WeirConfiguration(metricsInterval: nil))
        }
        #expect(error?.code == .unenforced)
        #expect(error?.gaps.map(\.id) == ["api-lifecycle"])
        #expect(error?.description.contains("shop.weir:14:") == true, "\(String(describing: error))")
    }

    @Test func `refuses to serve dates that come earlier than was published`() async throws {
        let api = LiveApi()
        try api.write(Policy.text(promise: "never shorten dates published in \"dates.json\""))
        let published = #"{"shop.orders":{"v1":{"deprecated":"2026-03-01","sunset":"2027-04-01"}}}"#
        try published.write(toFile: api.folder + "/dates.json", atomically: true, encoding: .utf8)
        let error = await #expect(throws: LoadError.self) { try await api.load(api.routes()) }
        #expect(error?.code == .files)
        #expect(error?.description.contains("api/published-date-moved") == true, "\(String(describing: error))")
        try published.replacing("2027-04-01", with: "2027-03-01")
            .write(toFile: api.folder + "/dates.json", atomically: true, encoding: .utf8)
        _ = try await api.load(api.routes())
        try "{".write(toFile: api.folder + "/dates.json", atomically: true, encoding: .utf8)
        let broken = await #expect(throws: LoadError.self) { try await api.load(api.routes()) }
        #expect(broken?.description.contains("api/unreadable-published-dates") == true)
    }

    @Test func `refuses routes for an API that is not declared`() async throws {
        let api = try api()
        let routes = ApiRoutes<BasicContext>("payments")
        var configuration = LiveApi.configuration(routes)
        configuration.enforcedElsewhere = ["api-lifecycle"]
        let error = await #expect(throws: LoadError.self) {
            try await Weir.load(from: api.folder, configuration: configuration)
        }
        #expect(error?.code == .apis)
        #expect(
            error?.description.contains("`payments` is served, and no API has that name; there is `shop.orders`")
                == true)
    }

    @Test func `stops the start with the list of routes without handlers, and of handlers without routes`() async throws
    {
        let api = try api()
        let routes = api.routes()
        _ = try await api.load(routes)
        routes.version("v1").get("/orders/{id}") { _, _ in "" }
        routes.version("v1").get("/broken") { _, _ in "" }
        routes.version("v1").get("/crash") { _, _ in "" }.get("/own") { _, _ in "" }
        routes.version("v2").post("/orders") { _, _ in "" }
        routes.version("v3").get("/orders/{id}") { _, _ in "" }
        routes.version("new").get("/orders/{id}") { _, _ in "" }
        routes.version("v1").get("/own") { _, _ in "" }
        let error = #expect(throws: ApiRoutesError.self) { try routes.middleware() }
        #expect(
            error?.problems == [
                "`GET /orders/{id}` of `new`: that is not the name of a version", "`GET /own` of `v1` is handled twice",
                "`GET /orders/{id}` of `v2` is declared, and nothing handles it",
                "`GET /orders/{id}` of `v3` is handled, and the API has no such version",
                "`POST /orders` of `v2` is handled, and not declared",
            ])
    }

    @Test func `does not run as long as nothing serves an attached API`() async throws {
        let api = try api()
        let routes = api.routes()
        let weir = try await api.load(routes)
        let error = await #expect(throws: LoadError.self) { try await weir.run() }
        #expect(error?.code == .apis)
    }

    @Test func `says that routes must be attached first`() {
        let routes = ApiRoutes<BasicContext>("shop.orders")
        let error = #expect(throws: ApiRoutesError.self) { try routes.middleware() }
        #expect(error?.problems == ["it is not attached to a configuration that has been loaded"])
    }

    @Test func `gives users of other servers the whole answer to a plain request`() async throws {
        let api = try api()
        let routes = api.routes()
        let weir = try await api.load(routes)
        let node = try #require(weir.graph.apis.first)
        let lifecycle = ApiLifecycle(node)
        let gone = HTTPRequest(method: .get, scheme: "https", authority: "shop.example", path: "/api/v1/orders/7")
        let decision = lifecycle.decide(ApiRequest(gone), at: try #require(Instant("2028-01-01")))
        let answer = try #require(lifecycle.answer(of: decision))
        #expect(answer.head.status.code == 410)
        #expect(answer.head.headerFields[.contentType] == "application/problem+json")
        #expect(!answer.body.isEmpty)

        let served = lifecycle.decide(ApiRequest(gone), at: try #require(Instant("2026-06-01")))
        var head = HTTPResponse(status: .ok, headerFields: [.contentType: "application/json"])
        served.apply(to: &head.headerFields)
        served.apply(to: &head.headerFields)
        #expect(head.headerFields[values: .link].count == 4)
        #expect(head.headerFields[.contentType] == "application/json")
    }
}
