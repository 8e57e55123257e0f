// SPDX-License-Identifier: Apache-2.0

import Logging
import Testing
import Weir
import WeirLifecycle
import WeirPolicy

/// What the guide to API lifecycles shows of calls to others; the text between the marks stands there word for word.
@Suite struct HearOfEnds {
    /// What a client answers, as this snippet needs it.
    private struct Answer {
        let headers: [(name: String, value: String)]
    }

    @Test func `keeps a list of what others retire`() throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let response = Answer(headers: [
            ("Deprecation", "@1772323200"), ("Sunset", "Mon, 01 Mar 2027 00:00:00 GMT"),
        ])

        // snippet: hear of ends
        let watch = DeprecationWatch(logger: logger)
        // `response.headers` of AsyncHTTPClient, or names and values from any other client.
        watch.note(response.headers, of: "GET partner.example/v1/orders")
        for entry in watch.entries {
            logger.info("\(entry.address) ends on \(entry.notice.sunset?.description ?? "an unknown day")")
        }
        // end

        #expect(watch.entries.map(\.notice.sunset) == [Instant("2027-03-01")])
    }
}
