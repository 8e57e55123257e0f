// SPDX-License-Identifier: Apache-2.0

/// The name of a version: a number such as `v2` or `v2.1`, or a day; `v2` and `v2.0` are the same.
public struct ApiVersion: Sendable, Hashable {
    /// How a version is named.
    public enum Scheme: Sendable, Hashable {
        /// By number; zeros at the end are left out.
        case number([Int])
        /// By day.
        case date(CalendarDate)
    }

    /// The most parts of a number.
    public static let mostParts = 4

    /// How it is named.
    public let scheme: Scheme

    /// Reads `v2`, `2`, `V2.0` or `2026-03-01`; nil for all else.
    public init?(_ text: String) {
        if let instant = Instant(text), text.utf8.count == 10 {
            scheme = .date(instant.date)
            return
        }
        let body = text.first == "v" || text.first == "V" ? text.dropFirst() : text[...]
        let parts = body.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...Self.mostParts).contains(parts.count) else { return nil }
        var numbers: [Int] = []
        for part in parts {
            guard (1...6).contains(part.utf8.count), part.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }),
                let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        while numbers.count > 1, numbers.last == 0 { numbers.removeLast() }
        scheme = .number(numbers)
    }
}

extension ApiVersion: Comparable {
    /// By number part by part, by day; numbers come before days.
    public static func < (left: ApiVersion, right: ApiVersion) -> Bool {
        switch (left.scheme, right.scheme) {
        case (.number(let one), .number(let other)): one.lexicographicallyPrecedes(other)
        case (.date(let one), .date(let other)): one < other
        case (.number, .date): true
        case (.date, .number): false
        }
    }
}

extension ApiVersion: CustomStringConvertible {
    /// The version as the language writes it: `v2`, `v2.1`, `2026-03-01`.
    public var description: String {
        switch scheme {
        case .number(let parts): "v" + parts.map(String.init).joined(separator: ".")
        case .date(let date): date.description
        }
    }
}
