// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What `Accept` says of versions, with weights in thousandths.
struct AcceptField {
    /// The best weight of each declared version by its place, 0 excludes it; nil: none is named.
    private(set) var weights: [Int?]
    /// What it names besides.
    private(set) var others: [(version: ApiVersion, weight: Int)] = []
    /// The best weight of a range that every version meets.
    private(set) var wildcard = 0
    /// Whether a range with a weight has nothing to do with versions.
    private(set) var hasOther = false
    /// Whether a range that is not excluded names a version, readable or not.
    private(set) var namesVersions = false

    init(_ values: [String], _ pattern: MediaTypePattern, _ names: VersionNames) throws(Refusal) {
        weights = Array(repeating: nil, count: names.count)
        guard values.reduce(0, { $0 + $1.utf8.count }) <= LifecycleLimits.longestField else {
            throw Self.tooLarge("Accept is longer than \(LifecycleLimits.longestField) bytes")
        }
        var left = LifecycleLimits.mostRanges
        for value in values {
            let bytes = value.utf8Span.span
            var place = 0
            while place < bytes.count {
                left -= 1
                guard left >= 0 else {
                    throw Self.tooLarge("Accept has more than \(LifecycleLimits.mostRanges) ranges")
                }
                let range = MediaRange(bytes, from: &place, parameter: pattern.parameter)
                guard !range.type.isEmpty else { continue }
                let reading = pattern.reading(of: range, in: bytes)
                try take(reading, Self.weight(range.weight, bytes), value, names)
            }
        }
    }

    private mutating func take(
        _ reading: MediaTypePattern.Reading, _ weight: Int?, _ value: String, _ names: VersionNames
    ) throws(Refusal) {
        guard let weight else {
            if reading == .other { return }
            throw Refusal(
                code: .malformedAccept, status: 400, detail: "a weight in Accept is not a number from 0 to 1")
        }
        switch reading {
        case .other: if weight > 0 { hasOther = true }
        case .any: wildcard = max(wildcard, weight)
        case .names(let range):
            namesVersions = namesVersions || weight > 0
            switch names.find(value.characters(at: range)) {
            case .declared(let place): weights[place] = max(weights[place] ?? 0, weight)
            case .other(let version): others.append((version, weight))
            case .malformed: break
            }
        }
    }

    /// The weight of a version; nil: it is not named.
    func weight(of version: ApiVersion, _ names: VersionNames) -> Int? {
        if let place = names.place(of: version) { return weights[place] }
        return others.filter { $0.version == version }.map(\.weight).max()
    }

    /// A weight of RFC 9110, 12.4.2: `0`, `0.123` or `1.000`, in thousandths; 1 without any, nil for all else.
    private static func weight(_ range: Range<Int>?, _ bytes: Span<UInt8>) -> Int? {
        guard let range else { return 1000 }
        guard (1...5).contains(range.count), range.count == 1 || bytes[range.lowerBound + 1] == UInt8(ascii: ".") else {
            return nil
        }
        var value = 0
        for place in [0, 2, 3, 4] {
            value *= 10
            guard place < range.count else { continue }
            let digit = bytes[range.lowerBound + place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value += Int(digit)
        }
        return value <= 1000 ? value : nil
    }

    private static func tooLarge(_ detail: String) -> Refusal {
        Refusal(code: .tooLarge, status: 431, detail: detail)
    }
}
