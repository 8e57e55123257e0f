// SPDX-License-Identifier: Apache-2.0

/// Decides whether a text is a sentence of a grammar, by all the places where each rule may end; slow and plain, for tests.
final class SentenceRecogniser {
    private struct Question: Hashable {
        let rule: String
        let position: Int
    }

    private let grammar: EBNF
    private let text: [Unicode.Scalar]
    private var known: [Question: Set<Int>] = [:]
    /// How far any reading came, for messages.
    private(set) var furthest = 0

    init(_ grammar: EBNF, _ text: String) {
        self.grammar = grammar
        self.text = Array(text.unicodeScalars)
    }

    /// Whether the whole text is a sentence of a rule.
    func accepts(rule: String = "file") -> Bool {
        ends(ofRule: rule, from: rule == "file" ? skipLines(0) : 0).contains { skip($0) == text.count }
    }

    /// The line where all readings had ended, for messages.
    var rest: String {
        let lines = String(String.UnicodeScalarView(text[furthest...])).split(separator: "\n", maxSplits: 1)
        return lines.first.map(String.init) ?? "the end"
    }

    private func ends(ofRule name: String, from position: Int) -> Set<Int> {
        let question = Question(rule: name, position: position)
        if let answer = known[question] { return answer }
        guard let body = grammar.rules[name] else { return [] }
        var answer: Set<Int>
        if EBNF.isToken(name) {
            // A token is as long as it can be, and a word ends where no letter follows.
            answer = ends(of: body, from: skip(position), isToken: true).max().map { [$0] } ?? []
            if name == "NL" || name == "DOC" {
                answer = Set(answer.map(skipLines))
            } else if name != "STRING" {
                answer = answer.filter { !isWordCharacter(at: $0) }
            }
        } else {
            answer = ends(of: body, from: position, isToken: false)
        }
        furthest = max(furthest, answer.max() ?? 0)
        known[question] = answer
        return answer
    }

    private func ends(of expression: EBNF.Expression, from position: Int, isToken: Bool) -> Set<Int> {
        switch expression {
        case .literal(let literal):
            let start = isToken ? position : skip(position)
            let scalars = Array(literal.unicodeScalars)
            guard text[min(start, text.count)...].starts(with: scalars) else { return [] }
            let end = start + scalars.count
            if !isToken, literal.first?.isLetter == true, isWordCharacter(at: end) { return [] }
            return [literal == "," && !isToken ? skipLines(end) : end]
        case .characters(let ranges, let isNegated):
            guard position < text.count else { return [] }
            let isIn = ranges.contains { $0.contains(text[position].value) }
            return isIn != isNegated ? [position + 1] : []
        case .rule(let name):
            guard isToken else { return ends(ofRule: name, from: position) }
            return grammar.rules[name].map { ends(of: $0, from: position, isToken: true) } ?? []
        case .sequence(let parts):
            return parts.reduce([position]) { ends, part in
                ends.reduce(into: []) { $0.formUnion(self.ends(of: part, from: $1, isToken: isToken)) }
            }
        case .choice(let parts):
            return parts.reduce(into: []) { $0.formUnion(ends(of: $1, from: position, isToken: isToken)) }
        case .optional(let part): return ends(of: part, from: position, isToken: isToken).union([position])
        case .zeroOrMore(let part): return closure(of: part, from: [position], isToken: isToken)
        case .oneOrMore(let part):
            return closure(of: part, from: ends(of: part, from: position, isToken: isToken), isToken: isToken)
        }
    }

    private func closure(of part: EBNF.Expression, from start: Set<Int>, isToken: Bool) -> Set<Int> {
        var all = start
        var new = start
        while !new.isEmpty {
            let next: Set<Int> = new.reduce(into: []) { $0.formUnion(ends(of: part, from: $1, isToken: isToken)) }
            new = next.subtracting(all)
            all.formUnion(new)
        }
        return all
    }

    private func isWordCharacter(at position: Int) -> Bool {
        guard position < text.count else { return false }
        let scalar = text[position]
        return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_"
    }

    /// Spaces and a comment; documentation is none.
    private func skip(_ start: Int) -> Int {
        var position = start
        while position < text.count, text[position] == " " || text[position] == "\t" { position += 1 }
        guard position < text.count, text[position] == "#", text[position...].prefix(2) != ["#", "#"] else {
            return position
        }
        while position < text.count, text[position] != "\n" { position += 1 }
        return position
    }

    /// Spaces, comments and line ends.
    private func skipLines(_ start: Int) -> Int {
        var position = skip(start)
        while position < text.count, text[position] == "\n" { position = skip(position + 1) }
        return position
    }
}
