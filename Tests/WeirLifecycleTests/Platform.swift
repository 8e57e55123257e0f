// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// An API with a version in every state, and ways to ask it.
enum Platform {
    static func version(_ text: String) throws -> ApiVersion { try #require(ApiVersion(text)) }
    static func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    static func node(
        disagreement: ApiNode.Disagreement = .refused, unversioned: ApiNode.Unversioned? = nil,
        readers: [VersionReader] = [
            .path("/{version}/"), .accept("application/vnd.vulnzero.{version}+json"), .header("X-API-Version"),
            .query("v"),
        ], pins: [String: ApiVersion] = [:], statuses: [ApiNode.Fault: Int] = [:]
    ) throws -> ApiNode {
        var negotiation = ApiNode.Negotiation()
        negotiation.readers = readers
        negotiation.disagreement = disagreement
        negotiation.unversioned = try unversioned ?? .version(version("v2"))
        negotiation.pins = pins
        negotiation.statuses = statuses
        return ApiNode(
            name: QualifiedName(package: "gateway", name: "platform"), base: "/api", negotiation: negotiation,
            neutral: ["/api/health"], alwaysAvailable: ["/api/v0/system/deprecations"],
            usage: ApiNode.Usage(consumers: [.header("X-Client-Id")], alertWithin: nil), versions: try versions())
    }

    private static func versions() throws -> [ApiVersionNode] {
        let operation = QualifiedName(package: "gateway", name: "api.things")
        let things = ApiRouteNode(method: "GET", path: "/things", operation: operation)
        let old = ApiRouteNode(
            method: "GET", path: "/things/{id}", operation: operation, deprecated: try instant("2026-02-01"),
            sunset: try instant("2026-08-01T12:00:00Z"), successor: "/api/v2/items")
        let filled = ApiRouteNode(
            method: "GET", path: "/things/{id}/parts", operation: operation, deprecated: try instant("2026-02-01"),
            successor: "/api/v2/parts/{id}")
        let ended = ApiRouteNode(
            method: "GET", path: "/ended", operation: operation, deprecated: try instant("2024-01-01"),
            sunset: try instant("2024-06-01"))
        func dates(_ texts: String?...) throws -> ApiVersionNode.Dates {
            var dates = ApiVersionNode.Dates()
            let found = try texts.map { try $0.map { try instant($0) } }
            (dates.released, dates.announced, dates.deprecated, dates.sunset) = (found[0], found[1], found[2], found[3])
            return dates
        }
        return [
            ApiVersionNode(
                version: try version("v0"), dates: try dates("2023-01-01", nil, "2024-01-01", "2025-01-01"),
                grace: [ApiVersionNode.Grace(consumer: "acme", until: try instant("2026-07-01"))],
                routes: [things, ended]),
            ApiVersionNode(
                version: try version("v1"), dates: try dates("2024-01-01", "2025-06-01", "2026-01-01", "2027-01-01"),
                successor: try version("v2"), guide: "https://docs.example/v1",
                brownouts: [
                    ApiVersionNode.Brownout(
                        start: try instant("2026-11-01T14:00:00Z"), duration: .seconds(3600), status: 410)
                ], routes: [things]),
            ApiVersionNode(
                version: try version("v2"), dates: try dates("2025-06-01", nil, nil, nil),
                routes: [things, old, filled]),
            ApiVersionNode(
                version: try version("v3"), dates: try dates("2025-09-01", nil, nil, nil), stability: .preview,
                routes: [things]),
            ApiVersionNode(version: try version("v4"), dates: try dates("2030-01-01", nil, nil, nil), routes: [things]),
        ]
    }

    static func ask(
        _ path: String, _ fields: [(String, String)] = [], method: String = "GET", on date: String = "2026-06-01",
        node: ApiNode? = nil
    ) throws -> ApiDecision {
        var sent = HTTPFields()
        for (name, value) in fields { sent.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value)) }
        let engine = ApiLifecycle(try node ?? Platform.node())
        return engine.decide(ApiRequest(method: method, path: path, fields: sent), at: try instant(date))
    }

    /// A media type of a version.
    static func type(_ version: String, _ rest: String = "") -> String {
        "application/vnd.vulnzero.\(version)+json\(rest)"
    }
}
