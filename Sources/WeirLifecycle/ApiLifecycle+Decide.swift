// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import WeirPolicy

extension ApiLifecycle {
    /// Decides what becomes of a request at a moment; equal inputs give equal decisions.
    public func decide(_ request: ApiRequest, at now: Instant) -> ApiDecision {
        let fields = RequestFields(request.fields, fieldNames)
        let key = knowsConsumers ? nil : DecisionCache.Key.of(request, fields)
        let stretch = key == nil ? 0 : stretch(of: now)
        if let key, let remembered = cache.decision(key, in: stretch) { return remembered }
        do throws(Refusal) {
            if let path = known[request.path] {
                let decision = try decide(request, path, fields, now)
                // What a brownout has left depends on the very second.
                if let key, decision.matched != nil, decision.state != .brownout {
                    cache.remember(decision, key, in: stretch)
                }
                return decision
            }
            let path = try RequestPath(request.path)
            if !exempt.isEmpty, let exempt = exempt.match("", path.segments[...])?.value {
                return exempt ? available(path, now) : decision(.neutral, support.entry(at: now).vary)
            }
            guard let parts = shape.parts(of: path.segments) else {
                throw Refusal(code: .outside, status: 404, detail: "the path is not below the base of this API")
            }
            let consumer = request.consumer ?? fields.consumer
            let negotiator = Negotiator(
                api: self, fields: fields, segment: parts.version, query: path.query, consumer: consumer, now: now)
            let choice = try negotiator.choose()
            let match = versions[choice.index].routes.match(request.method, parts.rest)
            return answer(request, parts.rest, match, choice, consumer: consumer, now: now)
        } catch {
            return refused(error, request, now)
        }
    }

    /// Decides on a path that has been taken apart ahead of time.
    private func decide(
        _ request: ApiRequest, _ path: KnownPaths.Path, _ fields: RequestFields, _ now: Instant
    ) throws(Refusal) -> ApiDecision {
        let consumer = knowsConsumers ? request.consumer ?? fields.consumer : nil
        var choice: Negotiator.Choice
        if fields.isSilent, let version = path.version, state(version.place, now) != .planned {
            choice = Negotiator.Choice(index: version.place, reason: pathReason)
        } else {
            let negotiator = Negotiator(
                api: self, fields: fields, segment: path.version?.segment, query: nil, consumer: consumer, now: now)
            choice = try negotiator.choose()
        }
        let route = path.route(request.method, of: choice.index)
        let match = route.map { RouteTree<Route>.Match(value: $0, parameters: [:]) }
        return answer(
            request, path.rest, match ?? versions[choice.index].routes.match(request.method, path.rest), choice,
            consumer: consumer, now: now)
    }

    /// Whom the fields of a request name that count usage; nil: nobody.
    public func consumer(in fields: HTTPFields) -> String? { RequestFields(fields, fieldNames).consumer }

    private func decision(_ outcome: ApiDecision.Outcome, _ fields: HTTPFields) -> ApiDecision {
        ApiDecision(outcome: outcome, matched: nil, version: nil, reason: nil, state: nil, fields: fields)
    }

    private func available(_ path: RequestPath, _ now: Instant) -> ApiDecision {
        let found = shape.parts(of: path.segments)?.version.map { names.find($0) }
        guard let found, let index = index(of: found, at: now) else {
            return decision(.alwaysAvailable, support.entry(at: now).fields)
        }
        let moment = versions[index].moments.moment(at: now)
        return ApiDecision(
            outcome: .alwaysAvailable, matched: nil, version: versions[index].node.version,
            reason: readers.first { $0.parts.word == "path" }.map { .named($0) }, state: moment.phase.state,
            fields: moment.fields)
    }

    private func refused(_ refusal: Refusal, _ request: ApiRequest, _ now: Instant) -> ApiDecision {
        let support = support.entry(at: now)
        if request.method == "OPTIONS", refusal.code == .unspecifiedVersion {
            return decision(.discovery, support.fields)
        }
        let problem = ApiProblem(
            code: refusal.code, status: refusal.status, detail: refusal.detail, instance: Self.instance(request),
            version: refusal.version, supported: support.supported, sunset: nil, successor: nil, docs: nil)
        var fields = support.fields
        fields[.contentType] = ApiProblem.mediaType
        if !node.negotiation.pins.isEmpty, refusal.code == .unspecifiedVersion { fields[.cacheControl] = "private" }
        return decision(.refused(problem), fields)
    }

    static func instance(_ request: ApiRequest) -> String {
        let path = request.path.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return String(decoding: path.prefix(LifecycleLimits.longestPath), as: UTF8.self)
    }
}

extension SupportTable.Entry {
    /// What an answer without version says.
    var vary: HTTPFields {
        var only = HTTPFields()
        if let value = fields[.vary] { only[.vary] = value }
        return only
    }
}
