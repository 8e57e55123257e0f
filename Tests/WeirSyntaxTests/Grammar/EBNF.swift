// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A grammar in the notation of the W3C, as far as `grammar/weir.ebnf` uses it.
struct EBNF: Sendable {
    indirect enum Expression: Equatable, Sendable {
        case literal(String)
        case rule(String)
        /// One scalar of these, or of all others.
        case characters([ClosedRange<UInt32>], isNegated: Bool)
        case sequence([Expression])
        case choice([Expression])
        case optional(Expression)
        case zeroOrMore(Expression)
        case oneOrMore(Expression)
    }

    struct SyntaxError: Error { let message: String }

    private(set) var rules: [String: Expression] = [:]
    private(set) var order: [String] = []

    private static let language = Result {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return try EBNF(String(contentsOf: root.appending(path: "grammar/weir.ebnf"), encoding: .utf8))
    }

    /// The grammar of the language, from its file in the repository.
    static func ofLanguage() throws -> EBNF { try language.get() }

    /// Reads a grammar; throws at the first thing that is no such notation.
    init(_ text: String) throws {
        var reader = try Reader(text)
        while let name = try reader.ruleHead() {
            guard rules[name] == nil else { throw SyntaxError(message: "\(name) is defined twice") }
            rules[name] = try reader.choice()
            order.append(name)
        }
    }

    /// Whether a rule is a token: written in capitals.
    static func isToken(_ name: String) -> Bool { name.allSatisfy { !$0.isLowercase } }

    /// Every literal in the rules over tokens that is a word: the keywords.
    var keywords: Set<String> {
        var found: Set<String> = []
        for (name, expression) in rules where !Self.isToken(name) {
            expression.visit { if case .literal(let text) = $0, text.first?.isLetter == true { found.insert(text) } }
        }
        return found
    }
}

extension EBNF.Expression {
    func visit(_ body: (EBNF.Expression) -> Void) {
        body(self)
        switch self {
        case .literal, .rule, .characters: break
        case .sequence(let parts), .choice(let parts): parts.forEach { $0.visit(body) }
        case .optional(let part), .zeroOrMore(let part), .oneOrMore(let part): part.visit(body)
        }
    }
}

extension EBNF {
    private struct Reader {
        private enum Token: Equatable {
            case name(String)
            case literal(String)
            case characters(String)
            case mark(Character)
            case defines
        }

        private var tokens: ArraySlice<Token> = []

        init(_ text: String) throws {
            var found: [Token] = []
            var rest = text[...]
            while let first = rest.first {
                if rest.hasPrefix("/*") {
                    guard let end = rest.range(of: "*/") else { throw SyntaxError(message: "comment without end") }
                    rest = rest[end.upperBound...]
                } else if rest.hasPrefix("::=") {
                    found.append(.defines)
                    rest = rest.dropFirst(3)
                } else if first == "\"" || first == "'" {
                    found.append(.literal(try Self.take(&rest, until: first)))
                } else if first == "[" {
                    found.append(.characters(try Self.take(&rest, until: "]")))
                } else if first == "#" {
                    found.append(.characters(String(rest.prefix { !$0.isWhitespace && !"|)?*+".contains($0) })))
                    rest = rest.drop { !$0.isWhitespace && !"|)?*+".contains($0) }
                } else if first.isLetter {
                    found.append(.name(String(rest.prefix { $0.isLetter || $0.isNumber })))
                    rest = rest.drop { $0.isLetter || $0.isNumber }
                } else {
                    if !first.isWhitespace { found.append(.mark(first)) }
                    rest = rest.dropFirst()
                }
            }
            tokens = found[...]
        }

        private static func take(_ rest: inout Substring, until end: Character) throws -> String {
            let inner = rest.dropFirst()
            guard let close = inner.firstIndex(of: end) else { throw SyntaxError(message: "no closing \(end)") }
            rest = inner[inner.index(after: close)...]
            return String(inner[..<close])
        }

        /// The name before the next `::=`, nil at the end.
        mutating func ruleHead() throws -> String? {
            guard let first = tokens.popFirst() else { return nil }
            guard case .name(let name) = first, tokens.popFirst() == .defines else {
                throw SyntaxError(message: "expected a rule, found \(first)")
            }
            return name
        }

        mutating func choice() throws -> Expression {
            var alternatives = [try sequence()]
            while tokens.first == .mark("|") {
                tokens.removeFirst()
                alternatives.append(try sequence())
            }
            return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
        }

        private mutating func sequence() throws -> Expression {
            var parts: [Expression] = []
            while let token = tokens.first, token != .mark("|"), token != .mark(")"),
                tokens.dropFirst().first != .defines
            {
                parts.append(try repeated())
            }
            guard !parts.isEmpty else { throw SyntaxError(message: "an empty alternative") }
            return parts.count == 1 ? parts[0] : .sequence(parts)
        }

        private mutating func repeated() throws -> Expression {
            let part = try primary()
            switch tokens.first {
            case .mark("?"): tokens.removeFirst(); return .optional(part)
            case .mark("*"): tokens.removeFirst(); return .zeroOrMore(part)
            case .mark("+"): tokens.removeFirst(); return .oneOrMore(part)
            default: return part
            }
        }

        private mutating func primary() throws -> Expression {
            switch tokens.popFirst() {
            case .name(let name): return .rule(name)
            case .literal(let text): return .literal(text)
            case .characters(let text): return try Self.characters(text)
            case .mark("("):
                let inner = try choice()
                guard tokens.popFirst() == .mark(")") else { throw SyntaxError(message: "expected )") }
                return inner
            case let other: throw SyntaxError(message: "unexpected \(String(describing: other))")
            }
        }

        private static func characters(_ text: String) throws -> Expression {
            var rest = text[...]
            let isNegated = rest.first == "^"
            if isNegated { rest = rest.dropFirst() }
            var ranges: [ClosedRange<UInt32>] = []
            while !rest.isEmpty {
                let low = try scalar(&rest)
                if rest.first == "-" {
                    rest = rest.dropFirst()
                    ranges.append(low...(try scalar(&rest)))
                } else {
                    ranges.append(low...low)
                }
            }
            return .characters(ranges, isNegated: isNegated)
        }

        /// The next scalar of a class: itself, or by its number as `#xA`.
        private static func scalar(_ rest: inout Substring) throws -> UInt32 {
            if rest.hasPrefix("#x") {
                let digits = rest.dropFirst(2).prefix { $0.isHexDigit }
                rest = rest[digits.endIndex...]
                guard let value = UInt32(digits, radix: 16) else { throw SyntaxError(message: "#x without a number") }
                return value
            }
            guard let scalar = rest.unicodeScalars.popFirst() else { throw SyntaxError(message: "an open range") }
            return scalar.value
        }
    }
}
