// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirLifecycle
import WeirPolicy

@testable import WeirExport

/// The lives of versions as bars, charts, calendars and pictures.
@Suite struct ApiTimelineTests {
    private static func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

    private static func api(_ reason: String = "orders; have, several") throws -> ApiNode {
        func dates(_ texts: [String?]) throws -> ApiVersionNode.Dates {
            let found = try texts.map { try $0.map { try instant($0) } }
            var dates = ApiVersionNode.Dates()
            (dates.released, dates.announced, dates.deprecated, dates.sunset) = (found[0], found[1], found[2], found[3])
            return dates
        }
        let operation = QualifiedName(package: "shop", name: "checkout.orders")
        let export = ApiRouteNode(
            method: "GET", path: "/exports/{id}", operation: operation, deprecated: try instant("2026-10-01"),
            sunset: try instant("2027-10-01T12:00:00Z"), successor: "/v2/files/{id}")
        return ApiNode(
            name: QualifiedName(package: "shop", name: "orders"),
            versions: [
                ApiVersionNode(
                    version: try #require(ApiVersion("v1")),
                    dates: try dates(["2023-05-02", "2025-09-01", "2026-03-01", "2027-03-01"]),
                    successor: ApiVersion("v2"), reason: reason,
                    brownouts: [
                        ApiVersionNode.Brownout(
                            start: try instant("2027-01-12T14:00:00Z"), duration: .seconds(3600), status: 410)
                    ]),
                ApiVersionNode(
                    version: try #require(ApiVersion("v2")), dates: try dates(["2025-09-15", nil, nil, nil]),
                    routes: [export]),
                ApiVersionNode(version: try #require(ApiVersion("v3"))),
            ])
    }

    private static func text(_ format: TimelineFormat) throws -> String {
        let timeline = try #require(ApiTimeline(try api()))
        return ApiTimeline.text([timeline], format, today: try instant("2026-06-01"), width: 80)
    }

    @Test func `shows bars and dates in a terminal`() throws {
        let text = try Self.text(.text)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines[0] == "shop.orders")
        #expect(lines[2].hasPrefix("v1") && lines[2].contains("█") && lines[2].contains("!") && lines[2].contains("·"))
        #expect(text.contains("^ today, 2026-06-01"))
        #expect(
            text.hasSuffix(
                """
                  2023-05-02  v1 released
                  2025-09-01  v1 deprecation announced
                  2025-09-15  v2 released
                  2026-03-01  v1 deprecated (→ v2, orders; have, several)
                  2026-10-01  v2 GET /exports/{id} deprecated (→ /v2/files/{id})
                  2027-01-12T14:00:00Z  v1 switched off for a while until 2027-01-12T15:00:00Z
                  2027-03-01  v1 switched off
                  2027-10-01T12:00:00Z  v2 GET /exports/{id} switched off

                """))
    }

    @Test func `draws a Gantt chart`() throws {
        let text = try Self.text(.mermaid)
        #expect(text.hasPrefix("gantt\n  title shop.orders\n"))
        #expect(text.contains("  section v1\n  active : active, 2023-05-02T00:00:00, 2025-09-01T00:00:00\n"))
        #expect(text.contains("  brownout : crit, 2027-01-12T14:00:00, 2027-01-12T15:00:00\n"))
        #expect(text.contains("  switched off : milestone, 2027-03-01T00:00:00, 0d\n"))
    }

    @Test func `writes a calendar that keeps to the lines of RFC 5545`() throws {
        let text = try Self.text(.ics)
        let lines = text.split(separator: "\r\n")
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(!text.filter { $0 != "\r\n" }.contains("\n"))
        #expect(lines.contains("DTSTART;VALUE=DATE:20270301"))
        #expect(lines.contains("DTSTART:20270112T140000Z") && lines.contains("DTEND:20270112T150000Z"))
        #expect(lines.contains { $0.contains("orders\\; have\\, several") })
        let events = lines.filter { $0 == "BEGIN:VEVENT" }.count
        #expect(Set(lines.filter { $0.hasPrefix("UID:") }).count == events)
        #expect(try Self.text(.ics) == text)
    }

    @Test func `draws a picture in which every change is told, too`() throws {
        let text = try Self.text(.svg)
        #expect(text.hasPrefix("<svg xmlns="))
        #expect(text.contains("<title>v1: deprecated from 2026-03-01 until 2027-01-12T14:00:00Z</title>"))
        #expect(text.contains("2027-03-01: shop.orders v1 switched off"))
        #expect(text.contains("today, 2026-06-01"))
        #expect(!text.contains("NaN") && !text.contains("inf"))
    }

    @Test func `has nothing to draw without dates`() throws {
        let bare = ApiNode(
            name: QualifiedName(package: "shop", name: "orders"),
            versions: [ApiVersionNode(version: try #require(ApiVersion("v1")))])
        #expect(ApiTimeline(bare) == nil)
    }

    @Test func `says what holds at a moment, and what comes next`() throws {
        let text = ApiMoment(try Self.api(), at: try Self.instant("2026-11-25")).text
        #expect(text.contains("v1        deprecated  brownout on 2027-01-12T14:00:00Z, in 48 days"))
        #expect(
            text.contains("GET /exports/{id}                        shop.checkout.orders  deprecated → /v2/files/{id}"))
        #expect(text.contains("v3        planned"))
        #expect(text.contains("requests that name none    none: they are refused"))
    }
}
