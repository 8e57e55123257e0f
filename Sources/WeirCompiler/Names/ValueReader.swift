// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// Reads typed values out of slots, constants followed; what cannot be read is reported and nil.
struct ValueReader {
    let constants: ConstantResolver
    /// The file in which the values stand.
    let file: Int

    func duration(_ value: Value?) -> Duration? {
        read(value, .duration, { $0.duration() }, rule: "at most 366d")
    }

    func count(_ value: Value?, in statement: Statement) -> Int? {
        guard let value, let bounds = LanguageTable.row(statement.form)?.slots[value.slot]?.bounds else {
            return read(value, .integer, { $0.integer() }, rule: "a number of at most 18 digits")
        }
        return read(
            value, .integer, { literal in literal.integer().flatMap { bounds.contains($0) ? $0 : nil } },
            rule: "\(bounds.lowerBound) to \(bounds.upperBound)")
    }

    func rate(_ value: Value?) -> Rate? {
        read(
            value, .rate,
            { literal in literal.rate().flatMap { $0.count <= RateLimitPolicy.largest ? $0 : nil } },
            rule: "at most 1,000,000,000 in a time longer than 0s and at most 366d")
    }

    func ratio(_ value: Value?) -> Ratio? {
        read(value, .percent, { $0.ratio() }, rule: "between 0% and 100%, with at most four decimals")
    }

    func factor(_ value: Value?) -> Factor? {
        read(value, .factor, { $0.factor() }, rule: "between 1x and 100x, with at most three decimals")
    }

    /// A span of the calendar, which a constant may give.
    func period(_ value: Value?) -> Period? {
        guard let value, !value.isDamaged, let literal = constants.literal(value, in: file) else { return nil }
        if let period = literal.value.period() { return period }
        guard literal.value.kind == .integer, literal.value.tokens.count == 2 else {
            constants.reportType(value, in: file, literal: literal, due: "a span of the calendar")
            return nil
        }
        constants.reportBounds(value, in: file, literal: literal, rule: "1 to 10,000 days, weeks, months or years")
        return nil
    }

    /// A list of durations; nil when one cannot be read.
    func durations(_ values: [Value]) -> [Duration]? {
        let read = values.compactMap { duration($0) }
        return read.count == values.count ? read : nil
    }

    /// The kind of a value's literal, constants followed.
    func kind(_ value: Value) -> TokenKind? { constants.literal(value, in: file)?.value.kind }

    private func read<Result>(
        _ value: Value?, _ kind: TokenKind, _ make: (Value) -> Result?, rule: @autoclosure () -> String
    ) -> Result? {
        guard let value, !value.isDamaged, let literal = constants.literal(value, in: file) else { return nil }
        guard literal.value.kind == kind else {
            constants.reportType(value, in: file, literal: literal, due: kind.typeWords)
            return nil
        }
        if let result = make(literal.value) { return result }
        constants.reportBounds(value, in: file, literal: literal, rule: rule())
        return nil
    }
}
