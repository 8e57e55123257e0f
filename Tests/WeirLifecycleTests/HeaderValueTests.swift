// SPDX-License-Identifier: Apache-2.0

import RawStructuredFieldValues
import Testing
import WeirPolicy

@testable import WeirLifecycle

/// Moments and links as the RFCs write them.
@Suite struct HeaderValueTests {
    @Test(
        arguments: [
            ("2025-12-31", "Wed, 31 Dec 2025 00:00:00 GMT"), ("2022-04-01", "Fri, 01 Apr 2022 00:00:00 GMT"),
            ("2027-03-01", "Mon, 01 Mar 2027 00:00:00 GMT"), ("2024-02-29T23:59:59Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
            ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"), ("9999-12-31", "Fri, 31 Dec 9999 00:00:00 GMT"),
        ])
    func `compute the weekday of a sunset`(text: String, expected: String) throws {
        #expect(HeaderValues.fixedDate(try #require(Instant(text))) == expected)
    }

    @Test(arguments: ["2024-09-01", "1970-01-01", "1969-07-20T20:17:00Z", "9999-12-31"])
    func `write a deprecation that a parser of structured fields reads back`(text: String) throws {
        let instant = try #require(Instant(text))
        var parser = StructuredFieldValueParser(Array(HeaderValues.structuredDate(instant).utf8))
        guard case .date(let seconds) = try parser.parseItemFieldValue().rfc9651BareItem else {
            Issue.record("not a date")
            return
        }
        #expect(seconds == instant.secondsSince1970)
    }

    @Test func `keep a link from being ended early`() {
        #expect(HeaderValues.link("/a>; rel=x é", "sunset") == #"</a%3E;%20rel=x%20%C3%A9>; rel="sunset""#)
    }
}
