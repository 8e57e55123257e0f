// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import WeirPolicy

/// What `Accept` says of versions, with weights in thousandths.
struct AcceptField {
    /// The best weight of each declared version by its place, 0 excludes it; nil: none is named.
    private(set) var weights: Weights
    /// What it names besides.
    private(set) var others: [(version: VersionKey, weight: Int)] = []
    /// The best weight of a range that every version meets.
    private(set) var wildcard = 0
    /// Whether a range with a weight has nothing to do with versions.
    private(set) var hasOther = false
    /// Whether a range that is not excluded names a version, readable or not.
    private(set) var namesVersions = false
    /// Whether a range names a version that can be read, excluded or not.
    private(set) var names = false

    init(_ fields: HTTPFields, _ places: ClosedRange<Int>?, _ api: ApiLifecycle, _ pattern: MediaTypePattern)
        throws(Refusal)
    {
        weights = Weights(count: api.names.count)
        guard let places else { return }
        var (bytes, ranges) = (LifecycleLimits.longestField, LifecycleLimits.mostRanges)
        for place in places {
            let field = fields[place]
            guard places.count == 1 || field.name == .accept else { continue }
            let value = field.value
            bytes -= value.utf8.count
            guard bytes >= 0 else {
                throw Self.tooLarge("Accept is longer than \(LifecycleLimits.longestField) bytes")
            }
            try read(value.utf8Span.span, &ranges, api.names, pattern)
        }
    }

    private mutating func read(
        _ bytes: Span<UInt8>, _ left: inout Int, _ names: VersionNames, _ pattern: MediaTypePattern
    ) throws(Refusal) {
        var place = 0
        while place < bytes.count {
            left -= 1
            guard left >= 0 else {
                throw Self.tooLarge("Accept has more than \(LifecycleLimits.mostRanges) ranges")
            }
            let range = MediaRange(bytes, from: &place, pattern)
            guard !range.type.isEmpty else { continue }
            let reading = pattern.reading(of: range, in: bytes)
            guard let weight = Self.weight(range.weight, bytes) else {
                if reading == .other { continue }
                throw Refusal(
                    code: .malformedAccept, status: 400, detail: "a weight in Accept is not a number from 0 to 1")
            }
            switch reading {
            case .other: if weight > 0 { hasOther = true }
            case .any: wildcard = max(wildcard, weight)
            case .names(let range):
                if weight > 0 { namesVersions = true }
                take(names.find(bytes, range), weight)
            }
        }
    }

    private mutating func take(_ found: VersionNames.Found?, _ weight: Int) {
        switch found {
        case .declared(let place): weights.raise(place, to: weight)
        case .other(let version): others.append((version, weight))
        case nil: return
        }
        names = true
    }

    /// The weight of a version; nil: it is not named.
    func weight(of found: VersionNames.Found) -> Int? {
        switch found {
        case .declared(let place): weights[place]
        case .other(let version): others.filter { $0.version == version }.map(\.weight).max()
        }
    }

    /// A weight of RFC 9110, 12.4.2: `0`, `0.123` or `1.000`, in thousandths; 1 without any, nil for all else.
    private static func weight(_ range: Range<Int>?, _ bytes: Span<UInt8>) -> Int? {
        guard let range else { return 1000 }
        let (start, count) = (range.lowerBound, range.count)
        guard count >= 1, count <= 5, count == 1 || bytes[start + 1] == UInt8(ascii: ".") else { return nil }
        var value = Int(bytes[start] &- UInt8(ascii: "0"))
        guard value <= 1 else { return nil }
        for place in 2..<5 {
            value *= 10
            guard place < count else { continue }
            let digit = bytes[start + place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value += Int(digit)
        }
        return value <= 1000 ? value : nil
    }

    private static func tooLarge(_ detail: String) -> Refusal {
        Refusal(code: .tooLarge, status: 431, detail: detail)
    }
}
