// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// Which version a request gets, or with which status it is refused: the rows of the rules.
@Suite struct NegotiationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let what: String
        let path: String
        var fields: [(String, String)] = []
        var version: String?
        var status: Int?
        var code: String?
        var testDescription: String { what }
    }

    private static func type(_ version: String, _ rest: String = "") -> String { Platform.type(version, rest) }

    static let rows = [
        Row(what: "path", path: "/api/v1/things", version: "v1"),
        Row(what: "path without v", path: "/api/1/things", version: "v1"),
        Row(what: "path with a zero", path: "/api/V1.0/things", version: "v1"),
        Row(what: "whole segments only", path: "/api/v10/things", status: 404, code: "unsupported-version"),
        Row(what: "version without a slash", path: "/api/v1", version: "v1", status: 404, code: "unknown-route"),
        Row(what: "unknown in the path", path: "/api/v9/things", status: 404, code: "unsupported-version"),
        Row(what: "not released, in the path", path: "/api/v4/things", status: 404, code: "unsupported-version"),
        Row(what: "malformed in the path", path: "/api/v1x/things", status: 400, code: "malformed-version"),
        Row(what: "a day that no calendar has", path: "/api/2024-02-30/things", status: 400, code: "malformed-version"),
        Row(what: "percent-encoded", path: "/api/%76%31/things", status: 400, code: "malformed-version"),
        Row(what: "a path that leads up", path: "/api/v1/%2e%2E/things", status: 400, code: "malformed-path"),
        Row(what: "outside", path: "/other/v1/things", status: 404, code: "outside"),
        Row(what: "header", path: "/api/things", fields: [("x-api-version", "1.0")], version: "v1"),
        Row(
            what: "unknown in a header", path: "/api/things", fields: [("X-API-Version", "v9")], status: 400,
            code: "unsupported-version"),
        Row(
            what: "malformed in a header", path: "/api/things", fields: [("X-API-Version", "newest")], status: 400,
            code: "malformed-version"),
        Row(
            what: "a repeated header that agrees", path: "/api/things",
            fields: [("X-API-Version", "v1"), ("X-API-Version", "1")], version: "v1"),
        Row(
            what: "a repeated header that disagrees", path: "/api/things",
            fields: [("X-API-Version", "v1"), ("X-API-Version", "v2")], status: 400, code: "ambiguous-version"),
        Row(
            what: "two readers that disagree", path: "/api/v1/things", fields: [("X-API-Version", "v2")], status: 400,
            code: "ambiguous-version"),
        Row(what: "query", path: "/api/things?a=b&v=1", version: "v1"),
        Row(what: "unknown in the query", path: "/api/things?v=9", status: 400, code: "unsupported-version"),
        Row(what: "nothing", path: "/api/things", version: "v2"),
        Row(what: "Accept", path: "/api/things", fields: [("Accept", type("v1"))], version: "v1"),
        Row(
            what: "the highest weight", path: "/api/things",
            fields: [("Accept", "\(type("v2", ";q=0.5")), \(type("v1", ";q=0.9"))")], version: "v1"),
        Row(
            what: "the highest weight that lives", path: "/api/things",
            fields: [("Accept", "\(type("v0")), \(type("v1", ";q=0.1"))")], version: "v1"),
        Row(
            what: "a tie: not deprecated first, then the newest", path: "/api/things",
            fields: [("Accept", "\(type("v1")), \(type("v2"))")], version: "v2"),
        Row(
            what: "zero excludes", path: "/api/things",
            fields: [("Accept", "\(type("v2", ";q=0")), \(type("v1", ";q=0.1"))")], version: "v1"),
        Row(what: "a wildcard", path: "/api/things", fields: [("Accept", "*/*")], version: "v2"),
        Row(
            what: "a wildcard and an unknown version", path: "/api/things",
            fields: [("Accept", "\(type("v9")), */*;q=0.1")], version: "v2"),
        Row(what: "another type", path: "/api/things", fields: [("Accept", "text/html;q=2")], version: "v2"),
        Row(
            what: "no acceptable version", path: "/api/things", fields: [("Accept", type("v9"))], status: 406,
            code: "not-acceptable"),
        Row(
            what: "only sunset ones are acceptable", path: "/api/things", fields: [("Accept", type("v0"))],
            version: "v0", status: 410, code: "sunset"),
        Row(
            what: "a weight of two", path: "/api/things", fields: [("Accept", type("v1", ";q=2"))], status: 400,
            code: "malformed-accept"),
        Row(
            what: "path against Accept", path: "/api/v1/things", fields: [("Accept", type("v2"))], status: 400,
            code: "ambiguous-version"),
        Row(
            what: "path and Accept with a wildcard", path: "/api/v1/things",
            fields: [("Accept", "\(type("v2")), */*;q=0.1")], version: "v1"),
        Row(
            what: "unknown in Content-Type", path: "/api/v1/things", fields: [("Content-Type", type("v9"))],
            status: 415, code: "unsupported-media-type"),
        Row(
            what: "two lines of Content-Type that disagree", path: "/api/things",
            fields: [("Content-Type", type("v1")), ("Content-Type", type("v2"))], status: 400, code: "ambiguous-version"
        ),
        Row(
            what: "an unknown version in the second line of Content-Type", path: "/api/things",
            fields: [("Content-Type", "text/plain"), ("Content-Type", type("v9"))], status: 415,
            code: "unsupported-media-type"),
        Row(
            what: "a wildcard weighs no version that is named", path: "/api/things",
            fields: [("Accept", "\(type("v2", ";q=0.1")), \(type("v1", ";q=0.5")), */*")], version: "v1"),
        Row(
            what: "a wildcard beside an excluded default", path: "/api/things",
            fields: [("Accept", "\(type("v2", ";q=0")), */*")], version: "v1"),
        Row(
            what: "letters in either case", path: "/api/things",
            fields: [("accept", "Application/VND.VulnZero.V1+JSON; Q=1.000")], version: "v1"),
        Row(what: "empty ranges", path: "/api/things", fields: [("Accept", ", ,\(type("v1")),")], version: "v1"),
        Row(
            what: "bytes that are no UTF-8", path: "/api/things", fields: [("X-API-Version", "v1\u{FF}\u{C3}")],
            status: 400, code: "malformed-version"),
        Row(
            what: "a year of five digits", path: "/api/things", fields: [("X-API-Version", "12024-01-01")],
            status: 400, code: "malformed-version"),
        Row(
            what: "the last day there is", path: "/api/things", fields: [("X-API-Version", "9999-12-31")],
            status: 400, code: "unsupported-version"),
        Row(what: "Content-Type alone", path: "/api/things", fields: [("Content-Type", type("v1"))], version: "v1"),
        Row(what: "after sunset", path: "/api/v0/things", version: "v0", status: 410, code: "sunset"),
        Row(what: "grace", path: "/api/v0/things", fields: [("X-Client-Id", "acme")], version: "v0"),
        Row(what: "a preview that is asked for", path: "/api/v3/things", version: "v3"),
        Row(
            what: "a route that is not there", path: "/api/v1/nothing", version: "v1", status: 404,
            code: "unknown-route"),
        Row(what: "a neutral path", path: "/api/health", fields: [("X-API-Version", "nonsense")]),
        Row(what: "a path that outlives its version", path: "/api/v0/system/deprecations", version: "v0"),
    ]

    @Test(arguments: rows) func `choose or refuse as the rules say`(row: Row) throws {
        let decision = try Platform.ask(row.path, row.fields)
        #expect(decision.version?.description == row.version, "\(decision)")
        #expect(decision.status == row.status, "\(decision)")
        #expect(decision.problem?.code.name == row.code, "\(decision)")
    }

    @Test func `let the first reader win where versions are ranked`() throws {
        let node = try Platform.node(disagreement: .ranked)
        let decision = try Platform.ask("/api/v1/things", [("X-API-Version", "v2")], node: node)
        #expect(decision.version == ApiVersion("v1"))
    }

    @Test(arguments: [[("X-API-Version", "newest")], [("Accept", "application/vnd.vulnzero.v1+json;q=2")]])
    func `leave what stands behind the first reader unread where versions are ranked`(
        fields: [(String, String)]
    ) throws {
        let node = try Platform.node(disagreement: .ranked)
        #expect(try Platform.ask("/api/v1/things", fields, node: node).version == ApiVersion("v1"))
        #expect(try Platform.ask("/api/v1/things", fields).status == 400)
        #expect(try Platform.ask("/api/things", fields, node: node).status == 400)
    }

    @Test(
        arguments: [
            (ApiNode.Unversioned.none, nil), (.latestStable, "v2"), (.oldest, "v1"), (.pinned, "v1"),
        ] as [(ApiNode.Unversioned, String?)])
    func `take the default of the policy`(unversioned: ApiNode.Unversioned, expected: String?) throws {
        let pins = unversioned == .pinned ? ["acme": try Platform.version("v1")] : [:]
        let node = try Platform.node(unversioned: unversioned, pins: pins)
        let decision = try Platform.ask("/api/things", [("X-Client-Id", "acme")], node: node)
        #expect(decision.version?.description == expected)
        #expect(decision.problem?.code == (expected == nil ? .unspecifiedVersion : nil))
        #expect(decision.fields[.cacheControl] == (unversioned == .pinned ? "private" : nil))
    }

    @Test func `read a parameter of the media type`() throws {
        let node = try Platform.node(readers: [.accept("application/vnd.shop+json; version={version}")])
        let fields = [("Accept", "application/vnd.shop+json; version=\"v1\"; q=0.4")]
        #expect(try Platform.ask("/api/things", fields, node: node).version == ApiVersion("v1"))
    }

    @Test func `take the nearest earlier day where the policy says so`() throws {
        var negotiation = ApiNode.Negotiation()
        negotiation.readers = [.header("X-API-Version")]
        negotiation.takesNearestEarlier = true
        var dates = ApiVersionNode.Dates()
        dates.released = try Platform.instant("2024-01-01")
        let route = ApiRouteNode(method: "GET", path: "/a", operation: QualifiedName(package: "p", name: "s.o"))
        let versions = try ["2024-01-01", "2024-06-01"].map {
            ApiVersionNode(version: try Platform.version($0), dates: dates, routes: [route])
        }
        let node = ApiNode(
            name: QualifiedName(package: "p", name: "dated"), negotiation: negotiation, versions: versions)
        for (asked, got) in [("2024-05-31", "2024-01-01"), ("2024-06-01", "2024-06-01"), ("2023-12-31", nil)] {
            let decision = try Platform.ask("/a", [("X-API-Version", asked)], node: node)
            #expect(decision.version?.description == got)
            #expect(decision.status == (got == nil ? 400 : nil))
        }
    }
}
