// SPDX-License-Identifier: Apache-2.0

/// Reads the literals that bundles hold, in exactly the spelling that the writers give them.
enum LiteralText {
    private static let units: [(name: String, microseconds: Int64)] = [
        ("us", 1), ("ms", 1000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("d", 86_400_000_000),
    ]

    /// `1m30s`; nil when it is no duration.
    static func duration(_ text: some StringProtocol) -> Duration? {
        var total: Int64 = 0
        var rest = text[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            let word = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest[word.endIndex...]
            guard let count = Int64(digits), let unit = units.first(where: { $0.name == word }) else { return nil }
            let (part, overflow) = count.multipliedReportingOverflow(by: unit.microseconds)
            let (sum, carry) = total.addingReportingOverflow(part)
            guard !overflow, !carry else { return nil }
            total = sum
        }
        return .microseconds(total)
    }

    /// `100/s` or `5/100ms`; nil when it is no rate.
    static func rate(_ text: String) -> Rate? {
        guard let slash = text.firstIndex(of: "/"), let count = Int(text[..<slash]) else { return nil }
        let window = text[text.index(after: slash)...]
        let isBare = window.first?.isLetter ?? false
        guard let length = duration(isBare ? "1\(window)" : "\(window)") else { return nil }
        return try? Rate(count: count, window: length)  // Out of bounds is as unreadable as no rate at all.
    }

    /// `12.5%` in millionths; nil when it is no percentage.
    static func ratio(_ text: String) -> Ratio? {
        guard text.hasSuffix("%"), let value = fixedPoint(text.dropLast(), scale: 4) else { return nil }
        return try? Ratio(millionths: value)  // Out of bounds is as unreadable as no percentage at all.
    }

    /// `1.5x` in thousandths; nil when it is no factor.
    static func factor(_ text: String) -> Factor? {
        guard text.hasSuffix("x"), let value = fixedPoint(text.dropLast(), scale: 3) else { return nil }
        return try? Factor(thousandths: value)  // Out of bounds is as unreadable as no factor at all.
    }

    /// A decimal number times `10^scale`; nil when it has more digits than that.
    private static func fixedPoint(_ text: Substring, scale: Int) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, !whole.isEmpty, whole.utf8.count <= 9 else {
            return nil
        }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || !fraction.isEmpty, fraction.utf8.count <= scale,
            (whole + fraction).allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        return Int(whole + fraction + String(repeating: "0", count: scale - fraction.utf8.count))
    }
}

extension OutcomeMatcher {
    /// Reads the words that ``description`` writes.
    init?(text: String) {
        switch text {
        case "timeout": self = .timeout
        case "refused": self = .refused
        case "reset": self = .reset
        case "unavailable": self = .unavailable
        case "open": self = .open
        case "full": self = .full
        case "limited": self = .limited
        case "any failure": self = .anyFailure
        default:
            if text.hasPrefix("grpc ") {
                self = .grpc(String(text.dropFirst(5)))
            } else if text.hasPrefix("error \""), text.hasSuffix("\""), text.utf8.count > 7 {
                self = .error(String(text.dropFirst(7).dropLast()))
            } else if text.hasPrefix("status ") {
                let bounds = text.dropFirst(7).split(separator: ".").map { Int($0) }
                guard let low = bounds.first ?? nil, let high = bounds.last ?? nil, low <= high else { return nil }
                self = .status(low...high)
            } else {
                return nil
            }
        }
    }
}

extension ScopeKey.Source: CustomStringConvertible {
    /// The words for it: `caller`, `header X-Tenant`.
    public var description: String {
        switch self {
        case .caller: "caller"
        case .operation: "operation"
        case .header(let name): "header \(name)"
        case .field(let name): "field \(name)"
        }
    }

    /// Reads the words that ``description`` writes.
    init?(text: String) {
        if text == "caller" {
            self = .caller
        } else if text == "operation" {
            self = .operation
        } else if text.hasPrefix("header ") {
            self = .header(String(text.dropFirst(7)))
        } else if text.hasPrefix("field ") {
            self = .field(String(text.dropFirst(6)))
        } else {
            return nil
        }
    }
}
