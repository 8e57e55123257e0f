// SPDX-License-Identifier: Apache-2.0

extension Pattern {
    /// Reads a pattern as the table writes it; nil where the notation is broken, which a test excludes for every row.
    init?(_ notation: String) {
        var reader = Reader(Array(notation.utf8))
        guard let pattern = reader.sequence(), reader.isAtEnd else { return nil }
        self = pattern
    }

    /// Reads the notation from left to right.
    private struct Reader {
        private let bytes: [UInt8]
        private var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { place == bytes.count }

        /// Elements up to a closing sign or the end.
        mutating func sequence() -> Pattern? {
            var elements: [Pattern] = []
            while true {
                while peek(" ") { place += 1 }
                if isAtEnd || peek("]") || peek(")") || peek("|") { break }
                guard let element = element() else { return nil }
                elements.append(element)
            }
            return elements.count == 1 ? elements.first : .sequence(elements)
        }

        private mutating func element() -> Pattern? {
            if take("[") {
                guard let body = sequence(), take("]") else { return nil }
                return .optional(body)
            }
            if take("(") {
                var alternatives: [Pattern] = []
                repeat {
                    guard let alternative = sequence() else { return nil }
                    alternatives.append(alternative)
                } while take("|")
                return take(")") ? .choice(alternatives) : nil
            }
            if take("<") {
                let value = text { $0 == UInt8(ascii: ">") }
                return take(">") ? Self.value(value) : nil
            }
            if take(",") { return .words([","]) }
            let signs: [UInt8] = Array(" []()|<>,".utf8)
            let words = text { signs.contains($0) }
            return words.isEmpty ? nil : .words(words.split(separator: "/").map(String.init))
        }

        /// `slot:type+type,...`.
        private static func value(_ text: String) -> Pattern? {
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let slot = Slot.byKey[String(parts[0])] else { return nil }
            let isList = parts[1].hasSuffix(",...")
            let types = (isList ? parts[1].dropLast(4) : parts[1]).split(separator: "+").map { ValueType(String($0)) }
            let known = types.compactMap(\.self)
            return known.count == types.count ? .value(slot, known, isList: isList) : nil
        }

        private mutating func text(until isEnd: (UInt8) -> Bool) -> String {
            let start = place
            while place < bytes.count, !isEnd(bytes[place]) { place += 1 }
            return String(decoding: bytes[start..<place], as: UTF8.self)
        }

        private func peek(_ sign: Unicode.Scalar) -> Bool {
            place < bytes.count && bytes[place] == UInt8(ascii: sign)
        }

        private mutating func take(_ sign: Unicode.Scalar) -> Bool {
            guard peek(sign) else { return false }
            place += 1
            return true
        }
    }
}

extension ValueType {
    /// A type by its name in patterns; `=x/y` and `!x` make one of these words and a flag.
    init?(_ name: String) {
        if name.hasPrefix("=") {
            self = .oneOf(name.dropFirst().split(separator: "/").map(String.init))
        } else if name.hasPrefix("!") {
            self = .flag(String(name.dropFirst()))
        } else if let type = Self.named[name] {
            self = type
        } else {
            return nil
        }
    }

    private static let named: [String: ValueType] = [
        "name": .name, "path": .path, "text": .text, "literal": .literal, "rule": .rule, "method": .method,
        "step": .step, "integer": .integer, "count": .count, "duration": .duration, "rate": .rate,
        "percent": .percent, "factor": .factor, "size": .size, "filter": .filter, "date": .date, "instant": .instant,
        "outcome": .outcome, "key": .key, "reply": .reply, "window": .window, "bound": .bound, "answer": .answer,
        "period": .period, "version": .version, "reader": .reader, "consumer": .consumer, "header-pair": .headerPair,
        "field-pair": .fieldPair,
    ]
}
