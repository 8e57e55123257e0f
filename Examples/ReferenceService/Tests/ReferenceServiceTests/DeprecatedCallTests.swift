// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization
import Testing
import Weir
import WeirLifecycle
import WeirPolicy

@testable import ReferenceService

/// An app calls the shop with AsyncHTTPClient, over a socket, and hears that what it calls is on its way out.
@Suite struct DeprecatedCallTests {
    /// Keeps what is logged.
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private struct Scribe: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let facts = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
            lines.add("\(event.level): \(event.message): \(facts.joined(separator: ", "))")
        }
    }

    /// Calls a path, and gives what comes back to the watch under a name.
    private static func call(
        _ method: String, _ path: String, of base: String, as name: String, _ watch: DeprecationWatch
    ) async throws -> (status: UInt, notice: DeprecationNotice?) {
        var request = HTTPClientRequest(url: base + path)
        request.method = .RAW(value: method)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
        for try await _ in response.body {}
        return (response.status.code, watch.note(response.headers, of: name))
    }

    @Test(.timeLimit(.minutes(2))) func `an app hears of the end of what it calls, once for each date`() async throws {
        let policies = try PolicyFolder.packaged.copied()
        var settings = ReferenceSystem.Settings.anywhere(policies: policies.path, interval: .seconds(3600))
        settings.today = Instant("2026-11-25")
        let system = try await ReferenceSystem(settings, view: TerminalView())
        let group = ServiceGroup(
            configuration: .init(services: system.services.map { .init(service: $0) }, logger: .quiet))
        let lines = Lines()
        let watch = DeprecationWatch(logger: Logger(label: "test") { _ in Scribe(lines: lines) }) { 1_795_564_800 }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                try await Self.listen(at: system.front.address.base, watch)
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
        system.http.close()
        try policies.remove()

        #expect(watch.entries.map(\.address) == ["POST shop/v1/orders", "GET shop/v2/orders/{number}"])
        #expect(watch.entries.map(\.answers) == [1, 3])
        #expect(
            lines.all == [
                "warning: an API that is called here is on its way out: address=GET shop/v2/orders/{number}, "
                    + "days_left=280, deprecated=2026-09-01, guide=https://developers.shop.example/migrate/v2-to-v3, "
                    + "successor=/api/v3/orders/7, sunset=2027-09-01",
                "warning: an API that is called here is on its way out: address=POST shop/v1/orders, "
                    + "days_left=-329, deprecated=2024-12-01, guide=https://developers.shop.example/migrate/v1-to-v2, "
                    + "successor=/api/v2/orders, sunset=2025-12-31",
            ])
    }

    private static func listen(at base: String, _ watch: DeprecationWatch) async throws {
        let v2 = "GET shop/v2/orders/{number}"
        #expect(
            try await call("GET", "/api/v3/orders/7", of: base, as: "GET shop/v3/orders/{number}", watch).notice == nil)
        let (status, notice) = try await call("GET", "/api/v2/orders/7", of: base, as: v2, watch)
        #expect(status == 200 && notice?.deprecated == Instant("2026-09-01") && notice?.sunset == Instant("2027-09-01"))
        #expect(notice?.links["latest-version"] == "/api/v3/orders/7")
        _ = try await call("GET", "/api/v2/orders/8", of: base, as: v2, watch)
        #expect(try await call("GET", "/api/v2/nothing", of: base, as: v2, watch).status == 404)
        let gone = try await call("POST", "/api/v1/orders", of: base, as: "POST shop/v1/orders", watch)
        #expect(gone.status == 410 && gone.notice?.sunset == Instant("2025-12-31"))
    }
}
