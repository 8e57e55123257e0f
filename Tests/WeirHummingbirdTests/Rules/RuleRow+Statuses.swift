// SPDX-License-Identifier: Apache-2.0

extension RuleRow {
    static let v1 = "application/vnd.shop.v1+json"
    static let v2 = "application/vnd.shop.v2+json"
    static let v9 = "application/vnd.shop.v9+json"
    /// The day after the sunset of v1.
    static let after = "2027-03-01"

    /// Which status, and which fields with it.
    static let statuses = [
        RuleRow(
            rule: "unknown in the path", path: "/api/v9/orders/7", status: 404,
            facts: ["problem": "unsupported-version", "problem.supported": "v1, v2", "x-api-latest-version": "v2"]),
        RuleRow(
            rule: "not released yet, in the path", path: "/api/v4/orders/7", status: 404,
            facts: ["problem": "unsupported-version"]),
        RuleRow(
            rule: "released that very second", moment: "2028-01-01", path: "/api/v4/orders/7", status: 200,
            facts: ["x-api-version": "v4", "x-api-latest-version": "v4", "x-api-supported-versions": "v2, v4"]),
        RuleRow(
            rule: "removed, in the path", path: "/api/v0/orders/7", status: 404,
            facts: ["problem": "unsupported-version", "sunset": "-", "deprecation": "-"]),
        RuleRow(
            rule: "gone, and not removed yet", moment: "2025-12-31T23:59:59Z", path: "/api/v0/orders/7", status: 410,
            facts: ["problem": "sunset"]),
        RuleRow(
            rule: "unknown in a header", path: "/api/orders/7", fields: ["X-API-Version: v9"], status: 400,
            facts: ["problem": "unsupported-version"]),
        RuleRow(
            rule: "unknown in the query", path: "/api/orders/7?v=9", status: 400,
            facts: ["problem": "unsupported-version"]),
        RuleRow(
            rule: "malformed in the path", path: "/api/v1x/orders/7", status: 400,
            facts: ["problem": "malformed-version"]),
        RuleRow(
            rule: "malformed in a header", path: "/api/orders/7", fields: ["X-API-Version: newest"], status: 400,
            facts: ["problem": "malformed-version"]),
        RuleRow(
            rule: "malformed in the query", path: "/api/orders/7?v=2024-02-30", status: 400,
            facts: ["problem": "malformed-version"]),
        RuleRow(
            rule: "a day that no calendar has", policy: .days, path: "/api/orders/7",
            fields: ["X-API-Version: 2024-02-30"], status: 400, facts: ["problem": "malformed-version"]),
        RuleRow(
            rule: "two readers disagree", path: "/api/v1/orders/7", fields: ["X-API-Version: v2"], status: 400,
            facts: ["problem": "ambiguous-version"]),
        RuleRow(
            rule: "one repeated header disagrees", path: "/api/orders/7",
            fields: ["X-API-Version: v1", "X-API-Version: v2"], status: 400, facts: ["problem": "ambiguous-version"]),
        RuleRow(
            rule: "one repeated header agrees", path: "/api/orders/7",
            fields: ["X-API-Version: v1", "X-API-Version: 1.0"], status: 200, facts: ["x-api-version": "v1"]),
        RuleRow(
            rule: "two readers disagree, ranked", policy: .ranked, path: "/api/v1/orders/7",
            fields: ["Accept: \(v2)", "X-API-Version: v9"], status: 200, facts: ["x-api-version": "v1"]),
        RuleRow(
            rule: "the media type is ranked before the header", policy: .ranked, path: "/api/orders/7",
            fields: ["Accept: \(v1)", "X-API-Version: v2"], status: 200, facts: ["x-api-version": "v1"]),
        RuleRow(
            rule: "nothing given and no default", policy: .unspecified, path: "/api/orders/7", status: 400,
            facts: ["problem": "unspecified-version"]),
        RuleRow(
            rule: "no acceptable version", path: "/api/orders/7", fields: ["Accept: \(v9)"], status: 406,
            facts: ["problem": "not-acceptable"]),
        RuleRow(
            rule: "the only acceptable one is gone", moment: after, path: "/api/orders/7", fields: ["Accept: \(v1)"],
            status: 410, facts: ["problem": "sunset"]),
        RuleRow(
            rule: "unknown in Content-Type", path: "/api/v2/orders/7", fields: ["Content-Type: \(v9)"], status: 415,
            facts: ["problem": "unsupported-media-type"]),
        RuleRow(
            rule: "the second before the sunset", moment: "2027-02-28T23:59:59Z", path: "/api/v1/orders/7", status: 200,
            facts: ["sunset": "1803859200"]),
        RuleRow(
            rule: "after sunset", moment: after, path: "/api/v1/orders/7?x=1", status: 410,
            facts: [
                "problem": "sunset", "deprecation": "1772323200", "sunset": "1803859200", "problem.version": "v1",
                "problem.supported": "v2", "problem.sunset": "2027-03-01", "problem.successor": "v2",
                "problem.docs": "https://developers.shop.example/v1", "problem.instance": "/api/v1/orders/7",
            ],
            links: [
                "deprecation https://developers.shop.example/v1", "sunset https://developers.shop.example/v1",
                "successor-version /api/v2/orders/7", "latest-version /api/v2/orders/7",
            ]),
        RuleRow(
            rule: "a brownout", moment: "2027-01-12T14:59:59Z", path: "/api/v1/orders/7", status: 410,
            facts: ["retry-after": "1", "cache-control": "no-store", "problem": "brownout", "sunset": "1803859200"]),
        RuleRow(
            rule: "a brownout that begins", moment: "2027-01-12T14:00:00Z", path: "/api/v1/orders/7", status: 410,
            facts: ["retry-after": "3600", "cache-control": "no-store"]),
        RuleRow(
            rule: "a brownout is over", moment: "2027-01-12T15:00:00Z", path: "/api/v1/orders/7", status: 200,
            facts: ["retry-after": "-", "cache-control": "-"]),
        RuleRow(
            rule: "a brownout with a status of its own", moment: "2027-02-02T14:00:00Z", path: "/api/v1/orders/7",
            status: 503, facts: ["retry-after": "43200", "cache-control": "no-store", "problem": "brownout"]),
    ]

    /// The same refusals with statuses that the policy chooses.
    static let ownStatuses = [
        RuleRow(rule: "own: unknown", policy: .statuses, path: "/api/v9/orders/7", status: 421),
        RuleRow(
            rule: "own: unknown", policy: .statuses, path: "/api/orders/7", fields: ["X-API-Version: 9"], status: 421),
        RuleRow(rule: "own: malformed", policy: .statuses, path: "/api/v1x/orders/7", status: 422),
        RuleRow(
            rule: "own: ambiguous", policy: .statuses, path: "/api/v1/orders/7", fields: ["X-API-Version: 2"],
            status: 409, facts: ["problem": "ambiguous-version"]),
        RuleRow(rule: "own: unspecified", policy: .statuses, path: "/api/orders/7", status: 428),
        RuleRow(
            rule: "own: unacceptable", policy: .statuses, path: "/api/orders/7", fields: ["Accept: \(v9)"], status: 418),
        RuleRow(
            rule: "own: unknown body", policy: .statuses, path: "/api/v2/orders/7", fields: ["Content-Type: \(v9)"],
            status: 451),
        RuleRow(
            rule: "own: after sunset", policy: .statuses, moment: after, path: "/api/v1/orders/7", status: 404,
            facts: ["problem": "sunset", "sunset": "1803859200"]),
    ]
}
