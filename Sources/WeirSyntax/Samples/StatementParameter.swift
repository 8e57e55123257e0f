// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

/// A value of a statement, as reference pages describe it.
public struct StatementParameter: Sendable {
    /// Its name in patterns, and mostly its key in YAML.
    public let key: String
    /// What may stand there, with its units.
    public let values: String
    /// What is known of it: meaning, bounds, default.
    public let facts: SlotFacts?
    /// Its bounds in words; nil where there are none but those of its type.
    public let bounds: String?
}

extension StatementRow {
    /// Its values in the order of the pattern.
    public var parameters: [StatementParameter] {
        guard let row = YAMLSchema.shared.rows.first(where: { $0.form == form }) else { return [] }
        return row.slots.map { entry in
            let words =
                entry.flag.map { "the word `\($0)`, or nothing" + (entry.isGrouped ? "" : "; `true` in YAML") }
                ?? entry.types.map(\.meaning).joined(separator: ", or ")
            let bounds = slots[entry.slot]?.bounds.map { bounds in
                bounds.upperBound == .max
                    ? "\(bounds.lowerBound) or more" : "\(bounds.lowerBound) to \(bounds.upperBound)"
            }
            return StatementParameter(
                key: entry.key, values: entry.isList ? "\(words); several with commas between" : words,
                facts: slots[entry.slot], bounds: bounds ?? entry.types.compactMap(\.bounds).first)
        }
    }
}

extension ValueType {
    /// What a value of the type is, with its units, for people.
    fileprivate var meaning: String {
        switch self {
        case .name: "a name"
        case .path: "a name, or a path to it"
        case .text: "a text"
        case .literal: "any literal"
        case .rule: "the name of a rule"
        case .method: "a method of HTTP"
        case .step: "a kind of step: " + quoted(words)
        case .integer, .count: "a number"
        case .duration: "a duration in `us`, `ms`, `s`, `m`, `h`, `d`"
        case .rate: "a rate in calls a time, as `100/s` or `5/30s`"
        case .percent: "a share in `%`"
        case .factor: "a factor, as `2x`"
        case .size: "a size in `B`, `KB`, `MB`, `GB`, `KiB`, `MiB`, `GiB`"
        case .date: "a date, as `2026-03-01`"
        case .instant: "an instant in UTC, as `2026-03-01T09:00:00Z`"
        case .outcome: "an outcome: " + quoted(words + ["any failure", "status 502..504", "error \"…\"", "grpc …"])
        case .key: "what calls are told apart by: " + quoted(words + ["header \"…\"", "field …"])
        case .reply: "`status` and a number"
        case .window: "`from` a time `to` a time, or `until` a time"
        case .bound: "`exactly`, `at most` or `at least`, and a number"
        case .answer: "an answer: " + quoted(words + ["status …"])
        case .filter: "a [condition](../events.md#conditions)"
        case .period: "a span of the calendar in `days`, `weeks`, `months`, `years`"
        case .version: "a version, as `v2`, `v2.1` or `2026-03-01`"
        case .reader: "a place of a request: `path \"…\"`, `header \"…\"`, `accept \"…\"`, `query \"…\"`"
        case .consumer: "what names a consumer: `caller`, `header \"…\"`, `claim \"…\"`"
        case .headerPair: "`header`, a name and a value"
        case .fieldPair: "a field and its value"
        case .oneOf(let words) where words.count == 1: "the word `\(words[0])`"
        case .oneOf(let words): "one of the words " + quoted(words)
        case .flag(let word): "the word `\(word)`"
        }
    }

    private func quoted(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }

    /// The bounds of every value of the type, where they are not those of what can be written.
    fileprivate var bounds: String? {
        switch self {
        case .percent: "up to 100 %"
        case .duration: "up to \(Duration.weirLongest.weirText)"
        case .factor: "up to \(Factor.largest)"
        case .period: "1 to \(Period.largestCount)"
        case .reply: "100 to 599"
        default: nil
        }
    }
}
