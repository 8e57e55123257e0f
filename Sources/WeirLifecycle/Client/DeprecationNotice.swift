// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
import RawStructuredFieldValues
public import WeirPolicy

/// What an answer says of the end of what was called: for those who call the APIs of others.
///
/// With AsyncHTTPClient: `DeprecationNotice(response.headers)`. A ``DeprecationBook`` keeps what was heard.
public struct DeprecationNotice: Sendable, Hashable {
    /// From when on it is deprecated; nil: since an unknown moment, as drafts before RFC 9745 said by `true`.
    public let deprecated: Instant?
    /// When it is switched off; nil: unknown.
    public let sunset: Instant?
    /// Where to read on, by relation: `deprecation`, `sunset`, `successor-version`, `latest-version`.
    public let links: [String: String]

    private static let relations: Set<String> = ["deprecation", "sunset", "successor-version", "latest-version"]
    /// How long the names of the fields are that are read: most others are passed over by that.
    private static let lengths: Set<Int> = [11, 6, 4]
    /// The most bytes of a field that are read.
    private static let longest = 4096

    /// Reads the fields of an answer; nil where they say nothing of an end.
    public init?(_ fields: HTTPFields) { self.init(fields.map { (name: $0.name.rawName, value: $0.value) }) }

    /// Reads the fields of an answer, whatever client it comes from, as `HTTPHeaders` of SwiftNIO are; nil where they say nothing of an
    /// end. Fields longer than 4 KiB are passed over.
    public init?(_ fields: some Sequence<(name: String, value: String)>) {
        var isDeprecated = false
        var (deprecated, sunset): (Instant?, Instant?)
        var links: [String: String] = [:]
        for (name, value) in fields where Self.lengths.contains(name.utf8.count) && value.utf8.count <= Self.longest {
            switch name.lowercased() {
            case "deprecation":
                deprecated = deprecated ?? Self.date(structured: value) ?? Instant(fixedDate: value)
                isDeprecated = isDeprecated || deprecated != nil || value == "true" || value == "?1"
            case "sunset": sunset = sunset ?? Instant(fixedDate: value)
            case "link":
                for (relation, target) in Self.links(value) where links[relation] == nil { links[relation] = target }
            default: break
            }
        }
        guard isDeprecated || sunset != nil else { return nil }
        self.deprecated = deprecated
        self.sunset = sunset
        self.links = links
    }

    /// Whole days until it is switched off; nil where that is unknown, negative afterwards.
    public func daysLeft(at now: Instant) -> Int? {
        sunset.map { $0.date.daysSince1970 - now.date.daysSince1970 }
    }

    private static func date(structured value: String) -> Instant? {
        var parser = StructuredFieldValueParser(Array(value.utf8))
        // What is no structured date may still be one in an older form.
        guard let item = try? parser.parseItemFieldValue(), case .date(let seconds) = item.rfc9651BareItem else {
            return nil
        }
        return Instant(secondsSince1970: seconds)
    }

    private static func links(_ value: String) -> [(String, String)] {
        var found: [(String, String)] = []
        var rest = Substring(value)
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let target = String(rest[rest.index(after: open)..<close])
            rest = rest[rest.index(after: close)...]
            let parameters = rest.prefix { $0 != "<" }
            guard let mark = parameters.firstRange(of: "rel=") else { continue }
            let text = parameters[mark.upperBound...].drop { $0 == "\"" }.prefix { !"\",;".contains($0) }
            for relation in text.split(separator: " ") where relations.contains(String(relation)) {
                found.append((String(relation), target))
            }
        }
        return found
    }
}

extension Instant {
    /// Reads an IMF-fixdate (RFC 9110, 5.6.7), such as `Wed, 31 Dec 2025 00:00:00 GMT`; nil for all else.
    public init?(fixedDate text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].count == 4, parts[0].last == ",", parts[5] == "GMT", let day = Int(parts[1]),
            parts[1].utf8.count == 2, let month = HeaderValues.month(parts[2]), let year = Int(parts[3]),
            parts[3].utf8.count == 4, let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, clock.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
        let numbers = clock.compactMap { Int($0) }
        guard numbers.count == 3, (0..<24).contains(numbers[0]), (0..<60).contains(numbers[1]),
            (0...60).contains(numbers[2])
        else { return nil }
        let seconds = numbers[0] * 3600 + numbers[1] * 60 + min(numbers[2], 59)
        self.init(secondsSince1970: Instant(date).secondsSince1970 + Int64(seconds))
    }
}
