// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct MistakeTests {
    /// A line in a block, the finding's code and message, and the edit that mends it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let opening: String
        let line: String
        let id: DiagnosticID
        let message: String
        let edit: String?

        init(_ opening: String, _ line: String, _ id: DiagnosticID, _ message: String, _ edit: String? = nil) {
            self.opening = opening
            self.line = line
            self.id = id
            self.message = message
            self.edit = edit
        }

        var testDescription: String { line }
    }

    private static let policy = "policy p {\n"
    private static let retry = "policy p {\nretry up to 3 attempts {\n"
    private static let breaker = "policy p {\nbreaker {\n"
    private static let operation = "service s {\noperation o {\n"
    private static let mistakes: [Mistake] = [
        Mistake(policy, "deadline 2", .bareNumber, "`deadline` needs a duration, and `2` has no unit", "2s"),
        Mistake(policy, "timeout 5 s", .spaceInUnit, "the number and the unit of `5 s` stand apart", "5s"),
        Mistake(policy, "timeout 5 sec", .spaceInUnit, "the number and the unit of `5 sec` stand apart", "5s"),
        Mistake(policy, "timeout 5sec", .malformedValue, "`5sec` is not a duration", "5s"),
        Mistake(policy, "timeout 1.5s", .malformedValue, "`1.5s` is not a duration", "1500ms"),
        Mistake(policy, "timeout: 2s", .unexpectedWord, "`:` cannot stand after `timeout`", ""),
        Mistake(policy, "timeout = 2s", .unexpectedWord, "`=` cannot stand after `timeout`", ""),
        Mistake(policy, "timeout \"2s\"", .expectedValue, "`timeout` needs a duration, and `\"2s\"` is not one", "2s"),
        Mistake(policy, "timeout", .expectedValue, "`timeout` needs a duration, and the line ends"),
        Mistake(policy, "timeout fast", .expectedValue, "`timeout` needs a duration, and `fast` is not one"),
        Mistake(policy, "timeout 400d", .outOfBounds, "`400d` is longer than any duration may be"),
        Mistake(policy, "retry 3", .unexpectedWord, "`3` cannot stand after `retry`", "up to 3 attempts"),
        Mistake(policy, "retry up to 3", .expectedValue, "`attempts` is missing after `3`", " attempts"),
        Mistake(policy, "retry up to 0 attempts", .outOfBounds, "`0` is below the smallest value here, 1"),
        Mistake(policy, "retries 3", .unknownKeyword, "`retries` begins no statement in a `policy` block", "retry"),
        Mistake(policy, "bulkhead 50", .expectedValue, "`calls` is missing after `50`", " calls"),
        Mistake(policy, "limit 100", .bareNumber, "`limit` needs a name or a rate, and `100` has no unit", "100/s"),
        Mistake(policy, "limit 100rps", .malformedValue, "`100rps` is not a rate", "100/s"),
        Mistake(
            policy, "wait 50ms", .unknownKeyword,
            "`wait` belongs in a `limit` block, in a `retry` block, in a `coalesce` block or in a `redeliver` block"),
        Mistake(
            policy, "circuit_breaker", .unknownKeyword,
            "`circuit_breaker` begins no statement in a `policy` block", "breaker"),
        Mistake(
            retry, "wait 50ms growing 2", .bareNumber,
            "`growing` needs a factor or a word, and `2` has no unit", "2x"),
        Mistake(retry, "budget 0.5 of calls", .malformedValue, "`0.5` is not a percentage", "50%"),
        Mistake(retry, "max_retries 3", .unknownKeyword, "`max_retries` begins no statement in a `retry` block"),
        Mistake(retry, "on timeout", .unknownKeyword, "`on` begins no statement in a `retry` block", "when"),
        Mistake(retry, "when timout", .unexpectedWord, "`timout` cannot stand after `when`", "timeout"),
        Mistake(retry, "when status 700", .outOfBounds, "`700` is above the largest value here, 599"),
        Mistake(retry, "when status 599..500", .outOfBounds, "`599..500` runs backwards", "500..599"),
        Mistake(breaker, "trip at 50 % failing", .spaceInUnit, "the number and the unit of `50 %` stand apart", "50%"),
        Mistake(breaker, "trip after 3 failures in row", .unexpectedWord, "`a` is missing after `failures in`", " a"),
        Mistake(breaker, "over 30s with 20 calls", .unexpectedWord, "`at least` is missing after `with`", " at least"),
        Mistake(operation, "POST /orders", .malformedValue, "`/orders` is not a text in quotes", "\"/orders\""),
        Mistake(operation, "POST \"/orders", .unclosedString, "a text is not closed", "\"/orders\""),
        Mistake(
            operation, "latency 1ms typical 2ms p99", .unexpectedWord, "`,` is missing after `typical`", "typical,"),
        Mistake(
            operation, "calls payments/authorize", .malformedValue, "`payments/authorize` is not a name",
            "payments.authorize"),
        Mistake("", "allow a because \"b\" until 2026-02-30", .badDate, "`2026-02-30` is a day that no calendar has"),
        Mistake("", "let a = \"\\q\"", .malformedValue, "a text has no escape `\\q`"),
        Mistake("", "policy cardPayments {\n}", .malformedValue, "`cardPayments` is not a name", "card-payments"),
        Mistake("", "}", .unexpectedWord, "`}` closes no block", ""),
    ]

    @Test(arguments: mistakes) func `a mistake has one finding that says what is wrong`(mistake: Mistake) throws {
        let depth = mistake.opening.count { $0 == "{" }
        let tree = parse(mistake.opening + mistake.line + "\n" + String(repeating: "}\n", count: depth))
        let finding = try #require(tree.diagnostics.first)
        #expect(tree.diagnostics.count == 1)
        #expect(finding.id == mistake.id)
        #expect(finding.message == mistake.message)
        #expect(finding.helps.first?.edits.first?.replacement == mistake.edit)
    }
}
