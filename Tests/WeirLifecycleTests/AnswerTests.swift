// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// What answers say of the life of their version, and what the states are from moment to moment.
@Suite struct AnswerTests {
    @Test func `name the end of a deprecated version to the letter`() throws {
        let fields = try Platform.ask("/api/v1/things").fields
        #expect(fields[.deprecation] == "@1767225600")
        #expect(fields[.sunset] == "Fri, 01 Jan 2027 00:00:00 GMT")
        #expect(
            fields[values: .link] == [
                "<https://docs.example/v1>; rel=\"deprecation\"; type=\"text/html\"",
                "<https://docs.example/v1>; rel=\"sunset\"; type=\"text/html\"",
                "</api/v2/things>; rel=\"successor-version\"", "</api/v2/things>; rel=\"latest-version\"",
            ])
        #expect(fields[values: .vary] == ["Accept, X-API-Version"])
        #expect(fields[.apiVersion] == "v1")
        #expect(fields[.supportedVersions] == "v1, v2")
        #expect(fields[.latestVersion] == "v2")
        #expect(fields[.cacheControl] == nil)
    }

    @Test func `say Gone with a way on after sunset`() throws {
        let decision = try Platform.ask("/api/v1/things?x=1", on: "2027-01-01")
        let problem = try #require(decision.problem)
        #expect(problem.status == 410)
        #expect(decision.fields[.deprecation] != nil && decision.fields[.sunset] != nil)
        #expect(decision.fields[.contentType] == "application/problem+json")
        #expect(
            String(decoding: problem.body, as: UTF8.self)
                == #"{"detail":"v1 is switched off since 2027-01-01","docs":"https://docs.example/v1","#
                + #""instance":"/api/v1/things","status":410,"successor":"v2","sunset":"2027-01-01","#
                + #""supported":["v2"],"title":"Gone","type":"urn:weir:problem:sunset","version":"v1"}"#)
    }

    @Test func `keep a brownout out of caches and say when it is over`() throws {
        let decision = try Platform.ask("/api/v1/things", on: "2026-11-01T14:59:59Z")
        #expect(decision.status == 410)
        #expect(decision.fields[.retryAfter] == "1")
        #expect(decision.fields[.cacheControl] == "no-store")
        #expect(try Platform.ask("/api/v1/things", on: "2026-11-01T15:00:00Z").status == nil)
    }

    @Test func `let the earlier date of route and version win`() throws {
        let decision = try Platform.ask("/api/v2/things/7")
        #expect(decision.fields[.deprecation] == "@1769904000")
        #expect(decision.fields[values: .link] == ["</api/v2/items>; rel=\"successor-version\""])
        #expect(try Platform.ask("/api/v2/things/7", on: "2026-08-01T11:59:59Z").status == nil)
        #expect(try Platform.ask("/api/v2/things/7", on: "2026-08-01T12:00:00Z").status == 410)
        #expect(try Platform.ask("/api/v2/things", on: "2026-08-01T12:00:00Z").status == nil)
    }

    @Test func `keep per-consumer answers out of shared caches`() throws {
        #expect(try Platform.ask("/api/v0/things", [("X-Client-Id", "acme")]).fields[.cacheControl] == "private")
        #expect(try Platform.ask("/api/v0/things").fields[.cacheControl] == "private")
    }

    @Test func `send no Vary where only the path names versions`() throws {
        let node = try Platform.node(readers: [.path("/{version}/")])
        #expect(try Platform.ask("/api/v1/things", node: node).fields[.vary] == nil)
    }

    @Test func `send Vary with refusals, too`() throws {
        #expect(try Platform.ask("/api/v9/things").fields[.vary] == "Accept, X-API-Version")
    }

    @Test func `name the methods of a path that has others`() throws {
        let decision = try Platform.ask("/api/v1/things", method: "DELETE")
        #expect(decision.status == 405)
        #expect(decision.fields[.allow] == "GET, HEAD, OPTIONS")
        #expect(try Platform.ask("/api/v1/things", method: "HEAD").status == nil)
    }

    @Test func `say which methods and versions there are`() throws {
        let decision = try Platform.ask("/api/v2/things", method: "OPTIONS")
        #expect(decision.outcome == .discovery)
        #expect(decision.status == 204)
        #expect(decision.fields[.allow] == "GET, HEAD, OPTIONS")
        #expect(decision.fields[.supportedVersions] == "v1, v2")
        #expect(try Platform.ask("/api", method: "OPTIONS").status == 204)
        #expect(try Platform.ask("/api/v2/nothing", method: "OPTIONS").status == 404)
        #expect(try Platform.ask("/api/v0/things", method: "OPTIONS").status == 410)
        let none = try Platform.node(unversioned: ApiNode.Unversioned.none)
        #expect(try Platform.ask("/api/things", method: "OPTIONS", node: none).fields[.latestVersion] == "v2")
    }

    @Test func `let a grace outlive the sunset of a version, and not that of a route`() throws {
        let acme = [("X-Client-Id", "acme")]
        #expect(try Platform.ask("/api/v0/things", acme, on: "2026-06-30T23:59:59Z").status == nil)
        #expect(try Platform.ask("/api/v0/things", acme, on: "2026-07-01").status == 410)
        #expect(try Platform.ask("/api/v0/things", [("X-Client-Id", "other")]).status == 410)
        let ended = try Platform.ask("/api/v0/ended", acme)
        #expect(ended.status == 410)
        #expect(ended.problem?.sunset == (try Platform.instant("2024-06-01")))
    }

    @Test func `fill the parameters of a path into what takes its place`() throws {
        let decision = try Platform.ask("/api/v2/things/7/parts")
        #expect(decision.fields[values: .link] == ["</api/v2/parts/7>; rel=\"successor-version\""])
    }

    @Test func `pass the parameters of a path on`() throws {
        let decision = try Platform.ask("/api/v2/things/a%20b/")
        #expect(
            decision.outcome
                == .served(QualifiedName(package: "gateway", name: "api.things"), parameters: ["id": "a%20b"]))
    }

    @Test(arguments: ["v0", "v1", "v2", "v3", "v4"])
    func `have exactly one state at each instant, without gap or overlap`(text: String) throws {
        let engine = ApiLifecycle(try Platform.node())
        let phases = try #require(engine.timeline(of: try Platform.version(text))).phases
        #expect(phases.first?.start == nil)
        let starts = phases.compactMap(\.start)
        #expect(starts.count == phases.count - 1)
        #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 })
        let timeline = try #require(engine.timeline(of: try Platform.version(text)))
        for (place, start) in starts.enumerated() {
            #expect(timeline.phase(at: start) == phases[place + 1])
            #expect(timeline.phase(at: Instant(secondsSince1970: start.secondsSince1970 - 1)) == phases[place])
        }
    }

    @Test func `live through all states in their order`() throws {
        let timeline = try #require(ApiLifecycle(try Platform.node()).timeline(of: try Platform.version("v1")))
        #expect(
            timeline.phases.map(\.state) == [
                .planned, .active, .announced, .deprecated, .brownout, .deprecated, .sunset,
            ])
    }
}
