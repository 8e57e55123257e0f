// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Hummingbird
import Testing
import WeirLifecycle
import WeirStores

@testable import Weir
@testable import WeirHummingbird

/// From calls by curl to the list of who breaks: over a restart, in a file that others read, in the terminal and as JSON.
@Suite struct UsageJourneyTests {
    /// What `sqlite3 -json FILE 'SELECT * FROM api_usage'` prints, which not every machine has.
    private static let export = """
        import json, sqlite3, sys
        base = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
        base.row_factory = sqlite3.Row
        print(json.dumps([dict(row) for row in base.execute("SELECT * FROM api_usage")]))
        """

    /// The command line beside the test bundle.
    private static func weir() throws -> String {
        let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let all = ["weir", "WeirCommand"].map { folder.appending(path: $0).path }
        return try #require(all.first { FileManager.default.isExecutableFile(atPath: $0) })
    }

    @Test func `who breaks on the sunset date is known after a restart`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "usage-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = folder + "/usage.sqlite"
        let api = LiveApi()
        try api.write(Policy.text())
        try api.setClock("2026-12-01T08:00:00Z")
        for life in 0..<2 {
            let routes = api.routes()
            _ = try await api.load(routes)
            LiveApi.register(routes)
            try await api.serve(routes) { base in
                let store = try SQLiteUsageStore(path: file)
                let keeper = UsageKeeper(of: routes, in: store)
                for client in ["acme", "zeta", "zeta"] {
                    _ = try await Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: \(client)"])
                }
                if life == 0 { await keeper.flush() }
                // In the second life half of it is stored, and half is not: the service knows all.
                let answer = try await routes.usageReport(from: store)
                #expect(answer.headers[.contentType] == "application/json")
                await keeper.flush()
            }
        }
        let counts = try await Shell.run(Shell.python, ["-c", Self.export, file])
        try Data(counts.utf8).write(to: URL(filePath: folder + "/counts.json"))
        let arguments = ["api", "usage", "--counts", folder + "/counts.json", "--today", "2026-12-01"]
        let text = try await Shell.run(Self.weir(), arguments + [api.folder])
        #expect(
            text == """
                shop.orders: who breaks, unless something happens; calls since 2026-09-02
                  SUNSET      DAYS  CONSUMER  VERSION  ROUTE             SERVED  REFUSED  LAST CALL
                  2027-03-01  90    zeta      v1       GET /orders/{id}  4       0        2026-12-01
                  2027-06-01  182   acme      v1       GET /orders/{id}  2       0        2026-12-01

                """)
        let json = try await Shell.run(Self.weir(), arguments + ["--format", "json", api.folder])
        let reports = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        let breaks = try #require(reports.first?["breaks"] as? [[String: Any]])
        #expect(breaks.map { $0["consumer"] as? String } == ["zeta", "acme"])
        #expect(breaks.map { $0["served"] as? Int } == [4, 2])
        #expect(breaks.map { $0["sunset_at"] as? String } == ["2027-03-01", "2027-06-01"])
    }

    @Test func `a service answers with what is stored and with what is not yet`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "usage-\(UUID().uuidString).sqlite").path
        defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + ending) } }
        let api = LiveApi()
        try api.write(Policy.text())
        try api.setClock("2026-12-01")
        let routes = api.routes()
        _ = try await api.load(routes)
        LiveApi.register(routes)
        try await api.serve(routes) { base in
            let store = try SQLiteUsageStore(path: file)
            _ = try await Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: zeta"])
            await UsageKeeper(of: routes, in: store).flush()
            _ = try await Shell.curl(base + "/api/v1/orders/7", ["X-Client-Id: zeta"])
            let report = try #require(try await routes.usage(in: store))
            #expect(report.rows.map(\.served) == [2] && report.rows.map(\.daysLeft) == [90])
        }
    }
}
