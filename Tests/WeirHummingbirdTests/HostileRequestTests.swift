// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirHummingbird

/// Requests that no decent client sends, over a socket: the right refusal with a problem body, and a server that goes on.
@Suite(.serialized) struct HostileRequestTests {
    /// A request byte by byte, and the statuses that are right.
    private struct Attack {
        let what: String
        var target = "/api/orders/7"
        var fields: [(name: String, value: [UInt8])] = []
        let statuses: Set<Int>
        /// Whether the engine refuses it; what the parser of HTTP refuses has no problem body.
        var isOurs = true

        var line: String {
            var bytes = Array("GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n".utf8)
            for field in fields { bytes += Array("\(field.name): ".utf8) + field.value + Array("\r\n".utf8) }
            return Data(bytes + Array("\r\n".utf8)).base64EncodedString()
        }
    }

    private static func field(_ name: String, _ value: String) -> (name: String, value: [UInt8]) {
        (name, Array(value.utf8))
    }

    private static let v1 = "application/vnd.shop.v1+json"

    private static let attacks = [
        Attack(
            what: "64 KB of Accept", fields: [field("Accept", String(repeating: "a/b,", count: 16_384))],
            statuses: [431]),
        Attack(
            what: "a thousand ranges",
            fields: [field("Accept", Array(repeating: v1, count: 400).joined(separator: ","))],
            statuses: [431]),
        Attack(
            what: "a thousand lines of Accept", fields: Array(repeating: field("Accept", "a/b"), count: 1000),
            statuses: [400, 431], isOurs: false),
        Attack(
            what: "a hundred versions", fields: Array(repeating: field("X-API-Version", "v1"), count: 100),
            statuses: [431]),
        Attack(
            what: "two versions", fields: [field("X-API-Version", "v1"), field("X-API-Version", "v2")], statuses: [400]),
        Attack(
            what: "two versions in a line", fields: [field("X-API-Version", "v1, v2")], statuses: [400]),
        Attack(what: "no UTF-8", fields: [("X-API-Version", [0xFF, 0xFE, 0x31])], statuses: [400]),
        Attack(
            what: "no UTF-8 in Accept", fields: [("Accept", Array("application/vnd.shop.v".utf8) + [0xC3, 0x28])],
            statuses: [200, 406], isOurs: false),
        Attack(what: "a weight of two", fields: [field("Accept", v1 + ";q=2")], statuses: [400]),
        Attack(what: "a weight below zero", fields: [field("Accept", v1 + ";q=-1")], statuses: [400]),
        Attack(what: "the last day there is", fields: [field("X-API-Version", "9999-12-31")], statuses: [400]),
        Attack(what: "a year too far", fields: [field("X-API-Version", "10000-01-01")], statuses: [400]),
        Attack(what: "a way up", target: "/api/v1/../v2/orders/7", statuses: [400]),
        Attack(what: "a hidden way up", target: "/api/v1/%2E%2e/v2/orders/7", statuses: [400]),
        Attack(what: "a hidden version", target: "/api/%76%31/orders/7", statuses: [400]),
        Attack(what: "a half hidden version", target: "/api/v%31/orders/7", statuses: [400]),
        Attack(what: "a hidden slash", target: "/api/v1%2Forders/7", statuses: [400]),
        Attack(what: "letters that are none", target: "/api/v1/\u{0}x", statuses: [400], isOurs: false),
        Attack(what: "a path of 9 KB", target: "/api/v1/" + String(repeating: "a", count: 9000), statuses: [414]),
        Attack(what: "500 segments", target: "/api/v1" + String(repeating: "/a", count: 500), statuses: [414]),
        Attack(
            what: "1 MB of fields", fields: [field("Accept", String(repeating: "a", count: 1 << 20))],
            statuses: [400, 431], isOurs: false),
        Attack(what: "a target for proxies", target: "http://shop.example/api/v9/orders/7", statuses: [404]),
        Attack(what: "no path at all", target: "", statuses: [400], isOurs: false),
    ]

    @Test func `are refused with a problem, and the server goes on`() async throws {
        let api = LiveApi()
        try api.write(Policy.text())
        try api.setClock("2026-06-01")
        let routes = api.routes()
        _ = try await api.load(routes)
        LiveApi.register(routes)
        try await api.serve(routes) { base in
            let port = try #require(base.split(separator: ":").last.map(String.init))
            let answers = try await Shell.send(Self.attacks.map(\.line), to: port)
            try #require(answers.count == Self.attacks.count)
            for (attack, answer) in zip(Self.attacks, answers) {
                let status = answer.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
                #expect(attack.statuses.contains(status), "\(attack.what): \(answer.prefix(300))")
                guard attack.isOurs else { continue }
                #expect(answer.contains("application/problem+json"), "\(attack.what): \(answer.prefix(300))")
            }
            let read = try await Shell.read(zip(Self.attacks, answers).filter { $0.0.isOurs }.map(\.1))
            #expect(read.allSatisfy { $0["problem"] != nil && $0["vary"] as? String == "Accept, X-API-Version" })
            #expect(try await Shell.curl(base + "/api/v1/orders/7").contains("200 OK"))
        }
    }

    @Test func `meet the same answer however often the clock jumps over a boundary`() async throws {
        let api = LiveApi()
        try api.write(Policy.text())
        let routes = api.routes()
        _ = try await api.load(routes)
        LiveApi.register(routes)
        try await api.serve(routes) { base in
            for _ in 0..<3 {
                for (moment, status) in [
                    ("2027-02-28T23:59:59Z", "200"), ("2027-03-01", "410"), ("2027-01-12T14:00:00Z", "410"),
                    ("2027-01-12T13:59:59Z", "200"), ("9999-12-31", "410"), ("1970-01-01", "404"),
                ] {
                    try api.setClock(moment)
                    let answer = try await Shell.curl(base + "/api/v1/orders/7")
                    #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(moment): \(answer.prefix(80))")
                }
            }
        }
    }
}
