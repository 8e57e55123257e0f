// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// Chooses the version of one request.
struct Negotiator {
    /// A version that exists, and why it was chosen.
    struct Choice {
        let index: Int
        let why: Why
        /// Whether another consumer might get another version for the same request.
        var isPersonal = false
    }

    /// A version that a place names.
    private struct Named {
        let found: VersionNames.Found
        let why: Why
    }

    let api: ApiLifecycle
    let question: Question

    /// - Parameters:
    ///   - bytes: the path with its query.
    ///   - segment: where it names a version.
    func choose(
        _ bytes: Span<UInt8>, segment: RequestPath.Segment?, query: Range<Int>?
    ) throws(Refusal) -> Choice {
        // Where places are ranked, one that nobody looks at may say what it likes.
        let accept = api.isRanked ? nil : try readAccept()
        let body = try bodyVersion()
        var found: Named?
        for place in api.readers.indices {
            let version: VersionNames.Found?
            switch api.readers[place] {
            case .path:
                version = if let segment { try NamedVersions.path(bytes, segment.range, api.names) } else { nil }
            case .header(let name):
                guard question.places.hasVersions else { continue }
                version = try NamedVersions.header(name, question.fields, api.names)
            case .query(let name): version = try NamedVersions.query(name, bytes, query, api.names)
            case .nowhere: continue
            case .accept:
                let accept = api.isRanked ? try readAccept() : accept
                if let accept {
                    if api.isRanked, found == nil, let choice = try negotiate(accept, or: body, place) { return choice }
                    if let body { found = try agree(found, Named(found: body, why: .contentType)) }
                }
                continue
            }
            guard let version else { continue }
            found = try agree(found, Named(found: version, why: .named(place)))
            if api.isRanked { break }
        }
        if let found {
            if !api.isRanked, let accept { try check(accept, against: found.found) }
            return Choice(index: try existing(found), why: found.why)
        }
        if let accept, let place = api.readers.firstIndex(of: .accept),
            let choice = try negotiate(accept, or: nil, place)
        {
            return choice
        }
        return try unspecified()
    }

    /// What `Accept` says; nil: nothing of versions.
    private func readAccept() throws(Refusal) -> AcceptField? {
        guard let pattern = api.mediaType else { return nil }
        let places = question.places
        guard places.accept != nil || places.contentType != nil else { return nil }
        return try AcceptField(question.fields, places.accept, api, pattern)
    }

    private func agree(_ first: Named?, _ second: Named) throws(Refusal) -> Named {
        guard let first else { return second }
        guard first.found != second.found, !api.isRanked else { return first }
        throw Refusal(
            code: .ambiguousVersion, status: 400,
            detail:
                "\(name(of: first.found)) is \(reason(first.why)), \(name(of: second.found)) is \(reason(second.why))")
    }

    private func name(of found: VersionNames.Found) -> String {
        api.version(found)?.description ?? "a malformed one"
    }

    /// Only what names a version can disagree.
    private func reason(_ why: Why) -> ApiDecision.Reason {
        if case .named(let place) = why { .named(api.node.negotiation.readers[place]) } else { .contentType }
    }

    /// The version of the body; one that does not exist cannot be read, and a body is of one version only.
    private func bodyVersion() throws(Refusal) -> VersionNames.Found? {
        guard let pattern = api.mediaType, let places = question.places.contentType else { return nil }
        var (body, count) = (nil as VersionNames.Found?, 0)
        for place in places where question.fields[place].name == .contentType {
            let value = question.fields[place].value
            count += 1
            guard count <= LifecycleLimits.mostValues, value.utf8.count <= LifecycleLimits.longestField else {
                throw Refusal(code: .tooLarge, status: 431, detail: "Content-Type is too long")
            }
            let bytes = value.utf8Span.span
            var place = 0
            let range = MediaRange(bytes, from: &place, pattern)
            guard case .names(let text) = pattern.reading(of: range, in: bytes) else { continue }
            guard let found = api.names.find(bytes, text), api.index(of: found, in: question.stretch) != nil else {
                throw Refusal(
                    code: .unsupportedMediaType, status: 415,
                    detail: "the body is of `\(bytes.text(text.prefix(40)))`, which is no version of this API")
            }
            if let body, body != found {
                throw Refusal(code: .ambiguousVersion, status: 400, detail: "Content-Type names two versions")
            }
            body = found
        }
        return body
    }

    /// A version that another place names must be among those that `Accept` names, if it names any and no wildcard.
    private func check(_ accept: AcceptField, against found: VersionNames.Found) throws(Refusal) {
        let weight = accept.weight(of: found)
        guard weight == 0 || (weight == nil && accept.namesVersions && accept.wildcard == 0) else { return }
        throw Refusal(
            code: .ambiguousVersion, status: 400, detail: "\(name(of: found)) is named, but Accept does not take it",
            version: api.version(found))
    }

    private func existing(_ named: Named) throws(Refusal) -> Int {
        if let index = api.index(of: named.found, in: question.stretch) { return index }
        let isPath = if case .named(let place) = named.why { api.readers[place] == .path } else { false }
        var detail = "this API has no version \(name(of: named.found))"
        if case .declared(let place) = named.found, let date = api.versions[place].node.dates.removed,
            question.stretch.states[place] == .removed
        {
            detail += " any more, since \(date)"
        }
        throw Refusal(
            code: .unsupportedVersion, status: isPath ? 404 : 400, detail: detail, version: api.version(named.found))
    }

    /// The best living version that `Accept` takes; nil: it names none, and does not mind.
    private func negotiate(
        _ accept: AcceptField, or body: VersionNames.Found?, _ reader: Int
    ) throws(Refusal) -> Choice? {
        guard accept.namesVersions || accept.names else {
            guard let body else { return nil }
            return Choice(index: try existing(Named(found: body, why: .contentType)), why: .contentType)
        }
        if let choice = Candidates.best(accept, reader, api, question) { return choice }
        if accept.hasOther { return nil }
        throw Refusal(code: .notAcceptable, status: 406, detail: "Accept takes no version that is served")
    }

    private func unspecified() throws(Refusal) -> Choice {
        if let consumer = question.consumer, let pin = api.node.negotiation.pins[consumer],
            let place = api.names.place(of: pin), let index = api.index(of: .declared(place), in: question.stretch)
        {
            return Choice(index: index, why: .pinned)
        }
        if let index = question.stretch.fallback { return Choice(index: index, why: .unspecified) }
        throw Refusal(
            code: .unspecifiedVersion, status: 400, detail: "the request names no version, and there is no default")
    }
}
