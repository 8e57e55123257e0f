// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Where base and version stand in the paths of an API.
struct PathShape: Sendable, Hashable {
    /// A path taken apart.
    struct Parts {
        /// The segment of the version; nil: the path names none.
        let version: Substring?
        /// What follows base and version.
        let rest: ArraySlice<Substring>
    }

    private let base: [String]
    private let before: [String]
    private let after: [String]
    /// Whether paths may name a version.
    let hasVersion: Bool

    init(base: String?, template: String?) {
        self.base = RequestPath.segments(Substring(base ?? "")).map(String.init)
        let segments = RequestPath.segments(Substring(template ?? "")).map(String.init)
        let place = segments.firstIndex(of: "{version}")
        hasVersion = place != nil
        before = place.map { Array(segments[..<$0]) } ?? []
        after = place.map { Array(segments[($0 + 1)...]) } ?? []
    }

    /// Takes a path apart; nil: it is not below the base.
    func parts(of segments: [Substring]) -> Parts? {
        guard var rest = Self.dropping(base, segments[...]) else { return nil }
        guard hasVersion else { return Parts(version: nil, rest: rest) }
        rest = Self.dropping(before, rest) ?? rest
        guard let segment = rest.first, Self.isVersionLike(segment),
            let tail = Self.dropping(after, rest.dropFirst())
        else { return Parts(version: nil, rest: rest) }
        return Parts(version: segment, rest: tail)
    }

    /// The path of the same route in another version; nil: paths name no versions.
    func path(_ version: ApiVersion, _ rest: ArraySlice<Substring>) -> String? {
        guard hasVersion else { return nil }
        let head = base + before + [version.description] + after
        return "/" + (head + rest.map(String.init)).joined(separator: "/")
    }

    /// The path of a route without a version.
    func path(_ rest: ArraySlice<Substring>) -> String { "/" + (base + rest.map(String.init)).joined(separator: "/") }

    /// A digit, or a `v` before one: what means to be a version, whether or not it can be read as one.
    private static func isVersionLike(_ segment: Substring) -> Bool {
        let short = segment.utf8.prefix(16)
        if short.contains(UInt8(ascii: "%")) {
            return isVersionLike(bytes: Percent.decoded(Substring(short)).utf8[...])
        }
        return isVersionLike(bytes: short)
    }

    private static func isVersionLike(bytes: Substring.UTF8View) -> Bool {
        guard let first = bytes.first else { return false }
        let isLetter = first | 0x20 == UInt8(ascii: "v")
        guard let digit = isLetter ? bytes.dropFirst().first : first else { return false }
        return digit &- UInt8(ascii: "0") < 10
    }

    private static func dropping(_ prefix: [String], _ segments: ArraySlice<Substring>) -> ArraySlice<Substring>? {
        guard segments.count >= prefix.count, zip(prefix, segments).allSatisfy({ $0 == $1 }) else { return nil }
        return segments.dropFirst(prefix.count)
    }
}
