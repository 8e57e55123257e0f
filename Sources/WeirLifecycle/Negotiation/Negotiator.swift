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
        let found: VersionNames.Found
        let reason: ApiDecision.Reason
    }

    let api: ApiLifecycle
    let fields: RequestFields
    let segment: Substring?
    let query: Substring?
    let consumer: String?
    let now: Instant

    private var rules: ApiNode.Negotiation { api.node.negotiation }

    func choose() throws(Refusal) -> Choice {
        let accept = try readAccept()
        let body = try bodyVersion()
        var found: Named?
        for (place, reader) in api.readers.enumerated() {
            if let accept, case .accept = reader {
                if rules.disagreement == .ranked, found == nil, let choice = try negotiate(accept, or: body, reader) {
                    return choice
                }
                if let body { found = try agree(found, Named(found: body, reason: .contentType)) }
                continue
            }
            guard let version = try named(by: reader, place) else { continue }
            found = try agree(found, Named(found: version, reason: .named(reader)))
            if rules.disagreement == .ranked { break }
        }
        if let found {
            if rules.disagreement == .refused, let accept { try check(accept, against: found.found) }
            return Choice(index: try existing(found), reason: found.reason)
        }
        if let accept, let reader = api.acceptReader, let choice = try negotiate(accept, or: nil, reader) {
            return choice
        }
        return try unspecified()
    }

    /// What `Accept` says; nil: nothing of versions.
    private func readAccept() throws(Refusal) -> AcceptField? {
        guard let pattern = api.mediaType, !fields.accept.isEmpty || !fields.contentType.isEmpty else { return nil }
        return try AcceptField(fields.accept, pattern, api.names)
    }

    private func named(by reader: VersionReader, _ place: Int) throws(Refusal) -> VersionNames.Found? {
        switch reader {
        case .path: try NamedVersions.path(segment, api.names)
        case .header:
            if let name = api.fieldNames.versions.first(where: { $0.reader == place })?.name {
                try NamedVersions.header(name, fields.values(of: place), api.names)
            } else {
                nil
            }
        case .query(let name): try NamedVersions.query(name, of: query, api.names)
        case .accept: nil
        }
    }

    private func agree(_ first: Named?, _ second: Named) throws(Refusal) -> Named {
        guard let first else { return second }
        guard first.found != second.found, rules.disagreement == .refused else { return first }
        throw Refusal(
            code: .ambiguousVersion, status: 400,
            detail: "\(name(of: first.found)) is \(first.reason), \(name(of: second.found)) is \(second.reason)")
    }

    private func name(of found: VersionNames.Found) -> String { api.version(found)?.description ?? "a malformed one" }

    /// The version of the body; one that does not exist cannot be read, and a body is of one version only.
    private func bodyVersion() throws(Refusal) -> VersionNames.Found? {
        guard let pattern = api.mediaType, !fields.contentType.isEmpty else { return nil }
        guard fields.contentType.count <= LifecycleLimits.mostValues,
            fields.contentType.allSatisfy({ $0.utf8.count <= LifecycleLimits.longestField })
        else { throw Refusal(code: .tooLarge, status: 431, detail: "Content-Type is too long") }
        var body: VersionNames.Found?
        for value in fields.contentType {
            let bytes = value.utf8Span.span
            var place = 0
            let range = MediaRange(bytes, from: &place, parameter: pattern.parameter)
            guard case .names(let text) = pattern.reading(of: range, in: bytes) else { continue }
            let found = api.names.find(value.characters(at: text))
            guard api.index(of: found, at: now) != nil else {
                throw Refusal(
                    code: .unsupportedMediaType, status: 415,
                    detail: "the body is of `\(value.characters(at: text).prefix(40))`, which is no version of this API"
                )
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
        guard let version = api.version(found) else { return }
        let weight = accept.weight(of: version, api.names)
        guard weight == 0 || (weight == nil && accept.namesVersions && accept.wildcard == 0) else { return }
        throw Refusal(
            code: .ambiguousVersion, status: 400, detail: "\(version) is named, but Accept does not take it",
            version: version)
    }

    private func existing(_ named: Named) throws(Refusal) -> Int {
        if let index = api.index(of: named.found, at: now) { return index }
        let isPath = if case .named(.path) = named.reason { true } else { false }
        throw Refusal(
            code: .unsupportedVersion, status: rules.unknownStatus ?? (isPath ? 404 : 400),
            detail: "this API has no version \(name(of: named.found))", version: api.version(named.found))
    }

    /// The best living version that `Accept` takes; nil: it names none, and does not mind.
    private func negotiate(
        _ accept: AcceptField, or body: VersionNames.Found?, _ reader: VersionReader
    ) throws(Refusal) -> Choice? {
        let isExcluding = accept.weights.contains { $0 != nil } || !accept.others.isEmpty
        guard accept.namesVersions || isExcluding else {
            guard let body else { return nil }
            return Choice(index: try existing(Named(found: body, reason: .contentType)), reason: .contentType)
        }
        var best = Candidates(api: api, consumer: consumer, now: now)
        for (index, weight) in accept.weights.enumerated() {
            guard let weight, weight > 0, api.state(index, now) != .planned else { continue }
            best.add(index, weight, .named(reader))
        }
        for (version, weight) in accept.others where weight > 0 {
            guard let index = api.index(of: .other(version), at: now) else { continue }
            best.add(index, weight, .named(reader))
        }
        // A range that names a version is the more specific one, so a wildcard does not weigh it anew.
        if accept.wildcard > 0,
            let index = api.anyVersion(for: consumer, at: now, except: { accept.weights[$0] == 0 }),
            accept.weights[index] == nil
        {
            best.add(index, accept.wildcard, .wildcard)
        }
        if let choice = best.choice ?? best.gone { return choice }
        if accept.hasOther { return nil }
        throw Refusal(code: .notAcceptable, status: 406, detail: "Accept takes no version that is served")
    }

    private func unspecified() throws(Refusal) -> Choice {
        if let consumer, let pin = rules.pins[consumer], let place = api.names.place(of: pin),
            let index = api.index(of: .declared(place), at: now)
        {
            return Choice(index: index, reason: .pinned(consumer))
        }
        if let index = api.defaultVersion(for: consumer, at: now) {
            return Choice(index: index, reason: .unspecified)
        }
        throw Refusal(
            code: .unspecifiedVersion, status: 400, detail: "the request names no version, and there is no default")
    }
}

/// The best of the versions that `Accept` takes: the highest weight, then one that is not ending, then the newest.
private struct Candidates {
    let api: ApiLifecycle
    let consumer: String?
    let now: Instant
    private var rank = (0, 0, -1)
    private(set) var choice: Negotiator.Choice?
    /// The newest that is taken, but switched off for good.
    private(set) var gone: Negotiator.Choice?

    init(api: ApiLifecycle, consumer: String?, now: Instant) {
        self.api = api
        self.consumer = consumer
        self.now = now
    }

    mutating func add(_ index: Int, _ weight: Int, _ reason: ApiDecision.Reason) {
        guard api.isAlive(index, for: consumer, at: now) else {
            if gone.map({ $0.index < index }) ?? true { gone = Negotiator.Choice(index: index, reason: reason) }
            return
        }
        let rank = (weight, api.isEnding(index, now) ? 0 : 1, index)
        guard rank > self.rank else { return }
        self.rank = rank
        choice = Negotiator.Choice(index: index, reason: reason)
    }
}
