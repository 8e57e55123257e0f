// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirCommand

/// `weir api`: a moment, the years, and who breaks.
@Suite struct ApiTests {
    private static let policy = """
        edition 1
        package shop

        service checkout {
          owner "team-checkout"
          operation place-order {
            POST "/orders"
          }
        }

        api orders {
          served by checkout
          choose version by path "/{version}/"
          without version use v2
          version v1 {
            released 2023-05-02
            deprecated 2026-03-01
            sunset 2027-03-01
            successor v2
            POST "/orders" goes to checkout.place-order
          }
          version v2 extends v1 {
            released 2025-09-15
          }
        }

        """

    private func run(_ arguments: String..., input: String = "") throws -> CommandRun {
        let workspace = try TemporaryWorkspace(["weir.yaml": "", "shop/api.weir": Self.policy])
        return try CommandRun(["api"] + arguments, in: workspace.url, input: input)
    }

    @Test func `shows the whole API as of a moment`() throws {
        let living = try run("at", "2026-06-01")
        #expect(living.status == 0 && living.output.contains("v1        deprecated  sunset on 2027-03-01, in 273 days"))
        #expect(try run("at", "2027-03-01").output.contains("v1        sunset\n"))
        let json = try run("at", "2027-03-01", "--format", "json")
        #expect(json.output.contains("\"supported_versions\": [\"v2\"]"))
    }

    @Test(arguments: ["text", "svg", "mermaid", "ics"]) func `draws the years, the same every time`(format: String)
        throws
    {
        let first = try run("timeline", "--format", format)
        #expect(first.status == 0 && first.output.count > 200, "\(first.errors)")
        #expect(try run("timeline", "--format", format).output == first.output)
    }

    @Test func `lists who breaks on the sunset date`() throws {
        let counts = """
            [{"api":"shop.orders","consumer":"acme","version":"v1","route":"POST /orders","day":"2026-05-30","served":7,"refused":0},
            {"api":"shop.orders","consumer":"old","version":"v1","route":"POST /orders","day":"2025-05-30","served":7,"refused":0}]
            """
        let text = try run("usage", "--counts", "-", "--today", "2026-06-01", input: counts)
        #expect(
            text.output == """
                shop.orders: who breaks, unless something happens; calls since 2026-03-03
                  SUNSET      DAYS  CONSUMER  VERSION  ROUTE         SERVED  REFUSED  LAST CALL
                  2027-03-01  273   acme      v1       POST /orders  7       0        2026-05-30

                """)
        let json = try run("usage", "--counts", "-", "--today", "2026-06-01", "--format", "json", input: counts)
        #expect(json.output.contains("\"days_left\": 273"))
        #expect(
            try run("usage", "--counts", "-", "--today", "2026-06-01", input: "").output.contains("nobody has called"))
    }

    @Test func `refuses what it cannot read`() throws {
        #expect(try run("at", "tomorrow").status == 2)
        #expect(
            try run("at", "2026-06-01", "--api", "other").errors.contains(
                "there is no API `other`; there are `shop.orders`"))
        #expect(try run("timeline", "--format", "pdf").status == 2)
        #expect(try run("usage", "--counts", "-", "--today", "2026-06-01", input: "[1]").status == 1)
        #expect(try run("usage", "--counts", "none.json", "--today", "2026-06-01").status == 3)
    }

    @Test func `lists what changed for clients`() throws {
        let workspace = try TemporaryWorkspace(["old/weir.yaml": "", "old/shop/api.weir": Self.policy])
        let changed = Self.policy.split(separator: "sunset 2027-03-01").joined(separator: "sunset 2027-06-01")
            .split(separator: "released 2025-09-15").joined(
                separator: "released 2025-09-15\n    POST \"/refunds\" goes to checkout.place-order")
        try FileManager.default.createDirectory(
            at: workspace.url.appendingPathComponent("new/shop"), withIntermediateDirectories: true)
        try Data().write(to: workspace.url.appendingPathComponent("new/weir.yaml"))
        try Data(changed.utf8).write(to: workspace.url.appendingPathComponent("new/shop/api.weir"))
        let run = try CommandRun(["api", "changelog", "--against", "old", "new"], in: workspace.url)
        #expect(
            run.output == """
                ## shop.orders

                - `v1`: sunset 2027-03-01 → 2027-06-01, later
                - `v2`: new `POST /refunds`

                """, "\(run.errors)")
        #expect(
            try CommandRun(["api", "changelog", "--against", "new", "new"], in: workspace.url).output
                == "Nothing changed for clients.\n")
        #expect(try CommandRun(["api", "changelog", "--against", "no-such", "new"], in: workspace.url).status == 2)
    }

    @Test func `compares with a revision of git`() throws {
        let workspace = try TemporaryWorkspace(["weir.yaml": "", "shop/api.weir": Self.policy])
        let git = Process()
        git.executableURL = URL(fileURLWithPath: "/bin/sh")
        git.arguments = [
            "-c", "git init -q . && git add . && git -c user.name=a -c user.email=a@b commit -qm one",
        ]
        git.currentDirectoryURL = workspace.url
        git.standardError = FileHandle.nullDevice
        try git.run()
        git.waitUntilExit()
        let file = workspace.url.appendingPathComponent("shop/api.weir")
        let text = Self.policy.split(separator: "sunset 2027-03-01").joined(separator: "sunset 2027-02-01")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let environment = ["NO_COLOR": "1", "PATH": "/usr/bin:/bin"]
        let run = try CommandRun(
            ["api", "changelog", "--against", "HEAD"], in: workspace.url, environment: environment)
        #expect(run.output.contains("- `v1`: sunset 2027-03-01 → 2027-02-01, **earlier**"), "\(run.errors)")
    }

    private static let openAPI = """
        openapi: 3.1.0
        info: { title: Order Desk, version: 1.4.2 }
        servers:
          - url: https://shop.example/v1/
        paths:
          /orders:
            # Takes an order.
            post:
              operationId: placeOrder
              responses: { "201": { description: ok } }
            get: { summary: "all, of them" }
          /orders/{number}:
            get:
              deprecated: false
              summary: One

        """

    @Test func `drafts a policy from OpenAPI that is sound`() throws {
        let workspace = try TemporaryWorkspace(["openapi.yaml": Self.openAPI])
        let made = try CommandRun(
            ["api", "import", "openapi.yaml", "--released", "2026-01-15", "-o", "desk.weir"], in: workspace.url)
        #expect(made.status == 0, "\(made.errors)")
        let text = try workspace.text("desk.weir")
        #expect(
            text.contains("service order-desk {") && text.contains("  operation place-order {\n    POST \"/orders\""))
        #expect(text.contains("    GET \"/orders/{number}\" goes to order-desk.get-orders-number"))
        let check = try CommandRun(["check", "desk.weir"], in: workspace.url)
        #expect(check.status == 0 && check.output.isEmpty, "\(check.output)")
        #expect(try CommandRun(["fmt", "--check", "desk.weir"], in: workspace.url).status == 0)
        #expect(try CommandRun(["api", "import", "desk.weir"], in: workspace.url).status == 1)
    }

    @Test func `stamps an OpenAPI description, and leaves all else as it is`() throws {
        let policy = Self.policy.split(separator: "    POST \"/orders\" goes to checkout.place-order").joined(
            separator: """
                    POST "/orders" goes to checkout.place-order
                    GET "/orders/{id}" goes to checkout.place-order
                """)
        let workspace = try TemporaryWorkspace([
            "weir.yaml": "", "shop/api.weir": policy, "openapi.yaml": Self.openAPI,
            "openapi.json": #"{"openapi":"3.0.0","paths":{"/v1/orders":{"post":{"summary":"a"}}}}"#,
        ])
        let stamp = ["--version", "v1", "--today", "2026-06-01"]
        let yaml = try CommandRun(["api", "stamp", "openapi.yaml"] + stamp, in: workspace.url)
        #expect(
            yaml.output
                == Self.openAPI.split(separator: "      operationId").joined(
                    separator: "      deprecated: true\n      x-sunset: \"2027-03-01\"\n      operationId"
                ).split(separator: "deprecated: false").joined(
                    separator: "x-sunset: \"2027-03-01\"\n      deprecated: true"), "\(yaml.output)")
        #expect(yaml.errors == "`GET /orders` is not among the routes of `v1`\n")
        let json = try CommandRun(["api", "stamp", "openapi.json"] + stamp, in: workspace.url)
        #expect(
            json.output
                == #"{"openapi":"3.0.0","paths":{"/v1/orders":{"post":{"deprecated": true, "x-sunset": "2027-03-01", "summary":"a"}}}}"#
        )
        #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    }
}
