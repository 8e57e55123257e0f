// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import WeirLifecycle
import WeirPolicy

/// A generation of an API with its handlers; immutable.
final class ServedApi<Context: RequestContext>: Sendable {
    /// What answers a route, and how metrics call it.
    struct Entry: Sendable {
        let handler: ApiRoutes<Context>.Handler
        let name: String
    }

    let lifecycle: ApiLifecycle
    private let entries: [RouteKey: Entry]
    /// What is declared and not handled, or the reverse, in order.
    let problems: [String]

    init(_ lifecycle: ApiLifecycle, _ registered: [RouteKey: ApiRoutes<Context>.Handler]) {
        self.lifecycle = lifecycle
        let api = lifecycle.node
        var handlers: [RouteKey: ApiRoutes<Context>.Handler] = [:]
        var problems: [String] = []
        for version in api.versions {
            for route in version.routes {
                let key = RouteKey(version: version.version, method: route.method, path: route.path)
                if let handler = Self.handler(for: route, of: version, in: api, registered) {
                    handlers[key] = handler
                } else {
                    problems.append("`\(key)` is declared, and nothing handles it")
                }
            }
        }
        for key in registered.keys.sorted(by: { "\($0)" < "\($1)" }) where handlers[key] == nil {
            problems.append(
                api.version(key.version) == nil
                    ? "`\(key)` is handled, and the API has no such version" : "`\(key)` is handled, and not declared")
        }
        entries = Dictionary(
            handlers.map { ($0, Entry(handler: $1, name: "/\($0.version)\($0.path)")) }
        ) { first, _ in first }
        self.problems = problems
    }

    /// The version's own handler, or that of the version it extends, as long as both send the route to the same operation.
    private static func handler(
        for route: ApiRouteNode, of version: ApiVersionNode, in api: ApiNode,
        _ registered: [RouteKey: ApiRoutes<Context>.Handler]
    ) -> ApiRoutes<Context>.Handler? {
        var current: ApiVersionNode? = version
        var left = api.versions.count
        while let version = current, left > 0 {
            let inherited = version.routes.first { $0.method == route.method && $0.path == route.path }
            guard inherited?.operation == route.operation else { return nil }
            let key = RouteKey(version: version.version, method: route.method, path: route.path)
            if let handler = registered[key] { return handler }
            current = version.extends.flatMap { api.version($0) }
            left -= 1
        }
        return nil
    }

    /// What answers a route of a version.
    func entry(_ route: ApiRouteNode, of version: ApiVersion) -> Entry? {
        entries[RouteKey(version: version, method: route.method, path: route.path)]
    }
}
