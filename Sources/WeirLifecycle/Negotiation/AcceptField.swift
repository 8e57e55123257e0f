// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// What `Accept` says of versions, with weights in thousandths.
struct AcceptField {
    /// The best weight of each version that it names; 0 excludes it. A version that cannot be read is not in it.
    private(set) var versions: [ApiVersion: Int] = [:]
    /// The best weight of a range that every version meets.
    private(set) var wildcard = 0
    /// Whether a range with a weight has nothing to do with versions.
    private(set) var hasOther = false
    /// Whether a range that is not excluded names a version, readable or not.
    private(set) var namesVersions = false

    init(_ values: [String], _ pattern: MediaTypePattern) throws(Refusal) {
        guard values.reduce(0, { $0 + $1.utf8.count }) <= LifecycleLimits.longestField else {
            throw Self.tooLarge("Accept is longer than \(LifecycleLimits.longestField) bytes")
        }
        var left = LifecycleLimits.mostRanges
        for value in values {
            let ranges = MediaType.split(value[...], at: UInt8(ascii: ","), most: left + 1)
            left -= ranges.count
            guard left >= 0 else { throw Self.tooLarge("Accept has more than \(LifecycleLimits.mostRanges) ranges") }
            for range in ranges { try read(range, pattern) }
        }
    }

    private mutating func read(_ range: Substring, _ pattern: MediaTypePattern) throws(Refusal) {
        let (type, parameters) = MediaType.parse(range)
        guard !type.isEmpty else { return }
        let reading = pattern.reading(of: type, parameters)
        let weight = Self.weight(parameters.first { $0.name == "q" }?.value ?? "1")
        guard let weight else {
            if reading == .other { return }
            throw Refusal(
                code: .malformedAccept, status: 400, detail: "a weight in Accept is not a number from 0 to 1")
        }
        switch reading {
        case .other: if weight > 0 { hasOther = true }
        case .any: wildcard = max(wildcard, weight)
        case .names(let text):
            namesVersions = namesVersions || weight > 0
            guard let version = ApiVersion(text) else { return }
            versions[version] = max(versions[version] ?? 0, weight)
        }
    }

    /// A weight of RFC 9110, 12.4.2: `0`, `0.123` or `1.000`, in thousandths; nil for all else.
    private static func weight(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard (1...5).contains(bytes.count), bytes[0] == UInt8(ascii: "0") || bytes[0] == UInt8(ascii: "1"),
            bytes.count == 1 || bytes[1] == UInt8(ascii: ".")
        else { return nil }
        let digits = bytes.dropFirst(2)
        guard digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
        var value = Int(bytes[0] - UInt8(ascii: "0"))
        for place in 0..<3 {
            value = value * 10 + (place < digits.count ? Int(bytes[2 + place] - UInt8(ascii: "0")) : 0)
        }
        return value <= 1000 ? value : nil
    }

    private static func tooLarge(_ detail: String) -> Refusal {
        Refusal(code: .tooLarge, status: 431, detail: detail)
    }
}
