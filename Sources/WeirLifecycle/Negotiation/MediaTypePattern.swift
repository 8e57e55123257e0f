// SPDX-License-Identifier: Apache-2.0

/// A media type with a version in its name or in a parameter, as a policy writes it.
struct MediaTypePattern: Sendable, Hashable {
    /// What a media type says of versions.
    enum Reading: Hashable {
        /// These bytes stand where a version is due.
        case names(Range<Int>)
        /// It is met by every version.
        case any
        /// It is about something else.
        case other
    }

    private let prefix: [UInt8]
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
        if type.count >= 2, bytes[type.upperBound - 1] == UInt8(ascii: "*"),
            bytes[type.upperBound - 2] == UInt8(ascii: "/")
        {
            let head = type.lowerBound..<type.upperBound - 1
            if head.count == 2, bytes[head.lowerBound] == UInt8(ascii: "*") { return .any }
            return head.count <= prefix.count && bytes.isEqual(prefix[..<head.count], at: head.lowerBound)
                ? .any : .other
        }
        guard parameter != nil else {
            guard type.count > prefix.count + suffix.count, bytes.isEqual(prefix[...], at: type.lowerBound),
                bytes.isEqual(suffix[...], at: type.upperBound - suffix.count)
            else { return .other }
            return .names(type.lowerBound + prefix.count..<type.upperBound - suffix.count)
        }
        guard type.count == prefix.count, bytes.isEqual(prefix[...], at: type.lowerBound) else { return .other }
        return range.parameter.map { .names($0) } ?? .any
    }
}

extension Span<UInt8> {
    /// Whether these small letters stand at a place, in whichever case.
    func isEqual(_ letters: ArraySlice<UInt8>, at place: Int) -> Bool {
        var index = place
        for letter in letters {
            let byte = self[index]
            let small = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
            guard small == letter else { return false }
            index += 1
        }
        return true
    }
}
