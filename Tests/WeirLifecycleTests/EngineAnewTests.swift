// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// An engine that has decided before decides as one that has not, in time, under load and for any number of requests.
@Suite struct EngineAnewTests {
    private static func engine() throws -> ApiLifecycle {
        let node = try Platform.node()
        // Without graces, so that no answer depends on who asks.
        let versions = node.versions.map {
            ApiVersionNode(
                version: $0.version, dates: $0.dates, stability: $0.stability, successor: $0.successor, guide: $0.guide,
                brownouts: $0.brownouts, routes: $0.routes)
        }
        return ApiLifecycle(
            ApiNode(name: node.name, base: node.base, negotiation: node.negotiation, versions: versions))
    }

    @Test func `decide anew on either side of every change`() throws {
        let engine = try Self.engine()
        #expect(!engine.knowsConsumers)
        let request = ApiRequest(method: "GET", path: "/api/v1/things")
        for text in ["2026-06-01", "2025-06-01", "2026-12-31T23:59:59Z", "2027-01-01", "2026-06-01", "2023-06-01"] {
            let now = try Platform.instant(text)
            let decision = engine.decide(request, at: now)
            #expect(decision == (try Self.engine()).decide(request, at: now), "\(text)")
            #expect(decision == engine.decide(request, at: now), "\(text)")
        }
        let brownout = try ["2026-11-01T14:00:00Z", "2026-11-01T14:00:01Z"].map {
            engine.decide(request, at: try Platform.instant($0)).fields[.retryAfter]
        }
        #expect(brownout == ["3600", "3599"])
    }

    @Test func `decide alike for many at once`() async throws {
        let engine = try Self.engine()
        let moments = try ["2026-06-01", "2027-06-01", "2026-11-01T14:30:00Z"].map { try Platform.instant($0) }
        let requests = ["v1", "v2"].map { ApiRequest(method: "GET", path: "/api/\($0)/things") }
        let expected = try requests.map { request in
            try moments.map { (try Self.engine()).decide(request, at: $0) }
        }
        await withTaskGroup(of: Bool.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    (0..<2000).allSatisfy { round in
                        let (request, moment) = ((round + worker) % 2, (round / 2 + worker) % 3)
                        return engine.decide(requests[request], at: moments[moment]) == expected[request][moment]
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
