// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirSyntax

@Suite struct LiteralTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("1m30s", .seconds(90)), ("24h", .seconds(86_400)),
        ("5us", .microseconds(5)),
        ("366d", .seconds(366 * 86_400)), ("0s", .zero),
    ])
    func `a duration is exact`(text: String, duration: Duration) {
        #expect(literal(text)?.duration() == duration)
    }

    @Test(arguments: ["367d", "99999999999999999999s", "9223372036854775807h"])
    func `a duration too long is none`(text: String) {
        let tree = parse("let a = \(text)\n")
        #expect(tree.statements.first { _ in true }?.value(.value)?.duration() == nil)
        #expect(tree.diagnostics.map(\.id) == [.outOfBounds])
    }

    @Test func `rates keep their window`() throws {
        #expect(literal("100/s")?.rate() == .perSecond(100))
        #expect(literal("5/100ms")?.rate() == (try Rate(count: 5, window: .milliseconds(100))))
        #expect(literal("5/0s")?.rate() == nil)
    }

    @Test func `shares and factors are exact decimals`() throws {
        #expect(literal("12.5%")?.ratio() == (try Ratio(millionths: 125_000)))
        #expect(literal("0.0001%")?.ratio()?.millionths == 1)
        #expect(literal("100.1%")?.ratio() == nil)
        #expect(literal("1.5x")?.factor()?.thousandths == 1500)
        #expect(literal("0.5x")?.factor() == nil)
    }

    @Test func `whole numbers may be grouped and never overflow`() {
        #expect(literal("100_000")?.integer() == 100_000)
        #expect(literal("99999999999999999999")?.integer() == nil)
        #expect(literal("64KiB")?.size() == 65_536)
    }

    @Test(arguments: [
        ("1970-01-01", Int64(0)), ("2000-03-01", 951_868_800), ("2024-02-29", 1_709_164_800), ("1969-12-31", -86_400),
        ("2026-12-31", 1_798_675_200),
    ])
    func `days are counted from 1970`(text: String, seconds: Int64) {
        #expect(literal(text)?.secondsSince1970() == seconds)
    }

    @Test(arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2100-02-29", "0000-01-01"])
    func `a day that does not exist is reported`(text: String) {
        #expect(parse("let a = \(text)\n").diagnostics.map(\.id) == [.badDate])
    }

    @Test func `texts lose their quotes and escapes`() {
        #expect(literal("\"a \\\"b\\\" \\\\ \\n \\t \\u{e9}\"")?.string() == "a \"b\" \\ \n \t é")
    }

    @Test func `values of several words are read`() throws {
        let text = """
            test "t" {
              starting 2026-03-01T09:00:00Z
              given a.b replies status 503 from 1s to 2s
              given a.b is down until $end
              then a.b receives at most 25 calls by 2s
              then a.b answers status 200 within 2s
            }
            policy p {
              retry up to 3 attempts {
                when timeout, status 502..504, any failure, error "Oops", grpc unavailable
              }
              limit 5/s {
                per header "X-Tenant" up to 10 keys
              }
            }
            """
        let tree = parse(text)
        #expect(tree.diagnostics.isEmpty)
        let found = Array(tree.statements)
        let items = Array(found[0].statements)
        #expect(items[0].value(.starting)?.secondsSince1970() == 1_772_355_600)
        #expect(items[1].value(.replies)?.reply() == 503)
        #expect(items[1].value(.window)?.window() == TimeWindow(from: .literal(.seconds(1)), to: .literal(.seconds(2))))
        #expect(items[2].value(.window)?.window() == TimeWindow(from: nil, to: .constant("end")))
        #expect(items[3].value(.receives)?.bound() == CountBound(relation: .atMost, count: .literal(25)))
        #expect(items[4].value(.answers)?.answer() == .status(200))
        let steps = Array(found[1].statements)
        let when = try #require(Array(steps[0].statements).first)
        #expect(
            when.outcomes(.when) == [.timeout, .status(502...504), .anyFailure, .error("Oops"), .grpc("unavailable")])
        #expect(Array(steps[1].statements).first?.value(.key)?.scopeSource() == .header("X-Tenant"))
    }

    @Test func `documentation is what stands before a statement`() {
        let tree = parse("## One.\n##  Two.\n\npolicy p {\n  ## Three.\n  deadline 2s\n}\n")
        let policy = Array(tree.statements)[0]
        #expect(policy.documentation == "One.\n Two.")
        #expect(Array(policy.statements)[0].documentation == "Three.")
        #expect(parse("edition 1\n").statements.first { _ in true }?.documentation == nil)
    }

    private func literal(_ text: String) -> Value? {
        parse("let a = \(text)\n").statements.first { _ in true }?.value(.value)
    }
}
