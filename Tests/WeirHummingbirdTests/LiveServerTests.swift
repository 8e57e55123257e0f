// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirLifecycle
import WeirPolicy
import WeirStores
import WeirSyntax

@testable import Weir
@testable import WeirHummingbird

/// A real server, asked by curl; the fields of its answers read back by parsers that have nothing to do with ours.
@Suite(.serialized) struct LiveServerTests {
    private func withApi(
        at moment: String = "2026-06-01", form: SourceFile.Form = .weir,
        _ body: @Sendable @escaping (LiveApi, Weir, ApiRoutes<BasicContext>, String) async throws -> Void
    ) async throws {
        let api = LiveApi()
        try api.write(Policy.text(), form)
        try api.setClock(moment)
        let routes = api.routes()
        let weir = try await api.load(routes)
        LiveApi.register(routes)
        try await api.serve(routes) { base in try await body(api, weir, routes, base) }
    }

    /// A request with what it gets by the rules.
    struct Row: Sendable {
        let moment: String
        let path: String
        var fields: [String] = []
        var method = "GET"
        let status: Int
        /// Fields of the answer as the independent parsers give them, as text.
        var facts: [String: String] = [:]
    }

    private static let v1 = "application/vnd.shop.v1+json"

    static let rows = [
        Row(
            moment: "2026-06-01", path: "/api/v1/orders/7", status: 200,
            facts: [
                "deprecation": "1772323200", "sunset": "1803859200", "x-api-version": "v1",
                "vary": "Accept, X-API-Version",
                "x-api-supported-versions": "v1, v2", "x-api-latest-version": "v2",
            ]),
        Row(moment: "2026-06-01", path: "/api/v2/orders/7", status: 200, facts: ["x-api-version": "v2"]),
        Row(
            moment: "2026-06-01", path: "/api/v9/orders/7", status: 404,
            facts: ["problem": "urn:weir:problem:unsupported-version"]),
        Row(
            moment: "2026-06-01", path: "/api/v1/../v2/orders/7", status: 400,
            facts: ["problem": "urn:weir:problem:malformed-path"]),
        Row(
            moment: "2026-06-01", path: "/api/orders/7", fields: ["X-API-Version: v9"], status: 400,
            facts: ["problem": "urn:weir:problem:unsupported-version"]),
        Row(
            moment: "2026-06-01", path: "/api/orders/7", fields: ["X-API-Version: x"], status: 400,
            facts: ["problem": "urn:weir:problem:malformed-version"]),
        Row(
            moment: "2026-06-01", path: "/api/v1/orders/7", fields: ["X-API-Version: v2"], status: 400,
            facts: ["problem": "urn:weir:problem:ambiguous-version"]),
        Row(
            moment: "2026-06-01", path: "/api/orders/7", fields: ["X-API-Version: v1", "X-API-Version: v2"],
            status: 400, facts: ["problem": "urn:weir:problem:ambiguous-version"]),
        Row(
            moment: "2026-06-01", path: "/api/orders/7", fields: ["Accept: \(v1)"], status: 200,
            facts: ["x-api-version": "v1"]),
        Row(
            moment: "2026-06-01", path: "/api/orders/7", fields: ["Accept: application/vnd.shop.v9+json"], status: 406,
            facts: ["problem": "urn:weir:problem:not-acceptable"]),
        Row(
            moment: "2026-06-01", path: "/api/orders/7", fields: ["Content-Type: application/vnd.shop.v9+json"],
            status: 415, facts: ["problem": "urn:weir:problem:unsupported-media-type"]),
        Row(moment: "2026-06-01", path: "/api/orders/7", status: 200, facts: ["x-api-version": "v2"]),
        Row(moment: "2027-02-28T23:59:59Z", path: "/api/v1/orders/7", status: 200, facts: ["sunset": "1803859200"]),
        Row(
            moment: "2027-03-01", path: "/api/v1/orders/7", status: 410,
            facts: ["problem": "urn:weir:problem:sunset", "deprecation": "1772323200", "sunset": "1803859200"]),
        Row(
            moment: "2027-03-01", path: "/api/orders/7", fields: ["Accept: \(v1)"], status: 410,
            facts: ["problem": "urn:weir:problem:sunset"]),
        Row(
            moment: "2027-03-01", path: "/api/v1/orders/7", fields: ["X-Client-Id: acme"], status: 200,
            facts: ["cache-control": "private"]),
        Row(
            moment: "2027-01-12T14:59:59Z", path: "/api/v1/orders/7", status: 410,
            facts: ["retry-after": "1", "cache-control": "no-store", "problem": "urn:weir:problem:brownout"]),
        Row(
            moment: "2026-06-01", path: "/api/v1/broken", status: 409,
            facts: ["deprecation": "1772323200", "vary": "Accept, X-API-Version"]),
        Row(
            moment: "2026-06-01", path: "/api/v1/crash", status: 500,
            facts: ["deprecation": "1772323200", "vary": "Accept, X-API-Version"]),
        Row(
            moment: "2026-06-01", path: "/api/v1/own", status: 200,
            facts: ["vary": "Accept-Encoding, Accept, X-API-Version", "cache-control": "max-age=60"]),
        Row(moment: "2026-06-01", path: "/api/v2/own", status: 200, facts: ["x-api-version": "v2"]),
        Row(
            moment: "2026-06-01", path: "/api/v1/orders/7", method: "HEAD", status: 200,
            facts: ["deprecation": "1772323200", "content-length": "10"]),
        Row(
            moment: "2026-06-01", path: "/api/v1/orders/7", method: "DELETE", status: 405,
            facts: ["allow": "GET, HEAD, OPTIONS"]),
        Row(
            moment: "2026-06-01", path: "/api/v2/orders/7", method: "OPTIONS", status: 204,
            facts: ["allow": "GET, HEAD, OPTIONS", "x-api-supported-versions": "v1, v2"]),
        Row(moment: "2026-06-01", path: "/api/health", fields: ["X-API-Version: x"], status: 200),
        Row(
            moment: "2027-06-01", path: "/api/v1/system/deprecations", status: 200,
            facts: ["content-type": "application/json"]),
    ]

    @Test(arguments: [SourceFile.Form.weir, .yaml])
    func `answers every row of the rules, with fields that others can read`(form: SourceFile.Form) async throws {
        try await withApi(form: form) { api, _, _, base in
            var answers: [String] = []
            for row in Self.rows {
                try api.setClock(row.moment)
                answers.append(try Shell.curl(base + row.path, row.fields, method: row.method))
            }
            let read = try Shell.read(answers)
            try #require(read.count == Self.rows.count)
            for (row, facts) in zip(Self.rows, read) {
                #expect(facts["status"] as? Int == row.status, "\(row): \(facts)")
                for (name, value) in row.facts {
                    #expect(facts[name].map { "\($0)" } == value, "\(row): \(name) of \(facts)")
                }
            }
            let links = read[0]["links"] as? [String]
            #expect(
                links == [
                    "deprecation https://developers.shop.example/v1", "sunset https://developers.shop.example/v1",
                    "successor-version /api/v2/orders/7", "latest-version /api/v2/orders/7",
                ])
            #expect((read[19]["links"] as? [String])?.contains("next /a") == true)
        }
    }

    @Test func `leads each version to its own handler, with the parameters of the path`() async throws {
        try await withApi { _, _, _, base in
            #expect(try Shell.curl(base + "/api/v1/orders/a%20b").hasSuffix("v1 order a%20b"))
            #expect(try Shell.curl(base + "/api/orders/7").hasSuffix("v2 order 7"))
            #expect(try Shell.curl(base + "/health").hasSuffix("well"))
            let outside = try Shell.curl(base + "/health")
            #expect(!outside.contains("Vary"))
        }
    }

    @Test func `enforces a date that moves in the file on the next request`() async throws {
        try await withApi { api, weir, _, base in
            #expect(try Shell.curl(base + "/api/v1/orders/7").contains("200 OK"))
            try api.write(Policy.text(sunset: "2026-05-01"))
            guard case .applied = await weir.reload().outcome else {
                Issue.record("not applied")
                return
            }
            let gone = try Shell.curl(base + "/api/v1/orders/7")
            #expect(gone.contains("410 Gone"))
            #expect(gone.contains("Sunset: Fri, 01 May 2026 00:00:00 GMT"))
        }
    }

    @Test func `keeps the API that is in force where a new file declares a route that nothing handles`() async throws {
        try await withApi { api, weir, _, base in
            try api.write(Policy.text(more: "GET \"/new\" goes to checkout.orders"))
            guard case .rejected(let error) = await weir.reload().outcome else {
                Issue.record("not refused")
                return
            }
            #expect(error.code == .apis)
            #expect(error.description.contains("`GET /new` of `v2` is declared, and nothing handles it"))
            #expect(try Shell.curl(base + "/api/v1/orders/7").contains("200 OK"))
        }
    }

    @Test func `says what is deprecated in the body that the Python platform had`() async throws {
        try await withApi { _, _, _, base in
            let answer = try Shell.curl(base + "/api/v1/system/deprecations")
            let body = try #require(answer.split(separator: "\r\n\r\n", maxSplits: 1).last)
            let json = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
            #expect(json["current_version"] as? String == "v2")
            #expect(json["supported_versions"] as? [String] == ["v1", "v2"])
            let endpoints = try #require(json["deprecated_endpoints"] as? [[String: Any]])
            let first = try #require(endpoints.first { $0["endpoint"] as? String == "GET /api/v1/orders/{id}" })
            #expect(
                first as? [String: String] == [
                    "endpoint": "GET /api/v1/orders/{id}", "version": "v1", "deprecated_at": "2026-03-01",
                    "sunset_at": "2027-03-01", "alternative": "v2", "reason": "orders have several addresses now",
                    "state": "deprecated",
                ])
        }
    }

    @Test func `counts who calls what`() async throws {
        try await withApi { api, _, routes, base in
            for _ in 0..<3 { _ = try Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: acme"]) }
            _ = try Shell.curl(base + "/api/v1/orders/7")
            try api.setClock("2027-03-01")
            _ = try Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: zeta"])
            let usage = routes.takeUsage().sorted { $0.key.consumer < $1.key.consumer }
            #expect(usage.map(\.key.consumer) == ["(unknown)", "acme", "zeta"])
            #expect(usage.map(\.served) == [1, 3, 0])
            #expect(usage.map(\.refused) == [0, 0, 1])
            #expect(usage.map(\.key.route) == Array(repeating: "GET /orders/{id}", count: 3))
            #expect(routes.takeUsage().isEmpty)
        }
    }

    @Test func `keeps counts in a file that outlives the service`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "usage-\(UUID().uuidString).sqlite").path
        defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }
        for _ in 0..<2 {
            try await withApi { _, _, routes, base in
                let keeper = UsageKeeper(of: routes, in: try SQLiteUsageStore(path: path))
                _ = try Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: acme"])
                await keeper.flush()
                await keeper.flush()
            }
        }
        let counts = try SQLiteUsageStore(reading: path).counts(from: CalendarDate(daysSince1970: 0))
        #expect(counts.map(\.served) == [2])
        #expect(counts.first?.key.consumer == "acme")
    }

    /// A store that cannot be reached.
    private struct Broken: UsageStore {
        func add(_ counts: [UsageCount]) async throws { throw CocoaError(.fileWriteNoPermission) }
        func counts(since day: CalendarDate) async throws -> [UsageCount] { [] }
    }

    @Test func `loses no count where the store fails`() async throws {
        try await withApi { _, _, routes, base in
            let keeper = UsageKeeper(of: routes, in: Broken(), logger: LiveApi.quiet)
            _ = try Shell.curl(base + "/api/v1/orders/7")
            await keeper.flush()
            _ = try Shell.curl(base + "/api/v1/orders/7")
            #expect(routes.takeUsage().map(\.served) == [2])
        }
    }
}
