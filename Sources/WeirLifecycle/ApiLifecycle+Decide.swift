// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
public import WeirPolicy

extension ApiLifecycle {
    /// Decides what becomes of a request at a moment; equal inputs give equal decisions.
    public func decide(_ request: ApiRequest, at now: Instant) -> ApiDecision {
        let support = support.entry(at: now)
        let consumer = request.consumer ?? consumer(in: request.fields)
        do throws(Refusal) {
            let path = try RequestPath(request.path)
            if let exempt = exempt.match("", path.segments[...])?.value {
                return exempt ? available(path, support, now) : decision(.neutral, support.vary)
            }
            guard let parts = shape.parts(of: path.segments) else {
                throw Refusal(code: .outside, status: 404, detail: "the path is not below the base of this API")
            }
            let negotiator = Negotiator(
                api: self, request: request, segment: parts.version, query: path.query, consumer: consumer, now: now)
            let choice = try negotiator.choose()
            return answer(request, parts, choice, consumer: consumer, now: now)
        } catch {
            return refused(error, request, support)
        }
    }

    /// Whom the header fields name that count usage.
    private func consumer(in fields: HTTPFields) -> String? {
        for case .header(let name) in node.usage?.consumers ?? [] {
            if let name = HTTPField.Name(name), let value = fields[values: name].first, !value.isEmpty { return value }
        }
        return nil
    }

    private func decision(_ outcome: ApiDecision.Outcome, _ fields: HTTPFields) -> ApiDecision {
        ApiDecision(outcome: outcome, version: nil, reason: nil, state: nil, fields: fields)
    }

    private func available(_ path: RequestPath, _ support: SupportTable.Entry, _ now: Instant) -> ApiDecision {
        let segment = shape.parts(of: path.segments)?.version
        let version = segment.flatMap { ApiVersion(String($0)) }
        let index = version.flatMap { self.index(of: $0, at: now) }
        guard let index else { return decision(.alwaysAvailable, support.fields) }
        let phase = versions[index].timeline.phase(at: now)
        var fields = support.fields
        fields[.apiVersion] = versions[index].node.version.description
        fields.append(contentsOf: phase.fields)
        return ApiDecision(
            outcome: .alwaysAvailable, version: versions[index].node.version,
            reason: readers.first { $0.parts.word == "path" }.map { .named($0) }, state: phase.state, fields: fields)
    }

    private func refused(_ refusal: Refusal, _ request: ApiRequest, _ support: SupportTable.Entry) -> ApiDecision {
        let problem = ApiProblem(
            code: refusal.code, status: refusal.status, detail: refusal.detail, instance: Self.instance(request),
            version: refusal.version, supported: support.supported, sunset: nil, successor: nil, docs: nil)
        var fields = support.fields
        fields[.contentType] = ApiProblem.mediaType
        if !node.negotiation.pins.isEmpty, refusal.code == .unspecifiedVersion { fields[.cacheControl] = "private" }
        return decision(.refused(problem), fields)
    }

    static func instance(_ request: ApiRequest) -> String {
        String(request.path.prefix { $0 != "?" && $0 != "#" }.prefix(LifecycleLimits.longestPath))
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
