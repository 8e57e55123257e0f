// SPDX-License-Identifier: Apache-2.0

/// What a word that almost is a value was meant to be: `5sec` is `5s`, `0.5` is `50%`, `cardPayments` is `card-payments`.
enum LiteralSuggestion {
    private static let units: [String: String] = [
        "us": "us", "usec": "us", "µs": "us", "microseconds": "us", "microsecond": "us", "ms": "ms", "msec": "ms",
        "msecs": "ms", "millis": "ms", "milli": "ms", "milliseconds": "ms", "millisecond": "ms", "s": "s", "sec": "s",
        "secs": "s", "second": "s", "seconds": "s", "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
        "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "d": "d", "day": "d", "days": "d",
    ]
    private static let perSecond: Set<String> = ["rps", "qps", "tps", "persecond", "persec", "ps"]

    /// Texts that would be one token of these kinds, best first.
    static func texts(for word: String, _ kinds: KindSet) -> [String] {
        var candidates = [word]
        if let name = constant(inTemplate: word) {
            candidates = [name]
        } else if word.first == "$" {
            candidates = [kebabCase(word)]
        } else if let first = word.first, quotes.contains(first), word.count >= 2 {
            let inner = String(word.dropFirst().dropLast())
            candidates += [inner, "\"\(inner)\""]
        } else if word.first?.isNumber == true {
            candidates += numbers(word)
        } else {
            candidates += [numerals[word] ?? word, kebabCase(word), "\"\(word)\"", word.uppercased()]
        }
        return candidates.filter { fits($0, kinds) }
    }

    private static let quotes: Set<Character> = ["\"", "'", "“", "”", "„", "‘", "’", "«", "`"]
    private static let numerals = [
        "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
        "nine": "9", "ten": "10",
    ]

    /// Whether a text is exactly one token of one of the kinds.
    static func fits(_ text: String, _ kinds: KindSet) -> Bool {
        var tokens: [Token] = []
        let bytes = Array(text.utf8)
        Lexer.scan(bytes.span, from: 0, to: bytes.count, into: &tokens)
        guard tokens.count == 1, let token = tokens.first else { return false }
        return token.length == bytes.count && kinds.contains(token.kind)
    }

    private static func numbers(_ word: String) -> [String] {
        let plain = word.replacing("_", with: "")
        let number = String(plain.prefix { $0.isNumber || $0 == "." })
        let rest = plain.dropFirst(number.count).lowercased()
        var candidates: [String] = []
        if let unit = units[rest] {
            candidates += [number + unit] + (smaller(number, unit).map { [$0] } ?? [])
        }
        if rest.hasPrefix("/") {
            let window = rest.dropFirst()
            let count = window.prefix { $0.isNumber }
            if let unit = units[String(window.dropFirst(count.count))] {
                candidates.append("\(number)/\(count)\(unit)")
            }
        }
        if perSecond.contains(rest) { candidates.append(number + "/s") }
        if ["percent", "pct", "%"].contains(rest) { candidates.append(number + "%") }
        if ["times", "x"].contains(rest) { candidates.append(number + "x") }
        if rest.isEmpty, number.contains(".") { candidates += [percentage(number), number + "x"].compactMap(\.self) }
        candidates += statusRange(plain).map { [$0] } ?? []
        candidates += ["KB", "MB", "GB", "KiB", "MiB", "GiB"].filter { $0.lowercased() == rest }.map { number + $0 }
        candidates.append(plain)
        candidates.append(word + "Z")
        return candidates
    }

    /// `500-599` and `5xx` as `500..599`.
    private static func statusRange(_ word: String) -> String? {
        if let digit = word.first, word.count == 3, word.dropFirst().lowercased() == "xx" {
            return "\(digit)00..\(digit)99"
        }
        let ends = word.split { !$0.isNumber }
        guard ends.count == 2, ends.allSatisfy({ $0.count == 3 }) else { return nil }
        return "\(ends[0])..\(ends[1])"
    }

    /// `${name}` and `{{ name }}` as `$name`.
    private static func constant(inTemplate word: String) -> String? {
        guard word.hasPrefix("${") || word.hasPrefix("{{"), word.hasSuffix("}") else { return nil }
        let name = word.filter { !"${} \t".contains($0) }
        return "$" + kebabCase(name)
    }

    /// `0.5` as `50%`; nil for what is no share.
    private static func percentage(_ number: String) -> String? {
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].allSatisfy({ $0 == "0" }), parts[1].count <= 6, !parts[1].isEmpty,
            let millionths = Int(parts[1] + String(repeating: "0", count: 6 - parts[1].count))
        else { return nil }
        let (whole, rest) = millionths.quotientAndRemainder(dividingBy: 10_000)
        guard rest > 0 else { return "\(whole)%" }
        let digits = String(rest + 10_000).dropFirst()
        return "\(whole).\(String(digits.reversed().drop { $0 == "0" }.reversed()))%"
    }

    /// `1.5s` as `1500ms`; nil where no whole number of the next unit is the same.
    private static func smaller(_ number: String, _ unit: String) -> String? {
        let steps = ["d": ("h", 24), "h": ("m", 60), "m": ("s", 60), "s": ("ms", 1000), "ms": ("us", 1000)]
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let (next, factor) = steps[unit], parts.count == 2, let whole = Int(parts[0]), whole < 1_000_000,
            (1...6).contains(parts[1].count), let fraction = Int(parts[1])
        else { return nil }
        let scale = (0..<parts[1].count).reduce(1) { scale, _ in scale * 10 }
        guard fraction * factor % scale == 0 else { return nil }
        return "\(whole * factor + fraction * factor / scale)\(next)"
    }

    /// `cardPayments`, `card_payments` and `Card-Payments` as `card-payments`; `stock/check` as `stock.check`.
    static func kebabCase(_ word: String) -> String {
        var text = ""
        var wasLower = false
        for character in word {
            if character == "_" || character == "/" {
                text.append(character == "_" ? "-" : ".")
                wasLower = false
            } else {
                if character.isUppercase, wasLower { text.append("-") }
                wasLower = character.isLowercase || character.isNumber
                text += character.lowercased()
            }
        }
        return text
    }
}
