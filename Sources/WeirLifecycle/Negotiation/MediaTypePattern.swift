// SPDX-License-Identifier: Apache-2.0

/// A media type with a version in its name or in a parameter, as a policy writes it.
///
/// A class, so that handing it around counts one reference.
final class MediaTypePattern: Sendable {
    /// What a media type says of versions.
    enum Reading: Hashable {
        /// These bytes stand where a version is due.
        case names(Range<Int>)
        /// It is met by every version.
        case any
        /// It is about something else.
        case other
    }

    /// What stands before the version, or the whole type where a parameter holds it; in small letters.
    let prefix: [UInt8]
    private let suffix: [UInt8]
    /// The name of the parameter that holds the version, in small letters; nil: the type itself does.
    let parameter: [UInt8]?

    init(_ text: String) {
        let pieces = text.split(separator: ";", omittingEmptySubsequences: false)
        let type = (pieces.first ?? "").split(separator: " ").joined().lowercased()
        let holder = pieces.dropFirst().first { $0.contains("{version}") }
        parameter = holder.map { Array($0.prefix { $0 != "=" }.split(separator: " ").joined().lowercased().utf8) }
        let ends = type.split(separator: "{version}", maxSplits: 1, omittingEmptySubsequences: false)
        prefix = Array((ends.first ?? "").utf8)
        suffix = ends.count > 1 ? Array(ends[1].utf8) : []
    }

    func reading(of range: MediaRange, in bytes: Span<UInt8>) -> Reading {
        let type = range.type
        guard range.hasPrefix else { return isWildcard(type, bytes) ? .any : .other }
        guard parameter != nil else {
            guard type.count > prefix.count + suffix.count,
                bytes.isEqual(suffix, first: suffix.count, at: type.upperBound - suffix.count)
            else { return .other }
            return .names(type.lowerBound + prefix.count..<type.upperBound - suffix.count)
        }
        guard type.count == prefix.count else { return .other }
        return range.parameter.map { .names($0) } ?? .any
    }

    /// Whether it is `*/*`, or all types of the kind that the pattern is of.
    private func isWildcard(_ type: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        guard type.count >= 2, bytes[type.upperBound - 1] == UInt8(ascii: "*"),
            bytes[type.upperBound - 2] == UInt8(ascii: "/")
        else { return false }
        let head = type.count - 1
        if head == 2, bytes[type.lowerBound] == UInt8(ascii: "*") { return true }
        return head <= prefix.count && bytes.isEqual(prefix, first: head, at: type.lowerBound)
    }
}
