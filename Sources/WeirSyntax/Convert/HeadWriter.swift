// SPDX-License-Identifier: Apache-2.0

/// Writes the head of a statement from its values, as the pattern of its row has them.
struct HeadWriter {
    private let values: [Slot: [[ValueWord]]]

    /// Words of a head, and the slots whose values are among them.
    private struct Reading {
        var words: [String] = []
        var slots: Set<Slot> = []
    }

    /// The head in the language's own text, spaced anyhow; nil where no reading of the pattern has all of the values.
    static func text(_ statement: Statement) -> String? {
        guard let row = LanguageTable.row(statement.form), let pattern = Pattern(row.pattern) else { return nil }
        let values = Dictionary(grouping: statement.allValues, by: \.slot).mapValues { $0.map(\.words) }
        guard let reading = HeadWriter(values: values).reading(pattern), reading.slots == Set(values.keys) else {
            return nil
        }
        return reading.words.joined(separator: " ")
    }

    /// The reading of a pattern that holds the most values; nil where it needs one that is missing.
    private func reading(_ pattern: Pattern, after last: String = "") -> Reading? {
        switch pattern {
        case .words(let words): Reading(words: [word(of: words, after: last)])
        case .tokens: nil
        case .repeated: Reading()
        case .optional(let body):
            reading(body, after: last).flatMap { $0.slots.isEmpty ? nil : $0 } ?? Reading()
        case .choice(let parts):
            parts.compactMap { reading($0, after: last) }.reduce(nil) { best, next in
                guard let best, best.slots.count >= next.slots.count else { return next }
                return best
            }
        case .sequence(let parts):
            parts.reduce(Reading()) { head, part in
                guard let head, let next = reading(part, after: head.words.last ?? last) else { return nil }
                return Reading(words: head.words + next.words, slots: head.slots.union(next.slots))
            }
        case .value(let slot, let types, _):
            if case .flag(let word) = types.first {
                values[slot].map { _ in Reading(words: [word], slots: [slot]) }
            } else {
                values[slot].map { Reading(words: written($0), slots: [slot]) }
            }
        }
    }

    /// Of two words the second is the singular.
    private func word(of words: [String], after last: String) -> String {
        words.count == 2 && last == "1" ? words[1] : words.first ?? ""
    }

    private func written(_ values: [[ValueWord]]) -> [String] {
        Array(values.map { $0.map(\.weirText) }.joined(separator: [","]))
    }
}
