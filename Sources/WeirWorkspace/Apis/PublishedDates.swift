// SPDX-License-Identifier: Apache-2.0

public import WeirPolicy

/// The dates of versions that clients have been told, as a file under version control remembers them.
public struct PublishedDates: Sendable, Hashable {
    /// The dates of a version.
    public struct Dates: Sendable, Hashable {
        /// From when on it is deprecated.
        public var deprecated: Instant?
        /// From when on it is not served any more.
        public var sunset: Instant?
        /// Why a date was moved to an earlier moment; nil: none was.
        public var emergency: String?
    }

    /// By the API's full name, then by version.
    public private(set) var apis: [String: [ApiVersion: Dates]] = [:]

    /// No dates.
    public init() {}

    /// Reads what ``json`` writes; nil for all else.
    public init?(_ json: JSON) {
        guard case .object(let members) = json else { return nil }
        for (api, value) in members {
            guard case .object(let versions) = value else { return nil }
            for (name, value) in versions {
                guard let version = ApiVersion(name), case .object(let dates) = value else { return nil }
                var found = Dates()
                for (key, value) in dates {
                    guard case .string(let text) = value else { return nil }
                    switch key {
                    case "deprecated": found.deprecated = Instant(text)
                    case "sunset": found.sunset = Instant(text)
                    case "emergency": found.emergency = text
                    default: return nil
                    }
                    guard key == "emergency" || Instant(text) != nil else { return nil }
                }
                apis[api, default: [:]][version] = found
            }
        }
    }

    /// The file's content.
    public var json: JSON {
        .object(
            apis.mapValues { versions in
                .object(
                    Dictionary(
                        versions.map { version, dates in
                            var members: [String: JSON] = [:]
                            if let date = dates.deprecated { members["deprecated"] = .string("\(date)") }
                            if let date = dates.sunset { members["sunset"] = .string("\(date)") }
                            if let reason = dates.emergency { members["emergency"] = .string(reason) }
                            return ("\(version)", .object(members))
                        }
                    ) { first, _ in first })
            })
    }

    /// The published dates of a version; nil: none are.
    public func dates(of version: ApiVersion, in api: QualifiedName) -> Dates? { apis["\(api)"]?[version] }

    /// Takes over the dates that an API declares now; those of versions that are gone stay.
    public mutating func publish(_ api: ApiNode) {
        for version in api.versions where version.dates.deprecated != nil || version.dates.sunset != nil {
            let before = dates(of: version.version, in: api.name)
            apis["\(api.name)", default: [:]][version.version] = Dates(
                deprecated: version.dates.deprecated, sunset: version.dates.sunset,
                emergency: version.emergency ?? before?.emergency)
        }
    }
}
