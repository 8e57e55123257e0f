// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// Chooses the version of one request.
struct Negotiator {
    /// A version that exists, and why it was chosen.
    struct Choice {
        let index: Int
        let reason: ApiDecision.Reason
    }

    /// A version that a place names.
    private struct Named {
        let version: ApiVersion
        let reason: ApiDecision.Reason
    }

    let api: ApiLifecycle
    let request: ApiRequest
    let segment: Substring?
    let query: Substring?
    let consumer: String?
    let now: Instant

    private var rules: ApiNode.Negotiation { api.node.negotiation }

    func choose() throws(Refusal) -> Choice {
        let accept = try api.mediaType.map { pattern throws(Refusal) in
            try AcceptField(request.fields[values: .accept], pattern)
        }
        let body = try bodyVersion()
        var found: Named?
        for reader in api.readers {
            if let accept, case .accept = reader {
                if rules.disagreement == .ranked, found == nil, let choice = try negotiate(accept, or: body, reader) {
                    return choice
                }
                if let body { found = try agree(found, Named(version: body, reason: .contentType)) }
                continue
            }
            guard let version = try named(by: reader) else { continue }
            found = try agree(found, Named(version: version, reason: .named(reader)))
            if rules.disagreement == .ranked { break }
        }
        if let found {
            if rules.disagreement == .refused, let accept { try check(accept, against: found.version) }
            return Choice(index: try existing(found), reason: found.reason)
        }
        if let accept, let reader = api.readers.first(where: { $0.parts.word == "accept" }),
            let choice = try negotiate(accept, or: nil, reader)
        {
            return choice
        }
        return try unspecified(accept)
    }

    private func named(by reader: VersionReader) throws(Refusal) -> ApiVersion? {
        switch reader {
        case .path: try NamedVersions.path(segment)
        case .header(let name):
            if let name = HTTPField.Name(name) { try NamedVersions.header(name, of: request) } else { nil }
        case .query(let name): try NamedVersions.query(name, of: query)
        case .accept: nil
        }
    }

    private func agree(_ first: Named?, _ second: Named) throws(Refusal) -> Named {
        guard let first else { return second }
        guard first.version != second.version, rules.disagreement == .refused else { return first }
        throw Refusal(
            code: .ambiguousVersion, status: 400,
            detail: "\(first.version) is \(first.reason), \(second.version) is \(second.reason)")
    }

    /// The version of the body; one that does not exist cannot be read.
    private func bodyVersion() throws(Refusal) -> ApiVersion? {
        guard let pattern = api.mediaType, let value = request.fields[values: .contentType].first,
            value.utf8.count <= LifecycleLimits.longestField
        else { return nil }
        let (type, parameters) = MediaType.parse(value[...])
        guard case .names(let text) = pattern.reading(of: type, parameters) else { return nil }
        guard let version = ApiVersion(text), api.index(of: version, at: now) != nil else {
            throw Refusal(
                code: .unsupportedMediaType, status: 415,
                detail: "the body is of `\(text.prefix(40))`, which is no version of this API")
        }
        return version
    }

    /// A version that another place names must be among those that `Accept` names, if it names any and no wildcard.
    private func check(_ accept: AcceptField, against version: ApiVersion) throws(Refusal) {
        let weight = accept.versions[version]
        guard weight == 0 || (weight == nil && accept.namesVersions && accept.wildcard == 0) else { return }
        throw Refusal(
            code: .ambiguousVersion, status: 400, detail: "\(version) is named, but Accept does not take it",
            version: version)
    }

    private func existing(_ named: Named) throws(Refusal) -> Int {
        if let index = api.index(of: named.version, at: now) { return index }
        let isPath = if case .named(.path) = named.reason { true } else { false }
        throw Refusal(
            code: .unsupportedVersion, status: rules.unknownStatus ?? (isPath ? 404 : 400),
            detail: "this API has no version \(named.version)", version: named.version)
    }

    /// The best living version that `Accept` takes; nil: it names none, and does not mind.
    private func negotiate(
        _ accept: AcceptField, or body: ApiVersion?, _ reader: VersionReader
    ) throws(Refusal) -> Choice? {
        guard accept.namesVersions || !accept.versions.isEmpty else {
            guard let body else { return nil }
            let named = Named(version: body, reason: .contentType)
            return Choice(index: try existing(named), reason: named.reason)
        }
        var candidates: [(index: Int, weight: Int, reason: ApiDecision.Reason)] = []
        var gone: Int?
        for (version, weight) in accept.versions where weight > 0 {
            guard let index = api.index(of: version, at: now) else { continue }
            if api.isAlive(index, for: consumer, at: now) {
                candidates.append((index, weight, .named(reader)))
            } else {
                gone = max(gone ?? index, index)
            }
        }
        let excluded = Set(accept.versions.filter { $0.value == 0 }.keys.compactMap { api.index(of: $0, at: now) })
        if accept.wildcard > 0, let index = api.anyVersion(except: excluded, for: consumer, at: now) {
            candidates.append((index, accept.wildcard, .wildcard))
        }
        let best = candidates.max { left, right in
            (left.weight, api.isEnding(left.index, now) ? 0 : 1, left.index)
                < (right.weight, api.isEnding(right.index, now) ? 0 : 1, right.index)
        }
        if let best { return Choice(index: best.index, reason: best.reason) }
        if let gone { return Choice(index: gone, reason: .named(reader)) }
        if accept.hasOther { return nil }
        throw Refusal(code: .notAcceptable, status: 406, detail: "Accept takes no version that is served")
    }

    private func unspecified(_ accept: AcceptField?) throws(Refusal) -> Choice {
        if let consumer, let pin = rules.pins[consumer], let index = api.index(of: pin, at: now) {
            return Choice(index: index, reason: .pinned(consumer))
        }
        if let index = api.defaultVersion(for: consumer, at: now) {
            return Choice(index: index, reason: .unspecified)
        }
        throw Refusal(
            code: .unspecifiedVersion, status: 400, detail: "the request names no version, and there is no default")
    }
}
