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
        if !exempt.isEmpty, let exempt = exempt.match("", bytes, path.segments, from: 0)?.value {
            return exempt
                ? available(path, bytes, question.stretch) : ApiDecision(.neutral, vary(question.stretch.fields))
        }
        guard let parts = shape.parts(bytes, path.segments) else {
            throw Refusal(code: .outside, status: 404, detail: "the path is not below the base of this API")
        }
        let choice = try Negotiator(api: self, question: question).choose(
            bytes, segment: parts.version, query: path.query)
        let match = versions[choice.index].routes.match(request.method, bytes, path.segments, from: parts.rest)
        return answer(
            Asked(request: request, path: path, rest: parts.rest, choice: choice, match: match), bytes, question)
    }

    /// Whom the fields of a request name that count usage; nil: nobody.
    public func consumer(in fields: HTTPFields) -> String? { RequestFields(fields, fieldNames).consumer }

    /// Why a version was chosen, in words that others read.
    func reason(_ why: Why, _ consumer: String?) -> ApiDecision.Reason {
        switch why {
        case .named(let place): reasons[place]
        case .contentType: .contentType
        case .wildcard: .wildcard
        case .pinned: .pinned(consumer ?? "")
        case .unspecified: .unspecified
        }
    }

    private func available(_ path: RequestPath, _ bytes: Span<UInt8>, _ stretch: Stretch) -> ApiDecision {
        let segment = shape.parts(bytes, path.segments)?.version
        guard let segment, let found = names.find(bytes, segment.range), let index = index(of: found, in: stretch)
        else { return ApiDecision(.alwaysAvailable, stretch.fields) }
        let reader = readers.firstIndex(of: .path)
        return ApiDecision(
            .alwaysAvailable, versions[index].moments[stretch].fields, chosen: versions[index],
            reason: reader.map { reasons[$0] }, state: stretch.states[index])
    }

    private func refused(_ refusal: Refusal, _ request: ApiRequest, _ stretch: Stretch) -> ApiDecision {
        if request.method == "OPTIONS", refusal.code == .unspecifiedVersion {
            return ApiDecision(.discovery, stretch.fields)
        }
        let problem = ApiProblem(
            code: refusal.code, status: refusal.status, detail: refusal.detail, instance: Self.instance(request),
            version: refusal.version, supported: stretch.supported, sunset: nil, successor: nil, docs: nil)
        var fields = stretch.fields
        fields[.contentType] = ApiProblem.mediaType
        if !node.negotiation.pins.isEmpty, refusal.code == .unspecifiedVersion { fields[.cacheControl] = "private" }
        return ApiDecision(.refused(problem), fields)
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
