// SPDX-License-Identifier: Apache-2.0

extension ApiNode {
    var json: JSON {
        var api = ObjectBuilder()
        api.set("served-by", service)
        api.set("base", base)
        api.set("support-after-deprecation", promises.afterDeprecation?.description)
        api.set("support-after-successor", promises.afterSuccessor?.description)
        api.set("announce-ahead", promises.announceAhead?.description)
        api.set("never-shorten", promises.registry)
        api.set("choose-version-by", Self.list(negotiation.readers.map(\.parts)))
        api.set("versions-that-disagree", negotiation.disagreement.rawValue)
        api.set("without-version", negotiation.unversioned.text)
        api.set("pins", JSON.object(negotiation.pins.mapValues { .string($0.description) }))
        for (fault, status) in negotiation.statuses { api.set(fault.rawValue, status) }
        api.set("nearest-earlier", JSON.boolean(negotiation.takesNearestEarlier))
        api.set("neutral", JSON.array(neutral.map { .string($0) }))
        api.set("always-available", JSON.array(alwaysAvailable.map { .string($0) }))
        if let usage {
            api.set("usage") {
                $0.set("by", Self.list(usage.consumers.map(\.parts)))
                $0.set("alert-within", usage.alertWithin?.description)
            }
        }
        api.set("versions", JSON.array(versions.map(\.json)))
        return api.json
    }

    private static func list(_ parts: [(word: String, text: String)]) -> JSON {
        .array(parts.map { .array([.string($0.word), .string($0.text)]) })
    }

    init(_ reader: inout ObjectReader, name: QualifiedName) throws(GraphReadError) {
        let service = try reader.optional("served-by", "a name", \.asString)
        let base = try reader.optional("base", "a text", \.asString)
        var promises = Promises()
        promises.afterDeprecation = try reader.optional("support-after-deprecation", "a period", \.asPeriod)
        promises.afterSuccessor = try reader.optional("support-after-successor", "a period", \.asPeriod)
        promises.announceAhead = try reader.optional("announce-ahead", "a period", \.asPeriod)
        promises.registry = try reader.optional("never-shorten", "a text", \.asString)
        let negotiation = try Negotiation(&reader)
        let neutral = try reader.required("neutral", "a list of texts", \.asStrings)
        let alwaysAvailable = try reader.required("always-available", "a list of texts", \.asStrings)
        var usage: Usage?
        if var object = try reader.object("usage") {
            let consumers = try object.required("by", "a list of places") {
                $0.asList { $0.asPair(ConsumerSource.init) }
            }
            usage = Usage(
                consumers: consumers, alertWithin: try object.optional("alert-within", "a period", \.asPeriod))
            try object.finish()
        }
        var versions: [ApiVersionNode] = []
        for value in try reader.required("versions", "a list of versions", \.asArray) {
            versions.append(try ApiVersionNode(value, path: reader.path(of: "versions[\(versions.count)]")))
        }
        self.init(
            name: name, service: service.map { QualifiedName(full: $0) }, base: base, promises: promises,
            negotiation: negotiation, neutral: neutral, alwaysAvailable: alwaysAvailable, usage: usage,
            versions: versions)
    }
}

extension ApiNode.Negotiation {
    fileprivate init(_ reader: inout ObjectReader) throws(GraphReadError) {
        self.init()
        readers = try reader.required("choose-version-by", "a list of places") {
            $0.asList { $0.asPair(VersionReader.init) }
        }
        disagreement = try reader.required("versions-that-disagree", "`refused` or `ranked`") {
            $0.asWord(ApiNode.Disagreement.self)
        }
        unversioned = try reader.required("without-version", "a version") {
            $0.asString.flatMap { ApiNode.Unversioned(text: $0) }
        }
        var list = try reader.requiredObject("pins")
        for (consumer, value) in list.takeAll() {
            guard let version = value.asVersion else {
                throw GraphReadError(code: .value, path: list.path(of: consumer), message: "a version is due here")
            }
            pins[consumer] = version
        }
        for fault in ApiNode.Fault.allCases {
            statuses[fault] = try reader.optional(fault.rawValue, "a number", \.asInteger)
        }
        takesNearestEarlier = try reader.required("nearest-earlier", "`true` or `false`", \.asBoolean)
    }
}

extension ApiNode.Unversioned {
    /// The word or the version that the language writes for it.
    public var text: String {
        switch self {
        case .none: "none"
        case .version(let version): version.description
        case .latestStable: "latest-stable"
        case .oldest: "oldest"
        case .pinned: "pinned"
        }
    }

    /// Reads what ``text`` writes; nil for all else.
    public init?(text: String) {
        switch text {
        case "none": self = .none
        case "latest-stable": self = .latestStable
        case "oldest": self = .oldest
        case "pinned": self = .pinned
        default:
            guard let version = ApiVersion(text) else { return nil }
            self = .version(version)
        }
    }
}

extension JSON {
    var asPeriod: Period? { asString.flatMap { Period($0) } }
    var asInstant: Instant? { asString.flatMap { Instant($0) } }
    var asVersion: ApiVersion? { asString.flatMap { ApiVersion($0) } }
    var asStrings: [String]? { asList(\.asString) }

    /// A word and a text in a list of two.
    func asPair<Value>(_ make: (String, String) -> Value?) -> Value? {
        guard let parts = asStrings, parts.count == 2 else { return nil }
        return make(parts[0], parts[1])
    }
}
