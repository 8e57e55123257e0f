// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// The dates that clients have been told, as a file under version control remembers them.
public struct PublishedDates: Sendable, Hashable {
    /// When something begins to end, and when it is over.
    public struct Dates: Sendable, Hashable {
        /// From when on it is deprecated.
        public var deprecated: Instant?
        /// From when on it is not served any more.
        public var sunset: Instant?

        var isEmpty: Bool { deprecated == nil && sunset == nil }
    }

    /// The dates of a version, and of what of it has dates of its own.
    public struct Version: Sendable, Hashable {
        /// The version's own.
        public var dates = Dates()
        /// Those of its routes, by method and path.
        public var routes: [String: Dates] = [:]
        /// Until when consumers are served beyond the sunset.
        public var graces: [String: Instant] = [:]
        /// Why a date was moved to an earlier moment; nil: none was.
        public var emergency: String?

        var isEmpty: Bool { dates.isEmpty && routes.isEmpty && graces.isEmpty }
    }

    /// By the API's full name, then by version.
    public private(set) var apis: [String: [ApiVersion: Version]] = [:]

    /// No dates.
    public init() {}

    /// The published dates of a version; nil: none are.
    public func version(_ version: ApiVersion, of api: QualifiedName) -> Version? { apis["\(api)"]?[version] }

    /// Takes over the dates that an API declares now; those of versions that are gone stay.
    public mutating func publish(_ api: ApiNode) {
        for version in api.versions {
            var published = Version()
            published.dates = Dates(deprecated: version.dates.deprecated, sunset: version.dates.sunset)
            for route in version.routes {
                let dates = Dates(deprecated: route.deprecated, sunset: route.sunset)
                if !dates.isEmpty { published.routes["\(route.method) \(route.path)"] = dates }
            }
            for grace in version.grace { published.graces[grace.consumer] = grace.until }
            guard !published.isEmpty else { continue }
            published.emergency = version.emergency ?? self.version(version.version, of: api.name)?.emergency
            apis["\(api.name)", default: [:]][version.version] = published
        }
    }

    /// Reads what ``json`` writes; nil for all else.
    public init?(_ json: JSON) {
        guard case .object(let members) = json else { return nil }
        for (api, value) in members {
            guard case .object(let versions) = value else { return nil }
            for (name, value) in versions {
                guard let version = ApiVersion(name), let published = Version(value) else { return nil }
                apis[api, default: [:]][version] = published
            }
        }
    }

    /// The file's content.
    public var json: JSON {
        .object(
            apis.mapValues { versions in
                .object(Dictionary(versions.map { ("\($0)", $1.json) }) { first, _ in first })
            })
    }
}

extension PublishedDates.Dates {
    fileprivate init?(_ json: JSON) {
        guard case .object(let members) = json else { return nil }
        for (key, value) in members {
            guard case .string(let text) = value, let date = Instant(text) else { return nil }
            switch key {
            case "deprecated": deprecated = date
            case "sunset": sunset = date
            default: return nil
            }
        }
    }

    fileprivate var members: [String: JSON] {
        var members: [String: JSON] = [:]
        if let deprecated { members["deprecated"] = .string("\(deprecated)") }
        if let sunset { members["sunset"] = .string("\(sunset)") }
        return members
    }
}

extension PublishedDates.Version {
    fileprivate init?(_ json: JSON) {
        guard case .object(var members) = json else { return nil }
        if let value = members.removeValue(forKey: "emergency") {
            guard case .string(let reason) = value else { return nil }
            emergency = reason
        }
        if let value = members.removeValue(forKey: "routes") {
            guard case .object(let routes) = value else { return nil }
            for (name, value) in routes {
                guard let dates = PublishedDates.Dates(value) else { return nil }
                self.routes[name] = dates
            }
        }
        if let value = members.removeValue(forKey: "grace") {
            guard case .object(let graces) = value else { return nil }
            for (consumer, value) in graces {
                guard case .string(let text) = value, let date = Instant(text) else { return nil }
                self.graces[consumer] = date
            }
        }
        guard let own = PublishedDates.Dates(.object(members)) else { return nil }
        dates = own
    }

    fileprivate var json: JSON {
        var members = dates.members
        if let emergency { members["emergency"] = .string(emergency) }
        if !routes.isEmpty { members["routes"] = .object(routes.mapValues { .object($0.members) }) }
        if !graces.isEmpty { members["grace"] = .object(graces.mapValues { .string("\($0)") }) }
        return .object(members)
    }
}
