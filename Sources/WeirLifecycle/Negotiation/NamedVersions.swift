// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// Reads the one version that a place of a request names.
enum NamedVersions {
    static func header(_ name: HTTPField.Name, of request: ApiRequest) throws(Refusal) -> ApiVersion? {
        let values = request.fields[values: name]
        guard values.reduce(0, { $0 + $1.utf8.count }) <= LifecycleLimits.longestField,
            values.count <= LifecycleLimits.mostValues
        else { throw Refusal(code: .tooLarge, status: 431, detail: "\(name) is too long") }
        let most = LifecycleLimits.mostValues + 1
        let texts = values.flatMap { MediaType.split($0[...], at: UInt8(ascii: ","), most: most) }
        guard texts.count < most else { throw Refusal(code: .tooLarge, status: 431, detail: "\(name) is too long") }
        let named = texts.map { String(MediaType.trimmed($0)) }.filter { !$0.isEmpty }
        return try only(named, place: "\(name)")
    }

    static func query(_ name: String, of query: Substring?) throws(Refusal) -> ApiVersion? {
        guard let query else { return nil }
        let most = LifecycleLimits.mostParameters
        let pairs = query.split(separator: "&", maxSplits: most)
        guard pairs.count <= most else {
            throw Refusal(code: .tooLarge, status: 414, detail: "the query has more than \(most) parameters")
        }
        let named = pairs.compactMap { pair -> String? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, Percent.decoded(parts[0]) == name else { return nil }
            return Percent.decoded(parts[1])
        }
        return try only(named, place: "the query")
    }

    static func path(_ segment: Substring?) throws(Refusal) -> ApiVersion? {
        try segment.map { [String($0)] }.flatMap { texts throws(Refusal) in try only(texts, place: "the path") }
    }

    private static func only(_ texts: [String], place: String) throws(Refusal) -> ApiVersion? {
        var found: ApiVersion?
        for text in texts {
            guard let version = ApiVersion(text) else {
                throw Refusal(
                    code: .malformedVersion, status: 400, detail: "`\(text.prefix(40))` in \(place) is not a version")
            }
            if let found, found != version {
                throw Refusal(
                    code: .ambiguousVersion, status: 400, detail: "\(place) names both \(found) and \(version)")
            }
            found = version
        }
        return found
    }
}
