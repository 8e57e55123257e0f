// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import Hummingbird
import Logging
import WeirLifecycle
import WeirPolicy

/// Chooses the version of each request, leads it to the version's handler, and completes whatever answer comes of it.
public struct ApiMiddleware<Context: RequestContext>: RouterMiddleware {
    let routes: ApiRoutes<Context>

    /// Answers a request of the API; others go on as they came.
    @concurrent public func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let served = routes.served else { return try await next(request, context) }
        let (api, now) = (served.lifecycle, routes.now)
        let consumer = routes.consumer(of: request, context)
        let decision = api.decide(ApiRequest(request.head, consumer: consumer), at: now)
        routes.note(decision, of: api, request, context, at: now)
        switch decision.outcome {
        case .refused(let problem) where problem.code == .outside: return try await next(request, context)
        case .refused, .discovery: return Self.answer(api, decision, request)
        case .neutral, .alwaysAvailable:
            return try await Self.completed(decision, request, context) { try await next(request, context) }
        case .served(_, let parameters):
            guard let route = decision.route, let version = decision.version,
                let entry = served.entry(route, of: version)
            else {
                // The start and every reload check that there is one.
                return try await Self.completed(decision, request, context) { throw HTTPError(.notImplemented) }
            }
            var context = context
            context.coreContext.endpointPath.value = entry.name
            if !parameters.isEmpty {
                context.coreContext.parameters = Parameters(parameters.map { ($0.key[...], $0.value[...]) })
            }
            let inner = context
            return try await Self.completed(decision, request, context) { try await entry.handler(request, inner) }
        }
    }

    private static func answer(_ api: ApiLifecycle, _ decision: ApiDecision, _ request: Request) -> Response {
        guard let answer = api.answer(of: decision) else { return Response(status: .internalServerError) }
        let response = Response(
            status: answer.head.status, headers: answer.head.headerFields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// The answer of a handler, or of the error that it throws, with the fields of the decision.
    @concurrent private static func completed(
        _ decision: ApiDecision, _ request: Request, _ context: Context,
        _ handler: @concurrent () async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await handler()
        } catch let error as CancellationError {
            throw error
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        } catch {
            context.logger.error("a handler failed: \(error)")
            response = Response(status: .internalServerError)
        }
        if request.method == .head, decision.route?.method == "GET" { response = response.createHeadResponse() }
        decision.apply(to: &response.headers)
        return response
    }
}
