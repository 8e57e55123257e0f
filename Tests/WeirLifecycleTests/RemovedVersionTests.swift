// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// A version that is removed is one that does not exist, wherever a request names it.
@Suite struct RemovedVersionTests {
    private static func node(pinned: Bool = false) throws -> ApiNode {
        let operation = QualifiedName(package: "gateway", name: "api.things")
        let routes = [ApiRouteNode(method: "GET", path: "/things", operation: operation)]
        var old = ApiVersionNode.Dates()
        old.released = try Platform.instant("2020-01-01")
        old.deprecated = try Platform.instant("2022-01-01")
        old.sunset = try Platform.instant("2024-01-01")
        old.removed = try Platform.instant("2026-01-01")
        var new = ApiVersionNode.Dates()
        new.released = try Platform.instant("2021-01-01")
        let versions = [
            ApiVersionNode(
                version: try Platform.version("v1"), dates: old, successor: try Platform.version("v2"), routes: routes),
            ApiVersionNode(version: try Platform.version("v2"), dates: new, routes: routes),
        ]
        var negotiation = try Platform.node().negotiation
        if pinned { negotiation.pins = ["acme": try Platform.version("v1")] }
        return ApiNode(
            name: QualifiedName(package: "gateway", name: "platform"), base: "/api", negotiation: negotiation,
            alwaysAvailable: ["/api/v1/system/deprecations"],
            usage: ApiNode.Usage(consumers: [.header("X-Client-Id")], alertWithin: nil), versions: versions)
    }

    private static let accept = [("Accept", "application/vnd.vulnzero.v1+json")]

    @Test(
        arguments: [
            ("/api/v1/things", [], 410, 404), ("/api/things", [("X-API-Version", "v1")], 410, 400),
            ("/api/things?v=v1", [], 410, 400), ("/api/things", accept, 410, 406),
            ("/api/v1/system/deprecations", [], nil, nil), ("/api/v2/things", [], nil, nil),
        ] as [(String, [(String, String)], Int?, Int?)])
    func `answer 410 until the removal, and as to an unknown version from that very second on`(
        path: String, fields: [(String, String)], before: Int?, after: Int?
    ) throws {
        let node = try Self.node()
        #expect(try Platform.ask(path, fields, on: "2025-12-31T23:59:59Z", node: node).status == before)
        #expect(try Platform.ask(path, fields, on: "2026-01-01", node: node).status == after)
        #expect(try Platform.ask(path, fields, on: "9999-12-31", node: node).status == after)
    }

    @Test func `say since when it is gone, and nothing of its sunset`() throws {
        let decision = try Platform.ask("/api/v1/things", on: "2026-06-01", node: try Self.node())
        let problem = try #require(decision.problem)
        #expect(problem.code == .unsupportedVersion && problem.version == ApiVersion("v1"))
        #expect(problem.detail == "this API has no version v1 any more, since 2026-01-01")
        #expect(decision.fields[.sunset] == nil && decision.fields[.deprecation] == nil)
        #expect(decision.fields[.supportedVersions] == "v2")
    }

    @Test func `leave a pin on it aside`() throws {
        let node = try Self.node(pinned: true)
        let acme = [("X-Client-Id", "acme")]
        #expect(try Platform.ask("/api/things", acme, on: "2025-06-01", node: node).status == 410)
        #expect(try Platform.ask("/api/things", acme, on: "2026-06-01", node: node).version == ApiVersion("v2"))
    }

    @Test func `take another one that Accept takes as well`() throws {
        let both = [("Accept", "application/vnd.vulnzero.v1+json, application/vnd.vulnzero.v2+json;q=0.1")]
        #expect(try Platform.ask("/api/things", both, node: try Self.node()).version == ApiVersion("v2"))
    }
}
