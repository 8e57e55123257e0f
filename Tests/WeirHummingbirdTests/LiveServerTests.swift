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

    @Test func `adds to what a handler says, and takes nothing away`() async throws {
        try await withApi { _, _, _, base in
            let read = try await Shell.read([
                try await Shell.curl(base + "/api/v1/own"), try await Shell.curl(base + "/api/v2/own"),
            ])
            #expect(read[0]["vary"] as? String == "Accept-Encoding, Accept, X-API-Version")
            #expect(read[0]["cache-control"] as? String == "max-age=60")
            #expect((read[0]["links"] as? [String])?.contains("next /a") == true)
            #expect(read[1]["x-api-version"] as? String == "v2")
        }
    }

    @Test func `leads each version to its own handler, with the parameters of the path`() async throws {
        try await withApi { _, _, _, base in
            #expect(try await Shell.curl(base + "/api/v1/orders/a%20b").hasSuffix("v1 order a%20b"))
            #expect(try await Shell.curl(base + "/api/orders/7").hasSuffix("v2 order 7"))
            #expect(try await Shell.curl(base + "/health").hasSuffix("well"))
            let outside = try await Shell.curl(base + "/health")
            #expect(!outside.contains("Vary"))
        }
    }

    @Test func `enforces a date that moves in the file on the next request`() async throws {
        try await withApi { api, weir, _, base in
            #expect(try await Shell.curl(base + "/api/v1/orders/7").contains("200 OK"))
            try api.write(Policy.text(sunset: "2026-05-01"))
            guard case .applied = await weir.reload().outcome else {
                Issue.record("not applied")
                return
            }
            let gone = try await Shell.curl(base + "/api/v1/orders/7")
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
            #expect(try await Shell.curl(base + "/api/v1/orders/7").contains("200 OK"))
        }
    }

    @Test func `says what is deprecated in the body that the Python platform had`() async throws {
        try await withApi { _, _, _, base in
            let answer = try await Shell.curl(base + "/api/v1/system/deprecations")
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
            for _ in 0..<3 { _ = try await Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: acme"]) }
            _ = try await Shell.curl(base + "/api/v1/orders/7")
            try api.setClock("2027-03-01")
            _ = try await Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: zeta"])
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
                _ = try await Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: acme"])
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
            _ = try await Shell.curl(base + "/api/v1/orders/7")
            await keeper.flush()
            _ = try await Shell.curl(base + "/api/v1/orders/7")
            #expect(routes.takeUsage().map(\.served) == [2])
        }
    }
}
