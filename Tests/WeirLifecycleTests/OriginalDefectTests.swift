// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// What the Python platform promised of its API and did not do; each line of that list does its job here.
@Suite struct OriginalDefectTests {
    /// The platform as it promised to be: the first place that names a version wins.
    private func ask(
        _ path: String, _ fields: [(String, String)] = [], on date: String = "2026-06-01"
    ) throws -> ApiDecision {
        let readers: [VersionReader] = [
            .path("/{version}/"), .accept("application/vnd.vulnzero.{version}+json"), .header("X-API-Version"),
        ]
        let node = try Platform.node(disagreement: .ranked, readers: readers)
        return try Platform.ask(path, fields, on: date, node: node)
    }

    @Test func `deprecated endpoints have their headers whatever a handler returns`() throws {
        let decision = try ask("/api/v1/things")
        #expect(decision.status == nil)
        #expect(decision.fields[.deprecation] != nil && decision.fields[.sunset] != nil)
    }

    @Test func `Sunset is an HTTP date, and Deprecation a structured one`() throws {
        let fields = try ask("/api/v1/things").fields
        #expect(fields[.sunset] == "Fri, 01 Jan 2027 00:00:00 GMT")
        #expect(fields[.deprecation] == "@1767225600")
    }

    @Test func `a version in a header leads to the handler of that version`() throws {
        #expect(try ask("/api/things", [("X-API-Version", "v1")]).version == ApiVersion("v1"))
        #expect(try ask("/api/things", [("Accept", Platform.type("v1"))]).version == ApiVersion("v1"))
    }

    @Test(arguments: ["v9", "v4", "garbage", "v1;drop", "-1"])
    func `an unknown version is refused and never taken for the latest`(version: String) throws {
        #expect(try ask("/api/things", [("X-API-Version", version)]).status == 400)
    }

    @Test func `a field that contradicts is ignored only where the policy says so`() throws {
        #expect(try ask("/api/v1/things", [("X-API-Version", "v2")]).version == ApiVersion("v1"))
        #expect(try Platform.ask("/api/v1/things", [("X-API-Version", "v2")]).status == 400)
    }

    @Test func `version 10 in Accept is not version 1, and weights count`() throws {
        #expect(try ask("/api/things", [("Accept", Platform.type("v10"))]).status == 406)
        let value = "\(Platform.type("v1", ";q=0.1")), \(Platform.type("v2", ";q=0.9"))"
        #expect(try ask("/api/things", [("Accept", value)]).version == ApiVersion("v2"))
    }

    @Test func `Gone begins at an instant of UTC, and names a way on`() throws {
        #expect(try ask("/api/v1/things", on: "2026-12-31T23:59:59Z").status == nil)
        let gone = try ask("/api/v1/things", on: "2027-01-01")
        #expect(gone.status == 410)
        #expect(gone.problem?.successor == "v2")
        #expect(gone.fields[.sunset] != nil && !gone.fields[values: .link].isEmpty)
    }

    @Test func `a version in a path is never put before another`() throws {
        let decision = try ask("/api/v1/v2/things")
        #expect(decision.version == ApiVersion("v1") && decision.status == 404)
    }

    @Test func `a deprecation begins when its policy says, not when the process starts`() throws {
        let engine = ApiLifecycle(try Platform.node())
        let timeline = try #require(engine.timeline(of: try Platform.version("v1")))
        #expect(timeline.deprecated == (try Platform.instant("2026-01-01")))
        #expect(engine.timeline(of: try Platform.version("v0"))?.deprecated == (try Platform.instant("2024-01-01")))
    }

    @Test func `whoever calls can be counted`() throws {
        let engine = ApiLifecycle(try Platform.node())
        var fields = HTTPFields()
        fields[try #require(HTTPField.Name("x-client-id"))] = "acme"
        #expect(engine.consumer(in: fields) == "acme")
    }

    @Test func `caches are told which fields of a request decide`() throws {
        for path in ["/api/things", "/api/v1/things", "/api/v9/things", "/api/health"] {
            #expect(try ask(path).fields[.vary] == "Accept, X-API-Version", "\(path)")
        }
    }
}
