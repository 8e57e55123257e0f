// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import WeirPolicy

extension ApiLifecycle {
    /// Decides what becomes of a request at a moment; equal inputs give equal decisions.
    public func decide(_ request: ApiRequest, at now: Instant) -> ApiDecision {
        let places = RequestFields(request.fields, fieldNames)
        let question = Question(
            fields: request.fields, places: places,
            consumer: knowsConsumers ? request.consumer ?? places.consumer : nil, stretch: stretches.stretch(at: now),
            now: now)
        do throws(Refusal) {
            return try decide(request, question, request.path.utf8Span.span)
        } catch {
            return refused(error, request, question.stretch)
        }
    }

    private func decide(
        _ request: ApiRequest, _ question: Question, _ bytes: Span<UInt8>
    ) throws(Refusal) -> ApiDecision {
        let path = try RequestPath(bytes)
        if !exempt.isEmpty, let exempt = exempt.match("", bytes, path, from: 0)?.value {
            return exempt
                ? available(path, bytes, question.stretch) : ApiDecision(.neutral, vary(question.stretch.fields))
        }
        guard let parts = shape.parts(bytes, path) else {
            throw Refusal(code: .outside, status: 404, detail: "the path is not below the base of this API")
        }
        let choice = try choose(bytes, path, parts.version, question)
        let version = versions[choice.index]
        let match = version.routes.match(request.method, bytes, path, from: parts.rest)
        let moment = match?.value.moments?.moment(at: question.now) ?? version.moments[question.stretch]
        // What most requests are: there is such a route, and nothing to say of its end or of who asks.
        if let match, !moment.isPublicEnding, !knowsConsumers {
            return ApiDecision(
                .served, moment.fields, matched: match.value, parameters: match.parameters(bytes), chosen: version,
                why: choice.why, state: moment.phase.state)
        }
        return answer(
            Asked(request: request, rest: parts.rest, choice: choice, match: match, moment: moment), path, bytes,
            question)
    }

    private func choose(
        _ bytes: Span<UInt8>, _ path: RequestPath, _ segment: RequestPath.Segment?, _ question: Question
    ) throws(Refusal) -> Negotiator.Choice {
        // What most requests do: the path names a version, and nothing else says anything of versions.
        if question.places.areSilent, path.query == nil || !readsQuery, let pathReader, let segment,
            case .declared(let place) = names.find(bytes, segment.range), question.stretch.states[place].isKnown
        {
            return Negotiator.Choice(index: place, why: .named(pathReader))
        }
        return try Negotiator(api: self, question: question).choose(bytes, segment: segment, query: path.query)
    }

    /// Whom the fields of a request name that count usage; nil: nobody.
    public func consumer(in fields: HTTPFields) -> String? { RequestFields(fields, fieldNames).consumer }

    private func available(_ path: RequestPath, _ bytes: Span<UInt8>, _ stretch: Stretch) -> ApiDecision {
        let segment = shape.parts(bytes, path)?.version
        guard let segment, let found = names.find(bytes, segment.range), let index = index(of: found, in: stretch)
        else { return ApiDecision(.alwaysAvailable, stretch.fields) }
        return ApiDecision(
            .alwaysAvailable, versions[index].moments[stretch].fields, chosen: versions[index],
            why: pathReader.map { .named($0) }, state: stretch.states[index])
    }

    private func refused(_ refusal: Refusal, _ request: ApiRequest, _ stretch: Stretch) -> ApiDecision {
        if request.method == "OPTIONS", refusal.code == .unspecifiedVersion {
            return ApiDecision(.discovery, stretch.fields)
        }
        let status = refusal.code.fault.flatMap { node.negotiation.statuses[$0] } ?? refusal.status
        let problem = ApiProblem(
            code: refusal.code, status: status, detail: refusal.detail, instance: Self.instance(request),
            version: refusal.version, supported: stretch.supported, sunset: nil, successor: nil, docs: nil)
        var fields = stretch.fields
        fields[.contentType] = ApiProblem.mediaType
        if !node.negotiation.pins.isEmpty, refusal.code == .unspecifiedVersion { fields[.cacheControl] = "private" }
        return ApiDecision(.refused(ApiProblem.Box(problem)), fields)
    }

    static func instance(_ request: ApiRequest) -> String {
        let path = request.path.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return String(decoding: path.prefix(LifecycleLimits.longestPath), as: UTF8.self)
    }

    /// What an answer without version says.
    private func vary(_ fields: HTTPFields) -> HTTPFields {
        var only = HTTPFields()
        if let value = fields[.vary] { only[.vary] = value }
        return only
    }
}
