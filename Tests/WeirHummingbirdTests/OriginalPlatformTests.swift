// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing

@testable import Weir
@testable import WeirHummingbird

/// What the Python platform documented and did not do; each line of that list is asked of a server here.
@Suite(.serialized) struct OriginalPlatformTests {
    private func ask(
        policy: String = Policy.text(), on moment: String = "2026-06-01",
        _ body:
            @Sendable @escaping (@Sendable (String, [String]) async throws -> (facts: [String: Any], body: String))
            async throws -> Void
    ) async throws {
        let api = LiveApi()
        try api.write(policy)
        try api.setClock(moment)
        let routes = api.routes()
        _ = try await api.load(routes)
        LiveApi.register(routes)
        try await api.serve(routes) { base in
            try await body { path, fields in
                let answer = try await Shell.curl(base + path, fields)
                let text = answer.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
                return (try #require(try await Shell.read([answer]).first), text)
            }
        }
    }

    private static let accept = "Accept: application/vnd.shop."

    @Test func `a handler that returns a plain value has the fields of its deprecated version`() async throws {
        try await ask { ask in
            let (facts, body) = try await ask("/api/v1/orders/7", [])
            #expect(body == "v1 order 7")
            #expect("\(facts["deprecation"] ?? "")" == "1772323200" && "\(facts["sunset"] ?? "")" == "1803859200")
        }
    }

    @Test func `a version in a header or in Accept chooses the handler, where the platform said 404`() async throws {
        try await ask { ask in
            let byHeader = try await ask("/api/orders/7", ["X-API-Version: v1"])
            #expect(byHeader.body == "v1 order 7")
            let byAccept = try await ask("/api/orders/7", [Self.accept + "v1+json"])
            #expect(byAccept.body == "v1 order 7")
        }
    }

    @Test(arguments: ["v9", "garbage", "v1;drop", "-1", "latest"])
    func `an unknown version is refused, and never taken for the latest`(version: String) async throws {
        try await ask { ask in
            let refused = try await ask("/api/orders/7", ["X-API-Version: \(version)"])
            #expect(refused.facts["status"] as? Int == 400)
        }
    }

    @Test func `a field that contradicts the path is refused, unless the policy ranks them`() async throws {
        try await ask { ask in
            let facts = try await ask("/api/v1/orders/7", ["X-API-Version: v2"]).facts
            #expect(facts["problem"] as? String == "ambiguous-version")
        }
        try await ask(policy: Policy.text(promise: "versions that disagree are ranked")) { ask in
            let ranked = try await ask("/api/v1/orders/7", ["X-API-Version: v2"])
            #expect(ranked.body == "v1 order 7")
        }
    }

    @Test func `Accept is parsed: v10 is not v1, and weights count`() async throws {
        try await ask { ask in
            let ten = try await ask("/api/orders/7", [Self.accept + "v10+json"])
            #expect(ten.facts["status"] as? Int == 406)
            let both = Self.accept + "v1+json;q=0.9, application/vnd.shop.v2+json;q=0.1"
            let weighed = try await ask("/api/orders/7", [both])
            #expect(weighed.body == "v1 order 7")
        }
    }

    @Test func `Gone comes with dates, links and an alternative`() async throws {
        try await ask(on: "2027-03-01") { ask in
            let facts = try await ask("/api/v1/orders/7", []).facts
            #expect(facts["status"] as? Int == 410 && facts["problem.successor"] as? String == "v2")
            #expect("\(facts["sunset"] ?? "")" == "1803859200")
            #expect((facts["links"] as? [String])?.contains("successor-version /api/v2/orders/7") == true)
        }
    }

    @Test func `a path that names a version is not given another one`() async throws {
        try await ask { ask in
            let right = try await ask("/api/v2/orders/7", [])
            #expect(right.body == "v2 order 7")
            let twice = try await ask("/api/v1/v2/orders/7", [])
            #expect(twice.facts["status"] as? Int == 404)
        }
    }

    @Test func `the list of deprecations is whole before anybody called, and the same after a restart`() async throws {
        let lists = Mutex<[String]>([])
        for _ in 0..<2 {
            try await ask { ask in
                let body = try await ask("/api/v1/system/deprecations", []).body
                lists.withLock { $0.append(body) }
            }
        }
        let all = lists.withLock { $0 }
        #expect(all.count == 2 && all.first == all.last)
        #expect(all.first?.contains(#""deprecated_at":"2026-03-01","endpoint":"GET /api/v1/orders/{id}""#) == true)
        #expect(all.first?.contains(#""version":"v1""#) == true)
    }

    @Test(
        arguments: [
            (
                "support each version at least 13 months after deprecation",
                "12 months after its deprecation, 13 were promised"
            ),
            ("announce at least 9 months before deprecation", "6 months after its announcement, 9 were promised"),
        ])
    func `what is promised of months is checked`(promise: String, words: String) async throws {
        let api = LiveApi()
        try api.write(Policy.text(promise: promise))
        let error = await #expect(throws: LoadError.self) { try await api.load(api.routes()) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        try api.write(Policy.text(promise: promise.replacing("13", with: "12").replacing("9", with: "6")))
        _ = try await api.load(api.routes())
    }

    @Test func `caches are told which fields decide, on refusals, too`() async throws {
        try await ask { ask in
            for path in ["/api/orders/7", "/api/v1/orders/7", "/api/v9/orders/7", "/api/v1/crash", "/api/health"] {
                let reply = try await ask(path, [])
                #expect(reply.facts["vary"] as? String == "Accept, X-API-Version", "\(path)")
            }
        }
    }
}
