// SPDX-License-Identifier: Apache-2.0

public import Hummingbird
import Logging
public import Weir
public import WeirLifecycle
import WeirPolicy

/// The routes of an API, a handler for each version's, and the middleware that leads requests to them.
///
/// Attach it to the configuration before loading, register handlers, then add the middleware to the router:
///
/// ```swift
/// let api = ApiRoutes<BasicRequestContext>("gateway.platform")
/// let weir = try await Weir.load(from: "policies", configuration: WeirConfiguration(apis: [api]))
/// api.version("v2").get("/assets/{id}") { request, context in … }
/// router.add(middleware: try api.middleware())
/// ```
public final class ApiRoutes<Context: RequestContext>: ApiEnforcement {
    /// Answers a request to one route of one version.
    public typealias Handler = @concurrent @Sendable (Request, Context) async throws -> Response

    struct State {
        var lifecycle: ApiLifecycle?
        var handlers: [RouteKey: Handler] = [:]
        /// What is wrong with the handlers themselves.
        var mistakes: [String] = []
        var usage = UsageBook()
    }

    /// The API: its full name, or an ending of it.
    public let apiName: String
    private let wallClock: @Sendable () -> Int64
    private let consumer: (@Sendable (Request, Context) -> String?)?
    private let state = AdministrationLock(State())
    /// What answers requests; nil before the middleware is made. On its own, because every request asks for it.
    private let current = AdministrationLock<ServedApi<Context>?>(nil)

    /// Routes without handlers.
    /// - Parameters:
    ///   - name: the API, by its full name or an ending of it.
    ///   - wallClock: seconds since 1970, by which versions live and end.
    ///   - consumer: who calls, as the service knows it, such as a claim of a token that was checked; nil, or where it gives
    ///     nil: whom the header fields name that count usage.
    public init(
        _ name: String, wallClock: @escaping @Sendable () -> Int64 = WallClock.now,
        consumer: (@Sendable (Request, Context) -> String?)? = nil
    ) {
        apiName = name
        self.wallClock = wallClock
        self.consumer = consumer
    }

    /// The handlers of a version.
    public func version(_ name: String) -> VersionRoutes<Context> { VersionRoutes(api: self, name: name) }

    /// The middleware that chooses versions, leads requests to their handlers and completes every answer.
    ///
    /// Add it before all other middlewares that make answers, so that it is around them. Paths outside of the API, neutral ones and
    /// those that are always available go on to the router.
    /// - Throws: ``ApiRoutesError`` with all that differs between the handlers and the policy.
    public func middleware() throws(ApiRoutesError) -> ApiMiddleware<Context> {
        try state.withLock { state throws(ApiRoutesError) in
            guard let lifecycle = state.lifecycle else {
                throw ApiRoutesError(
                    api: apiName, problems: ["it is not attached to a configuration that has been loaded"])
            }
            let served = ServedApi(lifecycle, state.handlers)
            let problems = state.mistakes + served.problems
            guard problems.isEmpty else { throw ApiRoutesError(api: apiName, problems: problems) }
            current.withLock { $0 = served }
        }
        return ApiMiddleware(routes: self)
    }

    func register(_ key: RouteKey?, _ words: String, _ handler: @escaping Handler) {
        state.withLock { state in
            guard let key else {
                state.mistakes.append("`\(words)`: that is not the name of a version")
                return
            }
            if state.handlers[key] != nil { state.mistakes.append("`\(words)` is handled twice") }
            state.handlers[key] = handler
        }
    }

    /// What answers requests at present; nil before the middleware is made.
    var served: ServedApi<Context>? { current.withLock { $0 } }

    /// The moment by which the API lives.
    var now: Instant { Instant(secondsSince1970: wallClock()) }

    func consumer(of request: Request, _ context: Context) -> String? { consumer?(request, context) }

    /// Counts a request; the first of a consumer, route and day that raises the declared alert is logged.
    func note(_ decision: ApiDecision, of api: ApiLifecycle, _ request: Request, _ context: Context, at now: Instant) {
        guard api.node.usage != nil else { return }
        let name = consumer(of: request, context) ?? api.consumer(in: request.headers)
        let isFirst = state.withLock { $0.usage.note(decision, of: api.node.name, consumer: name, at: now) }
        guard isFirst, let sunset = api.alert(decision, at: now) else { return }
        context.logger.warning(
            "a deprecated API is still called shortly before its sunset",
            metadata: [
                "api": "\(api.node.name)", "version": "\(decision.version?.description ?? "")",
                "consumer": "\(name ?? UsageBook.unknown)", "sunset": "\(sunset)",
                "route": "\(decision.route.map { "\($0.method) \($0.path)" } ?? "")",
            ])
    }
}

extension ApiRoutes {
    /// Whether the middleware has been made.
    public var isServing: Bool { served != nil }

    /// What differs between the handlers and a declaration, once the middleware has been made.
    public func problems(with api: ApiLifecycle) -> [String] {
        isServing ? state.withLock { ServedApi(api, $0.handlers).problems } : []
    }

    /// Serves the API like this from now on.
    public func enforce(_ api: ApiLifecycle) {
        state.withLock { state in
            state.lifecycle = api
            let served = ServedApi(api, state.handlers)
            current.withLock { if $0 != nil { $0 = served } }
        }
    }
}

extension ApiRoutes {
    /// The calls that have been counted since the last time they were taken.
    public func takeUsage() -> [UsageCount] { state.withLock { $0.usage.takeAll() } }

    /// Puts counts back that could not be stored.
    public func restoreUsage(_ counts: [UsageCount]) { state.withLock { $0.usage.restore(counts) } }

    /// Who breaks on which sunset date: what a store has, with what has been counted since; nil before the policies have been loaded.
    /// - Parameter days: how far back calls are looked at.
    /// - Throws: what the store throws.
    public func usage(in store: any UsageStore, days: Int = 90) async throws -> UsageReport? {
        guard let lifecycle = state.withLock({ $0.lifecycle }) else { return nil }
        let now = now
        let since = CalendarDate(daysSince1970: now.date.daysSince1970 - max(days, 0))
        let stored = try await store.counts(since: since)
        // Read after the store: what is stored in between is missing once, and nothing is ever counted twice.
        let fresh = state.withLock { $0.usage.all }.filter { $0.key.day >= since }
        return UsageReport(lifecycle, stored + fresh, at: now)
    }

    /// The same as JSON, for a route of administrators.
    public func usageReport(from store: any UsageStore, days: Int = 90) async throws -> Response {
        guard let report = try await usage(in: store, days: days) else { return Response(status: .serviceUnavailable) }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: report.json.canonicalBytes)))
    }

    /// What is deprecated and how every version stands, for a route such as `GET /api/v1/system/deprecations`.
    ///
    /// ```swift
    /// router.get("/api/v1/system/deprecations") { _, _ in api.deprecations() }
    /// ```
    public func deprecations() -> Response {
        guard let lifecycle = state.withLock({ $0.lifecycle }) else { return Response(status: .serviceUnavailable) }
        let bytes = lifecycle.deprecations(at: now).canonicalBytes
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// The handlers and the policy of an API do not fit each other.
public struct ApiRoutesError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The API as the routes name it.
    public let api: String
    /// What does not fit, a clause each.
    public let problems: [String]

    /// The list, a line each.
    public var description: String {
        "the routes of `\(api)` cannot be served:" + problems.map { "\n  " + $0 }.joined()
    }
}
