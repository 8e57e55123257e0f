// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// What callers read of the end of what they call.
@Suite struct DeprecationNoticeTests {
    @Test func `reads what the engine writes`() throws {
        let notice = try #require(DeprecationNotice(try Platform.ask("/api/v1/things").fields))
        #expect(notice.deprecated == (try Platform.instant("2026-01-01")))
        #expect(notice.sunset == (try Platform.instant("2027-01-01")))
        #expect(notice.daysLeft(at: try Platform.instant("2026-12-31T23:59:59Z")) == 1)
        #expect(
            notice.links == [
                "deprecation": "https://docs.example/v1", "sunset": "https://docs.example/v1",
                "successor-version": "/api/v2/things", "latest-version": "/api/v2/things",
            ])
        #expect(DeprecationNotice(try Platform.ask("/api/v2/things").fields) == nil)
    }

    @Test(
        arguments: [
            ([("deprecation", "true")], true, nil, nil), ([("Deprecation", "?1")], true, nil, nil),
            ([("Deprecation", "Wed, 11 Nov 2025 23:59:59 GMT")], true, "2025-11-11T23:59:59Z", nil),
            ([("Sunset", "Wed, 31 Dec 2025 00:00:00 GMT")], true, nil, "2025-12-31"),
            ([("Sunset", "2025-12-31")], false, nil, nil),
            ([("Sunset", "Wed, 31 Feb 2025 00:00:00 GMT")], false, nil, nil),
            ([("Sunset", "Wed, 31 Dec 2025 00:00:00 UTC")], false, nil, nil),
            ([("Deprecation", "@x")], false, nil, nil),
            ([("Link", "</a>; rel=\"sunset\"")], false, nil, nil),
        ] as [([(name: String, value: String)], Bool, String?, String?)])
    func `takes the forms that others send, and no other`(
        fields: [(name: String, value: String)], isNotice: Bool, deprecated: String?, sunset: String?
    ) throws {
        let notice = DeprecationNotice(fields)
        #expect((notice != nil) == isNotice)
        #expect(notice?.deprecated?.description == deprecated)
        #expect(notice?.sunset?.description == sunset)
    }

    @Test func `reads links whatever stands around them`() throws {
        let value = "</x>; rel=next, </v2/a,b>; title=\"a, b\"; rel=\"successor-version latest-version\", <"
        let fields: [(name: String, value: String)] = [("Deprecation", "@1"), ("Link", value)]
        let notice = try #require(DeprecationNotice(fields))
        #expect(notice.links == ["successor-version": "/v2/a,b", "latest-version": "/v2/a,b"])
    }
}
