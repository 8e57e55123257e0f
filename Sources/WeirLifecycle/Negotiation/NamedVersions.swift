// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// Reads the one version that a place of a request names.
struct NamedVersions {
    typealias Found = VersionNames.Found

    private let place: String
    private let names: VersionNames
    private var first: (text: String, found: Found)?
    private var left: Int

    private init(_ place: String, _ names: VersionNames, most: Int) {
        self.place = place
        self.names = names
        left = most
    }

    static func path(_ bytes: Span<UInt8>, _ range: Range<Int>, _ names: VersionNames) throws(Refusal) -> Found {
        guard let found = names.find(bytes, range) else { throw malformed(bytes, range, "the path") }
        return found
    }

    static func header(_ name: HTTPField.Name, _ fields: HTTPFields, _ names: VersionNames) throws(Refusal) -> Found? {
        var reader = NamedVersions("\(name)", names, most: LifecycleLimits.mostValues)
        var bytes = LifecycleLimits.longestField
        for field in fields where field.name == name {
            let value = field.value
            bytes -= value.utf8.count
            guard bytes >= 0 else { throw reader.tooLong }
            try reader.readPieces(value.utf8Span.span)
        }
        return reader.first?.found
    }

    private var tooLong: Refusal { Refusal(code: .tooLarge, status: 431, detail: "\(place) is too long") }

    /// Reads what stands between commas, empty pieces aside.
    private mutating func readPieces(_ bytes: Span<UInt8>) throws(Refusal) {
        var start = 0
        for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: ",") {
            var (from, to) = (start, end)
            start = end + 1
            while from < to, bytes[from] == 0x20 || bytes[from] == 0x09 { from += 1 }
            while from < to, bytes[to - 1] == 0x20 || bytes[to - 1] == 0x09 { to -= 1 }
            guard from < to else { continue }
            left -= 1
            guard left >= 0 else { throw tooLong }
            try take(bytes, from..<to)
        }
    }

    private mutating func take(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(Refusal) {
        guard let found = names.find(bytes, range) else { throw Self.malformed(bytes, range, place) }
        guard let first else {
            self.first = (bytes.text(Self.short(range)), found)
            return
        }
        guard first.found == found else {
            throw Refusal(
                code: .ambiguousVersion, status: 400,
                detail: "\(place) names both `\(first.text)` and `\(bytes.text(Self.short(range)))`")
        }
    }

    static func query(
        _ name: String, _ bytes: Span<UInt8>, _ range: Range<Int>?, _ names: VersionNames
    ) throws(Refusal) -> Found? {
        guard let range else { return nil }
        let most = LifecycleLimits.mostParameters
        var reader = NamedVersions("the query", names, most: most)
        var (start, pairs) = (range.lowerBound, 0)
        for end in range.lowerBound...range.upperBound
        where end == range.upperBound || bytes[end] == UInt8(ascii: "&") {
            let pair = start..<end
            start = end + 1
            guard !pair.isEmpty else { continue }
            pairs += 1
            guard pairs <= most else {
                throw Refusal(code: .tooLarge, status: 414, detail: "the query has more than \(most) parameters")
            }
            guard let equals = pair.first(where: { bytes[$0] == UInt8(ascii: "=") }),
                Percent.decoded(bytes, pair.lowerBound..<equals).elementsEqual(name.utf8)
            else { continue }
            let value = Percent.decoded(bytes, equals + 1..<pair.upperBound)
            try reader.take(value.span, 0..<value.count)
        }
        return reader.first?.found
    }

    private static func malformed(_ bytes: Span<UInt8>, _ range: Range<Int>, _ place: String) -> Refusal {
        Refusal(
            code: .malformedVersion, status: 400,
            detail: "`\(bytes.text(short(range)))` in \(place) is not a version")
    }

    /// As much of what a request says as an answer repeats.
    private static func short(_ range: Range<Int>) -> Range<Int> { range.prefix(40) }
}
