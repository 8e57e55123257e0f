// SPDX-License-Identifier: Apache-2.0

import Testing
import Weir

/// What the README shows of the library; the text between the marks stands there word for word.
@Suite struct LoadAndCall {
    /// A page of results.
    struct Page: Sendable {
        let status: Int
    }

    /// Stands in for the service's own client.
    struct Client: Sendable {
        func get(_ path: String) async throws -> Page { Page(status: path.isEmpty ? 400 : 200) }
    }

    @Test func `loads policies and makes a call through them`() async throws {
        let client = Client()

        // snippet: load and call
        // When the service starts. Files with an error are refused, and the error prints with their lines.
        // So is what this version does not enforce, unless it is named as enforced elsewhere: here by gateway and broker.
        let elsewhere = WeirConfiguration(
            enforcedElsewhere: ["api-lifecycle", "event-routing", "sagas", "audits", "chaos-profiles"])
        let weir = try await Weir.load(from: "policies", environment: "production", configuration: elsewhere)

        // Before serving. A name that no file declares is refused, with the nearest one that is.
        let searchFeeds: OperationHandle<Page> = try weir.operation("nvd.search-cves")

        // In each call: deadline, retries, limit, breaker, bulkhead and timeout as the files say at that moment.
        let page = try await searchFeeds.run {
            try await client.get("/rest/json/cves/2.0")
        }
        // end

        #expect(page.status == 200)
    }
}
