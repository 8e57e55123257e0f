// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// No cache that consumers share keeps what one of them alone may get, and none is let loose that a handler held back.
@Suite struct SharedCacheTests {
    private static let both = [("Accept", "\(Platform.type("v0")), \(Platform.type("v2", ";q=0.1"))")]

    @Test func `hide from shared caches what Accept chooses where a grace would choose otherwise`() throws {
        let acme = try Platform.ask("/api/things", Self.both + [("X-Client-Id", "acme")])
        #expect(acme.version == ApiVersion("v0") && acme.fields[.cacheControl] == "private")
        let others = try Platform.ask("/api/things", Self.both)
        #expect(others.version == ApiVersion("v2") && others.fields[.cacheControl] == "private")
        let later = try Platform.ask("/api/things", Self.both, on: "2026-07-01")
        #expect(later.version == ApiVersion("v2") && later.fields[.cacheControl] == nil)
    }

    @Test func `hide what a wildcard chooses where the default is over for most`() throws {
        let node = try Platform.node(unversioned: .version(try Platform.version("v0")))
        let any = [("Accept", "\(Platform.type("v9")), */*;q=0.5")]
        let acme = try Platform.ask("/api/things", any + [("X-Client-Id", "acme")], node: node)
        #expect(acme.version == ApiVersion("v0") && acme.fields[.cacheControl] == "private")
        let others = try Platform.ask("/api/things", any, node: node)
        #expect(others.version == ApiVersion("v2") && others.fields[.cacheControl] == "private")
    }

    @Test func `share what no grace changes`() throws {
        let fields = [("Accept", Platform.type("v2"))]
        #expect(try Platform.ask("/api/things", fields).fields[.cacheControl] == nil)
    }

    @Test(
        arguments: [
            (["no-store"], "no-store"), (["max-age=60"], "private, max-age=60"), (["private"], "private"),
            (["Public, max-age=60, s-maxage=600"], "private, max-age=60"), ([], "private"), ([""], "private"),
            (["Private, max-age=5"], "Private, max-age=5"), (["max-age=60", "no-store"], "max-age=60, no-store"),
            (["private=\"Set-Cookie\""], "private, private=\"Set-Cookie\""),
        ] as [([String], String)])
    func `keep the directives of a handler unless they let others in`(own: [String], expected: String) throws {
        let decision = try Platform.ask("/api/v0/things", [("X-Client-Id", "acme")])
        var answer = HTTPFields(own.map { HTTPField(name: .cacheControl, value: $0) })
        for _ in 0..<2 {
            decision.apply(to: &answer)
            #expect(answer[values: .cacheControl].joined(separator: ", ") == expected)
        }
    }
}
