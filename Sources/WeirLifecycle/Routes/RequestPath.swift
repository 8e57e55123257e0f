// SPDX-License-Identifier: Apache-2.0

/// The path of a request taken apart: places among its bytes, as they were sent.
struct RequestPath {
    /// Where a segment begins, and where it ends, which is not part of it.
    struct Segment: Sendable, Hashable {
        let start: Int32
        let end: Int32

        init(_ range: Range<Int>) {
            start = Int32(truncatingIfNeeded: range.lowerBound)
            end = Int32(truncatingIfNeeded: range.upperBound)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
        var count: Int { Int(end - start) }
    }

    /// The segments of most paths lie in place, so that taking a path apart allocates nothing.
    private static let mostInPlace = 24

    private var few = [24 of Segment](repeating: Segment(0..<0))
    private var many: [Segment] = []
    /// How many segments there are.
    private(set) var count = 0
    /// Where the query stands; nil: there is none.
    private(set) var query: Range<Int>?

    init(_ bytes: Span<UInt8>) throws(Refusal) {
        guard bytes.count <= LifecycleLimits.longestPath else {
            throw Refusal(
                code: .tooLarge, status: 414, detail: "the path is longer than \(LifecycleLimits.longestPath) bytes")
        }
        let first = bytes.count > 0 && bytes[0] == UInt8(ascii: "/") ? 1 : Self.afterAuthority(bytes)
        var (start, end, query) = (first, bytes.count, nil as Int?)
        for place in first..<bytes.count {
            let byte = bytes[place]
            // Letters, digits and most else: above everything that means something here.
            if byte > UInt8(ascii: "?") { continue }
            if query == nil, byte == UInt8(ascii: "/") {
                append(Segment(start..<place))
                start = place + 1
            } else if query == nil, byte == UInt8(ascii: "?") {
                query = place
            } else if byte == UInt8(ascii: "#") {
                end = place
                break
            }
        }
        let last = query ?? end
        // One slash at the end makes no difference.
        if start < last {
            append(Segment(start..<last))
        } else if count == 1, self[0].count == 0 {
            count = 0
        }
        self.query = query.map { $0 + 1..<end }
        guard count <= LifecycleLimits.mostSegments else {
            throw Refusal(
                code: .tooLarge, status: 414,
                detail: "the path has more than \(LifecycleLimits.mostSegments) segments")
        }
        for place in 0..<count where Self.leadsUp(bytes, self[place].range) {
            throw Refusal(code: .malformedPath, status: 400, detail: "the path has a segment that leads up")
        }
    }

    /// Where the path begins in what is sent to proxies, `http://host/path` (RFC 9112, 3.2.2), which every server has to take.
    private static func afterAuthority(_ bytes: Span<UInt8>) -> Int {
        func isSlash(_ place: Int) -> Bool { place < bytes.count && bytes[place] == UInt8(ascii: "/") }
        var place = 0
        while place < bytes.count, bytes[place] | 0x20 &- UInt8(ascii: "a") < 26 { place += 1 }
        guard place > 0, place < bytes.count, bytes[place] == UInt8(ascii: ":"), isSlash(place + 1), isSlash(place + 2)
        else { return 0 }
        place += 3
        while place < bytes.count, !isSlash(place) {
            // An authority ends here, too, and no path follows.
            if bytes[place] == UInt8(ascii: "?") || bytes[place] == UInt8(ascii: "#") { return place }
            place += 1
        }
        return min(place + 1, bytes.count)
    }

    /// The bytes from a segment on to the end of the path; empty: there is no such segment.
    func range(from place: Int) -> Range<Int> {
        place < count ? Int(self[place].start)..<Int(self[count - 1].end) : 0..<0
    }

    subscript(_ place: Int) -> Segment { place < Self.mostInPlace ? few[place] : many[place - Self.mostInPlace] }

    private mutating func append(_ segment: Segment) {
        if count < Self.mostInPlace { few[count] = segment } else { many.append(segment) }
        count += 1
    }

    /// Whether a segment is one or two dots, percent-encoded or not.
    private static func leadsUp(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard (1...6).contains(range.count) else { return false }
        guard bytes[range.lowerBound] == UInt8(ascii: ".") || bytes[range.lowerBound] == UInt8(ascii: "%") else {
            return false
        }
        let plain = Percent.decoded(bytes, range)
        return plain == [UInt8(ascii: ".")] || plain == [UInt8(ascii: "."), UInt8(ascii: ".")]
    }

    /// The segments of a template.
    static func segments(of template: String) -> [String] {
        var text = template[...]
        if text.first == "/" { text = text.dropFirst() }
        if text.last == "/" { text = text.dropLast() }
        return text.isEmpty ? [] : text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }
}
