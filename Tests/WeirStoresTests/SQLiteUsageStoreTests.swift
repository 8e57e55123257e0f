// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirLifecycle
import WeirPolicy

@testable import WeirStores

/// Counts of calls that outlive a process, and what they say of those who call.
@Suite struct SQLiteUsageStoreTests {
    private static func day(_ text: String) throws -> CalendarDate { try #require(Instant(text)).date }

    private static func count(
        _ consumer: String, _ version: String, _ day: String, served: Int64, refused: Int64 = 0,
        route: String = "GET /a"
    ) throws -> UsageCount {
        UsageCount(
            key: UsageCount.Key(
                api: "shop.orders", consumer: consumer, version: try #require(ApiVersion(version)), route: route,
                day: try Self.day(day)), served: served, refused: refused)
    }

    private func withFile(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "usage-\(UUID().uuidString).sqlite").path
        defer {
            for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
        }
        try await body(path)
    }

    @Test func `adds to what is there, also after it was opened again`() async throws {
        try await withFile { path in
            for _ in 0..<2 {
                let store = try SQLiteUsageStore(path: path)
                try await store.add([
                    Self.count("acme", "v1", "2026-11-24", served: 2),
                    Self.count("acme", "v1", "2026-11-25", served: 3),
                    Self.count("o'neil; DROP TABLE api_usage", "v1", "2026-11-25", served: 1, refused: 1),
                ])
            }
            let store = try SQLiteUsageStore(path: path)
            let all = try await store.counts(since: Self.day("2026-01-01"))
            #expect(all.map(\.served) == [4, 6, 2])
            #expect(all.map(\.refused) == [0, 0, 2])
            #expect(try await store.counts(since: Self.day("2026-11-25")).count == 2)
            try await store.forget(before: Self.day("2026-11-25"))
            #expect(try await store.counts(since: Self.day("2026-01-01")).count == 2)
        }
    }

    @Test func `can be read while it is written`() async throws {
        try await withFile { path in
            let writer = try SQLiteUsageStore(path: path)
            let reader = try SQLiteUsageStore(reading: path)
            try await writer.add([Self.count("acme", "v1", "2026-11-25", served: 1)])
            #expect(try reader.counts(from: Self.day("2026-11-25")).count == 1)
        }
    }

    @Test func `says who breaks on the sunset date, the next one first`() throws {
        var dates = ApiVersionNode.Dates()
        dates.released = Instant("2024-01-01")
        dates.deprecated = Instant("2026-01-01")
        dates.sunset = Instant("2027-01-01")
        let operation = QualifiedName(package: "shop", name: "s.o")
        let routes = [
            ApiRouteNode(method: "GET", path: "/a", operation: operation),
            ApiRouteNode(
                method: "GET", path: "/b", operation: operation, deprecated: Instant("2026-01-01"),
                sunset: Instant("2026-12-01")),
        ]
        let grace = ApiVersionNode.Grace(consumer: "acme", until: try #require(Instant("2027-06-01")))
        let v1 = ApiVersionNode(version: try #require(ApiVersion("v1")), dates: dates, grace: [grace], routes: routes)
        var alive = ApiVersionNode.Dates()
        alive.released = dates.deprecated
        let v2 = ApiVersionNode(version: try #require(ApiVersion("v2")), dates: alive, routes: routes)
        let api = ApiLifecycle(ApiNode(name: QualifiedName(package: "shop", name: "orders"), versions: [v1, v2]))
        let counts = try [
            Self.count("acme", "v1", "2026-11-20", served: 5), Self.count("zeta", "v1", "2026-11-21", served: 7),
            Self.count("zeta", "v1", "2026-11-22", served: 1, refused: 2),
            Self.count("zeta", "v2", "2026-11-22", served: 9),
            Self.count("zeta", "v1", "2026-11-22", served: 3, route: "GET /b"),
        ]
        let report = UsageReport(api, counts, at: try #require(Instant("2026-11-25")))
        #expect(report.rows.map(\.consumer) == ["zeta", "zeta", "acme"])
        #expect(report.rows.map(\.daysLeft) == [6, 37, 188])
        #expect(report.rows.map(\.served) == [3, 8, 5])
        #expect(report.rows.map(\.refused) == [0, 2, 0])
        #expect(report.rows[1].lastDay == (try Self.day("2026-11-22")))
    }
}
