// SPDX-License-Identifier: Apache-2.0

extension RuleRow {
    private static let vary = "Accept, X-API-Version"

    /// Which fields, on which answers.
    static let fieldRules = [
        RuleRow(
            rule: "a deprecated version says so, and when it ends", path: "/api/v1/orders/7", status: 200,
            facts: [
                "deprecation": "1772323200", "sunset": "1803859200", "x-api-version": "v1", "vary": vary,
                "x-api-supported-versions": "v1, v2", "x-api-latest-version": "v2", "cache-control": "-",
            ],
            links: [
                "deprecation https://developers.shop.example/v1", "sunset https://developers.shop.example/v1",
                "successor-version /api/v2/orders/7", "latest-version /api/v2/orders/7",
            ]),
        RuleRow(
            rule: "an announced one says so of the future", moment: "2025-10-01", path: "/api/v1/orders/7", status: 200,
            facts: ["deprecation": "1772323200", "sunset": "1803859200"]),
        RuleRow(
            rule: "one without an end says nothing", moment: "2025-08-31T23:59:59Z", path: "/api/v1/orders/7",
            status: 200, facts: ["deprecation": "-", "sunset": "-"], links: []),
        RuleRow(
            rule: "the earliest date of route and version", path: "/api/v1/exports", status: 200,
            facts: ["deprecation": "1764547200", "sunset": "1788264000"],
            links: [
                "deprecation https://developers.shop.example/v1", "sunset https://developers.shop.example/v1",
                "successor-version /api/v2/reports",
            ]),
        RuleRow(
            rule: "a route ends before its version", moment: "2026-09-01T12:00:00Z", path: "/api/v1/exports",
            status: 410, facts: ["problem": "sunset", "problem.sunset": "2026-09-01T12:00:00Z"]),
        RuleRow(
            rule: "a refusal of a handler", path: "/api/v1/broken", status: 409,
            facts: ["deprecation": "1772323200", "vary": vary], isOfHandler: true),
        RuleRow(
            rule: "a handler that fails", path: "/api/v1/crash", status: 500,
            facts: ["deprecation": "1772323200", "vary": vary, "x-api-version": "v1"], isOfHandler: true),
        RuleRow(
            rule: "Vary where the path names the version, too", path: "/api/v2/orders/7", status: 200,
            facts: ["vary": vary]),
        RuleRow(rule: "Vary on a refusal", path: "/api/v9/orders/7", status: 404, facts: ["vary": vary]),
        RuleRow(rule: "Vary on a wrong path", path: "/api/v1/%2e%2e/x", status: 400, facts: ["vary": vary]),
        RuleRow(
            rule: "no Vary where the path alone decides", policy: .pathOnly, path: "/api/v1/orders/7", status: 200,
            facts: ["vary": "-", "x-api-version": "v1"]),
        RuleRow(
            rule: "no Vary where the path alone decides", policy: .pathOnly, path: "/api/v9/orders/7", status: 404,
            facts: ["vary": "-"]),
        RuleRow(
            rule: "a grace", moment: after, path: "/api/v1/orders/7", fields: ["X-Client-Id: acme"], status: 200,
            facts: ["cache-control": "private", "sunset": "1803859200"]),
        RuleRow(
            rule: "no grace", moment: after, path: "/api/v1/orders/7", fields: ["X-Client-Id: zeta"], status: 410,
            facts: ["cache-control": "private"]),
        RuleRow(
            rule: "a grace chooses by Accept", moment: after, path: "/api/orders/7",
            fields: ["X-Client-Id: acme", "Accept: \(v1), \(v2);q=0.1"], status: 200,
            facts: ["cache-control": "private", "x-api-version": "v1"]),
        RuleRow(
            rule: "what a grace would change is not shared", moment: after, path: "/api/orders/7",
            fields: ["Accept: \(v1), \(v2);q=0.1"], status: 200,
            facts: ["cache-control": "private", "x-api-version": "v2"]),
        RuleRow(
            rule: "a grace ends", moment: "2027-06-01", path: "/api/v1/orders/7", fields: ["X-Client-Id: acme"],
            status: 410, facts: ["cache-control": "-"]),
        RuleRow(
            rule: "a neutral path skips negotiation", path: "/api/health",
            fields: ["X-API-Version: x", "Accept: \(v9)"],
            status: 200, facts: ["x-api-version": "-", "vary": vary]),
        RuleRow(
            rule: "the list of deprecations survives", moment: "2029-06-01", path: "/api/v1/system/deprecations",
            status: 200, facts: ["sunset": "1803859200"]),
        RuleRow(
            rule: "HEAD", method: "HEAD", path: "/api/v1/orders/7", status: 200,
            facts: ["deprecation": "1772323200", "content-length": "10"]),
        RuleRow(
            rule: "another method", method: "DELETE", path: "/api/v1/orders/7", status: 405,
            facts: ["allow": "GET, HEAD, OPTIONS", "problem": "wrong-method"]),
        RuleRow(
            rule: "which versions there are", method: "OPTIONS", path: "/api", status: 204,
            facts: ["x-api-supported-versions": "v1, v2", "x-api-latest-version": "v2", "vary": vary]),
        RuleRow(
            rule: "which methods there are", method: "OPTIONS", path: "/api/v2/orders/7", status: 204,
            facts: ["allow": "GET, HEAD, OPTIONS"]),
        RuleRow(
            rule: "a path that leads up", path: "/api/v1/../v2/orders/7", status: 400,
            facts: ["problem": "malformed-path"]),
    ]
}
