// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import Testing
import WeirPolicy
import WeirSyntax

@testable import Weir
@testable import WeirHummingbird
@testable import WeirLifecycle

/// A real server on loopback with an API over policy files, and a clock that tests move.
final class LiveApi: Sendable {
    let folder = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)").path
    private let time = Mutex<Int64>(0)

    func setClock(_ text: String) throws {
        let instant = try #require(Instant(text))
        time.withLock { $0 = instant.secondsSince1970 }
    }

    func write(_ text: String, _ form: SourceFile.Form = .weir) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = SourceFile(path: "shop.weir", form: .weir, text: text)
        guard form == .yaml else {
            return try Data(file.bytes).write(to: URL(filePath: folder + "/shop.weir"), options: .atomic)
        }
        guard case .converted(let bytes) = Converter.convert(file, to: .yaml) else {
            Issue.record("no YAML form")
            return
        }
        try Data(bytes).write(to: URL(filePath: folder + "/shop.weir.yaml"), options: .atomic)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }  // A leftover harms nobody.

    func routes() -> ApiRoutes<BasicRequestContext> {
        ApiRoutes("shop.orders", wallClock: { self.time.withLock { $0 } })
    }

    func load(_ routes: ApiRoutes<BasicRequestContext>) async throws -> Weir {
        try await Weir.load(from: folder, configuration: Self.configuration(routes))
    }

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func configuration(_ routes: ApiRoutes<BasicRequestContext>) -> WeirConfiguration {
        WeirConfiguration(
            logger: quiet, watchesFiles: false,
            reloadsOnHangup: false, metricsInterval: nil, apis: [routes])
    }

    /// The handlers that fit the policy of these tests.
    static func register(_ routes: ApiRoutes<BasicRequestContext>) {
        routes.version("v1").get("/orders/{id}") { _, context in "v1 order \(try context.parameters.require("id"))" }
        routes.version("v1").get("/broken") { _, _ -> String in throw HTTPError(.conflict, message: "broken") }
        routes.version("v1").get("/crash") { _, _ -> String in throw Crash() }
        routes.version("v1").get("/own") { _, _ in
            Response(
                status: .ok,
                headers: [.vary: "Accept-Encoding", .cacheControl: "max-age=60", .link: "</a>; rel=\"next\""])
        }
        routes.version("v2").get("/orders/{id}") { _, context in "v2 order \(try context.parameters.require("id"))" }
    }

    struct Crash: Error {}

    /// Serves while the body runs; the body gets the address of the server.
    func serve(
        _ routes: ApiRoutes<BasicRequestContext>, _ body: @Sendable @escaping (String) async throws -> Void
    ) async throws {
        let router = Router()
        router.add(middleware: try routes.middleware())
        router.get("health") { _, _ in "well" }
        router.get("api/health") { _, _ in "well" }
        router.get("api/v1/system/deprecations") { _, _ in routes.deprecations() }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: Self.quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                for await port in ports {
                    try await body("http://127.0.0.1:\(port)")
                    break
                }
            }
            // The server runs until it is told to stop, so what ends first is the body.
            try await group.next()
            group.cancelAll()
        }
    }
}
