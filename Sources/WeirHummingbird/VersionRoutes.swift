// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import Hummingbird
import WeirPolicy

/// Registers the handlers of one version; a version that extends another one inherits the handlers of routes it does not change.
public struct VersionRoutes<Context: RequestContext>: Sendable {
    let api: ApiRoutes<Context>
    let name: String

    /// Handles a route.
    /// - Parameters:
    ///   - path: the path below base and version as the policy writes it, such as `/assets/{id}`; the handler finds the values among
    ///     `context.parameters`, as they were sent.
    ///   - handler: its answer gets the fields of the version's life, also when it throws.
    @discardableResult
    public func on(
        _ path: String, method: HTTPRequest.Method,
        use handler: @escaping @concurrent @Sendable (Request, Context) async throws -> some ResponseGenerator
    ) -> Self {
        let key = ApiVersion(name).map { RouteKey(version: $0, method: method.rawValue, path: path) }
        api.register(key, "\(method.rawValue) \(path)` of `\(name)") { request, context in
            try await handler(request, context).response(from: request, context: context)
        }
        return self
    }

    /// Handles `GET`, and `HEAD` with it.
    @discardableResult
    public func get(
        _ path: String,
        use handler: @escaping @concurrent @Sendable (Request, Context) async throws -> some ResponseGenerator
    ) -> Self { on(path, method: .get, use: handler) }

    /// Handles `POST`.
    @discardableResult
    public func post(
        _ path: String,
        use handler: @escaping @concurrent @Sendable (Request, Context) async throws -> some ResponseGenerator
    ) -> Self { on(path, method: .post, use: handler) }

    /// Handles `PUT`.
    @discardableResult
    public func put(
        _ path: String,
        use handler: @escaping @concurrent @Sendable (Request, Context) async throws -> some ResponseGenerator
    ) -> Self { on(path, method: .put, use: handler) }

    /// Handles `PATCH`.
    @discardableResult
    public func patch(
        _ path: String,
        use handler: @escaping @concurrent @Sendable (Request, Context) async throws -> some ResponseGenerator
    ) -> Self { on(path, method: .patch, use: handler) }

    /// Handles `DELETE`.
    @discardableResult
    public func delete(
        _ path: String,
        use handler: @escaping @concurrent @Sendable (Request, Context) async throws -> some ResponseGenerator
    ) -> Self { on(path, method: .delete, use: handler) }
}

/// A route of a version.
struct RouteKey: Sendable, Hashable, CustomStringConvertible {
    let version: ApiVersion
    let method: String
    let path: String

    /// The path tells most routes apart, and feeding it alone is the quickest.
    func hash(into hasher: inout Hasher) { hasher.combine(path) }

    var description: String { "\(method) \(path)` of `\(version)" }
}
