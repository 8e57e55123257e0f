// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging
import WeirHummingbird
import WeirLifecycle
import WeirPolicy

/// The same trivial route twice, side by side: plain on one port, behind the middleware for API versions on the next.
///
/// `scripts/bench-server` sends load to both.
@main
enum Main {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 18_080
        let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let plain = Router()
        plain.get("api/v2/orders") { _, _ in "order" }
        let routes = ApiRoutes<BasicRequestContext>("bench.orders")
        routes.enforce(try api())
        routes.version("v1").get("/orders") { _, _ in "order" }
        let versioned = Router()
        versioned.add(middleware: try routes.middleware())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (router, port) in [(plain, port), (versioned, port + 1)] {
                let application = Application(
                    router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: quiet)
                group.addTask { try await application.run() }
            }
            try await group.waitForAll()
        }
    }

    private static func api() throws -> ApiLifecycle {
        var negotiation = ApiNode.Negotiation()
        negotiation.readers = [.path("/{version}/"), .header("X-API-Version")]
        let operation = QualifiedName(package: "bench", name: "service.orders")
        let route = ApiRouteNode(method: "GET", path: "/orders", operation: operation)
        var dates = ApiVersionNode.Dates()
        dates.released = Instant(secondsSince1970: 0)
        let names = ["v1", "v2"].compactMap { ApiVersion($0) }
        let versions = names.enumerated().map { place, name in
            ApiVersionNode(version: name, extends: place == 1 ? names[0] : nil, dates: dates, routes: [route])
        }
        return ApiLifecycle(
            ApiNode(
                name: QualifiedName(package: "bench", name: "orders"), base: "/api", negotiation: negotiation,
                versions: versions))
    }
}
