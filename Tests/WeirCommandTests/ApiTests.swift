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
}
