// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirResilience

@Suite struct MatcherSetTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let matcher: OutcomeMatcher
        let outcome: CallOutcome
        let matches: Bool
        var testDescription: String { "\(matcher) on \(outcome.kind) \(outcome.cause)" }
    }

    static let rows: [Row] = [
        Row(matcher: .anyFailure, outcome: .failure(.other), matches: true),
        Row(matcher: .anyFailure, outcome: .failure(.timeout), matches: true),
        Row(matcher: .anyFailure, outcome: .success, matches: false),
        Row(matcher: .anyFailure, outcome: .cancelled, matches: false),
        Row(matcher: .anyFailure, outcome: .ignored, matches: false),
        Row(matcher: .anyFailure, outcome: .rejected(.circuitOpen), matches: false),
        Row(matcher: .open, outcome: .rejected(.circuitOpen), matches: true),
        Row(matcher: .full, outcome: .rejected(.bulkheadFull), matches: true),
        Row(matcher: .full, outcome: .rejected(.orphansFull), matches: true),
        Row(matcher: .limited, outcome: .rejected(.rateLimited), matches: true),
        Row(matcher: .limited, outcome: .rejected(.circuitOpen), matches: false),
        Row(matcher: .timeout, outcome: .failure(.timeout), matches: true),
        Row(matcher: .timeout, outcome: .rejected(.deadlineExceeded), matches: true),
        Row(matcher: .refused, outcome: .failure(.refused), matches: true),
        Row(matcher: .reset, outcome: .failure(.refused), matches: false),
        Row(matcher: .unavailable, outcome: .status(503), matches: true),
        Row(matcher: .unavailable, outcome: .status(502), matches: false),
        Row(matcher: .status(502...504), outcome: .status(504), matches: true),
        Row(matcher: .status(502...504), outcome: .status(501), matches: false),
        Row(matcher: .status(404...404), outcome: .status(404), matches: true),
        Row(matcher: .error("Shop.Oops"), outcome: .error(named: "Shop.Oops"), matches: true),
        Row(matcher: .error("Oops"), outcome: .error(named: "Shop.Oops"), matches: true),
        Row(matcher: .error("ops"), outcome: .error(named: "Shop.Oops"), matches: false),
    ]

    @Test(arguments: rows) func `means exactly the outcomes that its word says`(row: Row) {
        #expect(MatcherSet([row.matcher]).matches(row.outcome) == row.matches)
    }

    @Test(arguments: [(500, true), (599, true), (429, true), (408, true), (404, false), (200, false), (302, false)])
    func `tells failures from successes by status`(code: Int, fails: Bool) {
        #expect(CallOutcome.status(code).isSuccess != fails)
    }

    @Test func `knows the names of gRPC`() throws {
        let exhausted = try #require(CallOutcome.grpc("resource-exhausted"))
        #expect(MatcherSet([.grpc("resource-exhausted")]).matches(exhausted))
        #expect(!MatcherSet([.grpc("aborted")]).matches(exhausted))
        #expect(CallOutcome.grpc("no-such-status") == nil)
        #expect(CallOutcome.grpc("ok") == .success)
        #expect(MatcherSet([.timeout]).matches(try #require(CallOutcome.grpc("deadline-exceeded"))))
    }
}
