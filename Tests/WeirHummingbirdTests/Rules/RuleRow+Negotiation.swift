// SPDX-License-Identifier: Apache-2.0

extension RuleRow {
    private static func accept(
        _ rule: String, _ value: String, _ version: String, on moment: String = "2026-06-01",
        _ facts: [String: String] = [:]
    ) -> RuleRow {
        RuleRow(
            rule: rule, moment: moment, path: "/api/orders/7", fields: ["Accept: \(value)"], status: 200,
            facts: facts.merging(["x-api-version": version]) { own, _ in own })
    }

    private static func path(_ rule: String, _ path: String, _ status: Int, _ facts: [String: String]) -> RuleRow {
        RuleRow(rule: rule, path: path, status: status, facts: facts)
    }

    private static func day(
        _ policy: RulePolicy, _ asked: String, _ status: Int, _ got: String = "-", on moment: String = "2026-06-01"
    ) -> RuleRow {
        RuleRow(
            rule: "a day, \(policy.rawValue)", policy: policy, moment: moment, path: "/api/orders/7",
            fields: ["X-API-Version: \(asked)"], status: status, facts: ["x-api-version": got, "vary": "X-API-Version"])
    }

    /// Which version.
    static let negotiation = [
        path("v1", "/api/v1/orders/7", 200, ["x-api-version": "v1"]),
        path("1 is v1", "/api/1/orders/7", 200, ["x-api-version": "v1"]),
        path("1.0 is v1", "/api/1.0/orders/7", 200, ["x-api-version": "v1"]),
        path("V1.0 is v1", "/api/V1.0/orders/7", 200, ["x-api-version": "v1"]),
        path("v10 is not v1", "/api/v10/orders/7", 404, ["problem": "unsupported-version", "x-api-version": "-"]),
        path("v1 without a slash is v1", "/api/v1", 404, ["problem": "unknown-route", "x-api-version": "v1"]),
        path("a query names a version", "/api/orders/7?a=b&v=v1", 200, ["x-api-version": "v1"]),
        path("the default", "/api/orders/7", 200, ["x-api-version": "v2"]),
        path("a preview that is asked for", "/api/v3/orders/7", 200, ["x-api-version": "v3"]),
        accept("the media type", v1, "v1"),
        accept("the highest weight", "\(v2);q=0.5, \(v1);q=0.9", "v1"),
        accept("the highest weight that lives", "\(v1), \(v2);q=0.1", "v2", on: "2027-07-01"),
        accept("zero excludes", "\(v2);q=0, \(v1);q=0.1", "v1"),
        accept("of equals not a deprecated one", "\(v1), \(v2)", "v2"),
        accept("of equals the newest", "\(v1), \(v2)", "v2", on: "2025-12-01"),
        accept("a wildcard means the default", "*/*", "v2"),
        accept("a wildcard means the default", "text/html, application/*;q=0.8", "v2"),
        accept("a wildcard beside an unknown version", "\(v9), */*;q=0.1", "v2"),
        RuleRow(
            rule: "Accept names others than the path", path: "/api/v1/orders/7", fields: ["Accept: \(v2)"], status: 400,
            facts: ["problem": "ambiguous-version"]),
        RuleRow(
            rule: "Accept names the path's", path: "/api/v1/orders/7", fields: ["Accept: \(v2), \(v1);q=0.1"],
            status: 200, facts: ["x-api-version": "v1"]),
        RuleRow(
            rule: "Accept has a wildcard", path: "/api/v1/orders/7", fields: ["Accept: \(v2), */*;q=0.1"], status: 200,
            facts: ["x-api-version": "v1"]),
        RuleRow(
            rule: "Accept names no version", path: "/api/v1/orders/7", fields: ["Accept: text/html"], status: 200,
            facts: ["x-api-version": "v1"]),
        RuleRow(
            rule: "the newest", policy: .newest, path: "/api/orders/7", status: 200, facts: ["x-api-version": "v2"]),
        RuleRow(
            rule: "the oldest", policy: .oldest, path: "/api/orders/7", status: 200, facts: ["x-api-version": "v1"]),
        RuleRow(
            rule: "a pin", policy: .pinned, path: "/api/orders/7", fields: ["X-Client-Id: acme"], status: 200,
            facts: ["x-api-version": "v1", "cache-control": "private"]),
        RuleRow(
            rule: "no pin", policy: .pinned, path: "/api/orders/7", fields: ["X-Client-Id: zeta"], status: 200,
            facts: ["x-api-version": "v2", "cache-control": "private"]),
        RuleRow(
            rule: "a version beats a pin", policy: .pinned, path: "/api/v2/orders/7", fields: ["X-Client-Id: acme"],
            status: 200, facts: ["x-api-version": "v2", "cache-control": "-"]),
        day(.days, "2025-01-01", 200, "2025-01-01"), day(.days, "2025-01-02", 400),
        day(.nearestDay, "2025-01-02", 200, "2025-01-01"), day(.nearestDay, "2024-12-31", 200, "2024-06-01"),
        day(.nearestDay, "2024-05-31", 400), day(.nearestDay, "2027-01-01", 200, "2025-01-01"),
        day(.nearestDay, "2027-01-01", 200, "2027-01-01", on: "2027-01-01"),
        day(.nearestDay, "9999-12-31", 200, "2025-01-01"),
    ]
}
