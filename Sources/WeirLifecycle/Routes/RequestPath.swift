// SPDX-License-Identifier: Apache-2.0

/// The path of a request in segments, as they were sent, and its query.
struct RequestPath {
    let segments: [Substring]
    let query: Substring?

    init(_ target: String) throws(Refusal) {
        guard target.utf8.count <= LifecycleLimits.longestPath else {
            throw Refusal(
                code: .tooLarge, status: 414, detail: "the path is longer than \(LifecycleLimits.longestPath) bytes")
        }
        let bytes = target.utf8
        let whole = bytes.prefix { $0 != UInt8(ascii: "#") }
        let end = whole.firstIndex(of: UInt8(ascii: "?"))
        query = end.map { Substring(whole[whole.index(after: $0)...]) }
        segments = Self.segments(Substring(whole[..<(end ?? whole.endIndex)]))
        guard segments.count <= LifecycleLimits.mostSegments else {
            throw Refusal(
                code: .tooLarge, status: 414,
                detail: "the path has more than \(LifecycleLimits.mostSegments) segments")
        }
        for segment in segments where segment.utf8.count <= 6 {
            guard let first = segment.utf8.first, first == UInt8(ascii: ".") || first == UInt8(ascii: "%") else {
                continue
            }
            let plain = Percent.decoded(segment)
            guard plain != ".", plain != ".." else {
                throw Refusal(code: .malformedPath, status: 400, detail: "the path has a segment that leads up")
            }
        }
    }

    /// The segments of a path; one slash at its end makes no difference.
    static func segments(_ text: Substring) -> [Substring] {
        var bytes = text.utf8
        if bytes.first == UInt8(ascii: "/") { bytes = bytes.dropFirst() }
        if bytes.last == UInt8(ascii: "/") { bytes = bytes.dropLast() }
        guard !bytes.isEmpty else { return [] }
        var segments: [Substring] = []
        segments.reserveCapacity(6)
        var start = bytes.startIndex
        var index = start
        while index < bytes.endIndex {
            let next = bytes.index(after: index)
            if bytes[index] == UInt8(ascii: "/") {
                segments.append(Substring(bytes[start..<index]))
                start = next
            }
            index = next
        }
        segments.append(Substring(bytes[start...]))
        return segments
    }
}

/// Bytes written as `%41`.
enum Percent {
    /// The text with its bytes put back; what is no such byte stays as it is.
    static func decoded(_ text: some StringProtocol) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
