// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// Where base and version stand in the paths of an API.
///
/// A class, so that handing it around counts one reference.
final class PathShape: Sendable {
    /// A path taken apart, by places among its segments.
    struct Parts {
        /// The segment of the version; nil: the path names none.
        let version: RequestPath.Segment?
        /// Where begins what follows base and version.
        let rest: Int
    }

    private let base: [[UInt8]]
    private let before: [[UInt8]]
    private let after: [[UInt8]]
    private let head: String
    private let tail: String
    /// Whether paths may name a version.
    let hasVersion: Bool

    init(base: String?, template: String?) {
        let base = RequestPath.segments(of: base ?? "")
        let segments = RequestPath.segments(of: template ?? "")
        let place = segments.firstIndex(of: "{version}")
        hasVersion = place != nil
        let before = place.map { Array(segments[..<$0]) } ?? []
        let after = place.map { Array(segments[($0 + 1)...]) } ?? []
        self.base = base.map { Array($0.utf8) }
        self.before = before.map { Array($0.utf8) }
        self.after = after.map { Array($0.utf8) }
        head = (base + before).map { "/" + $0 }.joined() + "/"
        tail = after.map { "/" + $0 }.joined()
    }

    /// Takes a path apart; nil: it is not below the base.
    func parts(_ bytes: Span<UInt8>, _ path: RequestPath) -> Parts? {
        guard var rest = Self.dropping(base, bytes, path, from: 0) else { return nil }
        guard hasVersion else { return Parts(version: nil, rest: rest) }
        rest = Self.dropping(before, bytes, path, from: rest) ?? rest
        guard rest < path.count, Self.isVersionLike(bytes, path[rest].range),
            let tail = Self.dropping(after, bytes, path, from: rest + 1)
        else { return Parts(version: nil, rest: rest) }
        return Parts(version: path[rest], rest: tail)
    }

    /// What the paths of a version begin with, without a slash at the end; nil: paths name no versions.
    func head(of version: ApiVersion) -> String? { hasVersion ? "\(head)\(version)\(tail)" : nil }

    /// A digit, or a `v` before one: what means to be a version, whether or not it can be read as one.
    private static func isVersionLike(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let short = range.prefix(16)
        for place in short where bytes[place] == UInt8(ascii: "%") {
            let plain = Percent.decoded(bytes, short)
            return isVersionLike(plain.first, plain.dropFirst().first)
        }
        return isVersionLike(
            short.first.map { bytes[$0] }, short.count > 1 ? bytes[short.lowerBound + 1] : nil)
    }

    private static func isVersionLike(_ first: UInt8?, _ second: UInt8?) -> Bool {
        guard let first, let digit = first | 0x20 == UInt8(ascii: "v") ? second : first else { return false }
        return digit &- UInt8(ascii: "0") < 10
    }

    private static func dropping(
        _ prefix: [[UInt8]], _ bytes: Span<UInt8>, _ path: RequestPath, from start: Int
    ) -> Int? {
        guard path.count - start >= prefix.count else { return nil }
        let prefix = prefix.span
        for place in 0..<prefix.count
        where !bytes.isEqual(path[start + place].range, prefix[place]) { return nil }
        return start + prefix.count
    }
}
