// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// JSON Schema of the values that a slot takes, made from what the grammar matches.
struct ValueSchema {
    private let entry: YAMLRow.SlotEntry
    private let facts: SlotFacts?

    /// The schema of a slot, its documentation and its default included.
    static func schema(_ entry: YAMLRow.SlotEntry, _ facts: SlotFacts?) -> JSON {
        let value = ValueSchema(entry: entry, facts: facts)
        var members = value.members
        members["description"] = .string(value.description)
        if let byDefault = value.soundDefault { members["default"] = byDefault }
        return .object(members)
    }

    /// The pattern of what a text must be to fill a slot; nil where any text does.
    static func pattern(_ entry: YAMLRow.SlotEntry) -> String? {
        if entry.reading != .words { return nil }
        return anchored(expressions(entry))
    }

    /// Several slots in one text, with spaces between.
    static func phrase(_ entries: [YAMLRow.SlotEntry]) -> JSON {
        let parts = entries.map { entry in
            entry.reading == .words ? "(?:" + expressions(entry).joined(separator: "|") + ")" : anything
        }
        return .object(["type": .string("string"), "pattern": .string("^" + parts.joined(separator: blanks) + "$")])
    }

    private static let anything = ".+"
    private static let blanks = " +"

    private var members: [String: JSON] {
        guard entry.flag == nil else { return ["type": .string("boolean")] }
        if entry.isPair { return pairs }
        if entry.types == [.filter] { return ["$ref": .string("#/$defs/\(FilterSchema.key)")] }
        guard entry.isList else { return one }
        let list: JSON = .object(["type": .string("array"), "items": .object(one), "minItems": .integer(1)])
        return ["anyOf": .array([list, .object(one)])]
    }

    /// A mapping of names to their values.
    private var pairs: [String: JSON] {
        let name = entry.types == [.headerPair] ? "^header +.+$" : "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"
        return [
            "type": .string("object"), "minProperties": .integer(1),
            "propertyNames": .object(["pattern": .string(name)]),
            "additionalProperties": .object(["type": .array(["string", "number", "boolean"].map(JSON.string))]),
        ]
    }

    /// One value.
    private var one: [String: JSON] {
        guard entry.reading == .words else {
            return ["type": .array(["string", "number", "boolean"].map(JSON.string))]
        }
        var alternatives: [[String: JSON]] = []
        let words = entry.types.flatMap(\.words)
        if !words.isEmpty { alternatives.append(["enum": .array(words.map(JSON.string))]) }
        if entry.kinds.contains(.integer) {
            var integer: [String: JSON] = ["type": .string("integer"), "minimum": .integer(0)]
            if let bounds = entry.bounds {
                integer["minimum"] = .integer(Int64(bounds.lowerBound))
                integer["maximum"] = .integer(min(Int64(bounds.upperBound), JSON.largestInteger))
            }
            alternatives.append(integer)
        }
        let others = Self.expressions(entry, withWords: false)
        if !others.isEmpty {
            alternatives.append(["type": .string("string"), "pattern": .string(Self.anchored(others))])
        }
        guard alternatives.count > 1 else { return alternatives.first ?? [:] }
        return ["anyOf": .array(alternatives.map(JSON.object))]
    }

    private var description: String {
        guard let facts else { return entry.key }
        guard let byDefault = facts.byDefault, soundDefault == nil else { return facts.summary }
        return facts.summary + " Default: \(byDefault)."
    }

    /// The default where it is a value of the slot, and not a description of one.
    private var soundDefault: JSON? {
        guard let byDefault = facts?.byDefault, let start = entry.start, entry.flag == nil else { return nil }
        let text = Array(byDefault.utf8)
        var tokens: [Token] = []
        Lexer.scan(text.span, from: 0, to: text.count, into: &tokens)
        var machine = PatternMachine()
        let line = ScalarLine(tokens: tokens, text: text, words: Grammar.shared.words)
        guard machine.run(Grammar.shared.tables, from: start, over: line, at: 0) == tokens.count else { return nil }
        if tokens.count == 1, tokens[0].kind == .integer { return Int64(byDefault).map(JSON.integer) }
        return .string(byDefault)
    }

    private static func anchored(_ expressions: [String]) -> String {
        "^(?:" + expressions.joined(separator: "|") + ")$"
    }

    /// Regular expressions of the texts that fill a slot.
    private static func expressions(_ entry: YAMLRow.SlotEntry, withWords: Bool = true) -> [String] {
        var all = withWords ? entry.types.flatMap(\.words) : []
        all += TokenKind.inValues.filter { entry.kinds.contains($0) }.compactMap(\.expression)
        return all + entry.types.compactMap(\.pattern).map { $0.expression }
    }
}

extension Pattern {
    /// A regular expression of the texts that it matches.
    fileprivate var expression: String {
        switch self {
        case .sequence(let parts):
            parts.reduce("") { text, part in
                if case .optional(let body) = part { return text + "(?: +" + body.expression + ")?" }
                return text + (text.isEmpty ? "" : " +") + part.expression
            }
        case .choice(let parts): "(?:" + parts.map(\.expression).joined(separator: "|") + ")"
        case .optional(let body): "(?:" + body.expression + ")?"
        case .repeated(let body): "(?:" + body.expression + ")*"
        case .words(let words): words.count == 1 ? words[0] : "(?:" + words.joined(separator: "|") + ")"
        case .tokens(let kinds):
            "(?:" + TokenKind.inValues.filter(kinds.contains).compactMap(\.expression).joined(separator: "|") + ")"
        case .value: ".+"
        }
    }
}

extension TokenKind {
    /// The kinds that values are made of.
    fileprivate static let inValues: [TokenKind] = [
        .name, .path, .method, .constant, .integer, .duration, .rate, .percent, .factor, .size, .range, .date, .instant,
        .string,
    ]

    private static let time = "(?:[0-9]+(?:us|ms|s|m|h|d))"
    private static let whole = "[0-9]+(?:_[0-9]+)*"
    private static let word = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"

    /// A regular expression of the tokens of a kind, as ECMA-262 and Python read it.
    fileprivate var expression: String? {
        switch self {
        case .name: Self.word
        case .path: "\(Self.word)(?:\\.\(Self.word))+"
        case .method: ValueCheck.methods.joined(separator: "|")
        case .constant: "\\$\(Self.word)"
        case .integer: Self.whole
        case .duration: "\(Self.time)+"
        case .rate: "\(Self.whole)/(?:us|ms|s|m|h|d|\(Self.time)\(Self.time)*)"
        case .percent: "[0-9]+(?:\\.[0-9]+)?%"
        case .factor: "[0-9]+(?:\\.[0-9]+)?x"
        case .size: "[0-9]+(?:B|[KMG]i?B)"
        case .range: "[0-9]+\\.\\.[0-9]+"
        case .date: "[0-9]{4}-[0-9]{2}-[0-9]{2}"
        case .instant: "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
        case .string: ".+"
        default: nil
        }
    }
}
