// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// Fields and paths that are meant to hurt: the right status, and time that does not grow with the square of the input.
@Suite(.serialized) struct HostileInputTests {
    @Test(arguments: [1000, 10_000]) func `refuse more than is looked at`(count: Int) throws {
        let value = Array(repeating: Platform.type("v1"), count: count).joined(separator: ",")
        #expect(try Platform.ask("/api/things", [("Accept", value)]).status == 431)
        #expect(try Platform.ask("/api/things", [("Accept", String(repeating: ",", count: count))]).status == 431)
        #expect(try Platform.ask("/api/things", [("Accept", String(repeating: "\"", count: count * 65))]).status == 431)
        #expect(
            try Platform.ask("/api/things", [("X-API-Version", String(repeating: "1,", count: count))]).status == 431)
        #expect(try Platform.ask("/api/things?" + String(repeating: "&v=1", count: count)).status == 414)
        #expect(try Platform.ask("/api/" + String(repeating: "a/", count: count)).status == 414)
        let lines = Array(repeating: ("X-API-Version", "v1"), count: count)
        #expect(try Platform.ask("/api/things", lines).status == 431)
    }

    @Test(
        arguments: [
            ("/api/v1/../v2/things", 400), ("/api/v1/%2E%2e/things", 400), ("/api/.%2e/things", 400),
            ("/api/v1/things/..", 400), ("/api/v1%2Fthings", 400), ("/api/%00/things", 404),
            ("/api/v\u{0}1/things", 404),
            ("//api/v1/things", 404), ("/api//v1/things", 404), ("/api/v1//things", 404), ("", 404), ("?", 404),
            ("/api/v99999999999999999999/things", 400), ("/api/v1.2.3.4.5.6.7.8.9/things", 400),
            ("/api/v-1/things", 404),
            ("/api/v١/things", 404), ("/API/v1/things", 404),
        ])
    func `answer a path that leads astray`(path: String, status: Int) throws {
        let decision = try Platform.ask(path)
        #expect(decision.status == status, "\(decision)")
        #expect(decision.fields[.contentType] == "application/problem+json")
    }

    @Test(
        arguments: [
            ("http://shop.example/api/v1/things", "v1", nil), ("HTTPS://u@shop.example:1/api/v1/things?a", "v1", nil),
            ("http://shop.example/api/v1/../v2/things", nil, 400), ("http://shop.example", nil, 404),
            ("http://shop.example?/api/v1/things", nil, 404), ("http:///api/v1/things", "v1", nil),
            ("://api/v1/things", nil, 404), ("http:/api/v1/things", nil, 404), ("http://api/v1/things", nil, 404),
            ("/http://shop.example/api/v1/things", nil, 404), ("*", nil, 404),
        ] as [(String, String?, Int?)])
    func `take the form of a target that is sent to proxies, and no other`(
        path: String, version: String?, status: Int?
    ) throws {
        let decision = try Platform.ask(path)
        #expect(decision.version?.description == version && decision.status == status, "\(decision)")
    }

    @Test(
        arguments: [
            ";;;;", "\"", "a/b;q", "a/b;q=", "/", "*/*;q=0.0001", "*/*;q=1.001", "*/*;q=nan", "*/*;q=-1", "*/*; q = 1",
            "application/vnd.vulnzero.+json", "application/vnd.vulnzero.{version}+json", "application/vnd.vulnzero.v1",
            "\u{FF}\u{FE}/\u{80}", "application/*", "*/json", "q=1", "\\\"\\,",
        ])
    func `read any Accept to its end`(value: String) throws {
        let decision = try Platform.ask("/api/things", [("Accept", value)])
        #expect(decision.status == nil || [400, 406].contains(decision.status), "\(decision)")
    }

    /// Nanoseconds of the fastest of some decisions.
    private static func nanoseconds(_ engine: ApiLifecycle, _ request: ApiRequest, _ now: Instant) -> Double {
        let clock = ContinuousClock()
        return (0..<7).map { _ in clock.measure { _ = engine.decide(request, at: now) } / .nanoseconds(1) }.min() ?? 0
    }

    /// What is sent again and again, how often for each step of the count, and in which field.
    struct Growth: Sendable {
        let unit: String
        let times: Int
        var field = "Accept"
        var head = ""
    }

    @Test(
        arguments: [
            Growth(unit: "application/vnd.vulnzero.v8+json,", times: 1), Growth(unit: "\"\\", times: 16),
            Growth(unit: ";a=b,c", times: 5, head: "a/b"), Growth(unit: " ", times: 32),
            Growth(unit: "1 ,", times: 11, field: "X-API-Version"),
        ])
    func `take time that grows no faster than the input, up to a limit`(growth: Growth) throws {
        let engine = ApiLifecycle(try Platform.node())
        let now = try Platform.instant("2026-06-01")
        func time(_ count: Int) throws -> Double {
            var fields = HTTPFields()
            let value = growth.head + String(repeating: growth.unit, count: count * growth.times)
            fields[try #require(HTTPField.Name(growth.field))] = value
            return Self.nanoseconds(engine, ApiRequest(method: "GET", path: "/api/things", fields: fields), now)
        }
        let (small, large, huge) = (try time(60), try time(480), try time(65_536))
        // Eight times the input: a square would be 64 times; half of that leaves room for a busy machine.
        #expect(large < max(small * 32, 200_000), "\(growth): \(small) ns, \(large) ns")
        // Two megabytes are refused by their length, before anything is read.
        #expect(huge < 20_000_000, "\(growth): \(huge) ns")
    }
}
