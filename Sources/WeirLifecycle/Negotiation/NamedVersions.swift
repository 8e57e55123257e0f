// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// Reads the one version that a place of a request names.
enum NamedVersions {
    typealias Found = VersionNames.Found

    static func header(
        _ name: HTTPField.Name, _ values: [String], _ names: VersionNames
    ) throws(Refusal) -> Found? {
        guard !values.isEmpty else { return nil }
        let most = LifecycleLimits.mostValues
        guard values.reduce(0, { $0 + $1.utf8.count }) <= LifecycleLimits.longestField, values.count <= most else {
            throw Refusal(code: .tooLarge, status: 431, detail: "\(name) is too long")
        }
        var named: [Substring] = []
        for value in values {
            guard let pieces = value.pieces(most: most), named.count + pieces.count <= most else {
                throw Refusal(code: .tooLarge, status: 431, detail: "\(name) is too long")
            }
            named += pieces
        }
        return try only(named, place: "\(name)", names)
    }

    static func query(_ name: String, of query: Substring?, _ names: VersionNames) throws(Refusal) -> Found? {
        guard let query else { return nil }
        let most = LifecycleLimits.mostParameters
        let pairs = query.split(separator: "&", maxSplits: most)
        guard pairs.count <= most else {
            throw Refusal(code: .tooLarge, status: 414, detail: "the query has more than \(most) parameters")
        }
        let named = pairs.compactMap { pair -> Substring? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, Percent.decoded(parts[0]) == name else { return nil }
            return Percent.decoded(parts[1])[...]
        }
        return try only(named, place: "the query", names)
    }

    static func path(_ segment: Substring?, _ names: VersionNames) throws(Refusal) -> Found? {
        guard let segment else { return nil }
        return try found(segment, place: "the path", names)
    }

    private static func found(_ text: Substring, place: String, _ names: VersionNames) throws(Refusal) -> Found {
        let found = names.find(text)
        guard found == .malformed else { return found }
        throw Refusal(
            code: .malformedVersion, status: 400, detail: "`\(text.prefix(40))` in \(place) is not a version")
    }

    private static func only(
        _ texts: [Substring], place: String, _ names: VersionNames
    ) throws(Refusal) -> Found? {
        var first: (text: Substring, found: Found)?
        for text in texts {
            let found = try found(text, place: place, names)
            if let first, first.found != found {
                throw Refusal(
                    code: .ambiguousVersion, status: 400,
                    detail: "\(place) names both `\(first.text.prefix(40))` and `\(text.prefix(40))`")
            }
            first = (text, found)
        }
        return first?.found
    }
}
