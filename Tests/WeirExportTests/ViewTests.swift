// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirCompiler
import WeirPolicy
import WeirSyntax

@testable import WeirExport

/// What the views of APIs and sagas show.
@Suite struct ViewTests {
    static let api = """
        service shop {
          operation buy {
            idempotent
          }
          operation find {
            idempotent
          }
          operation list {
            idempotent
          }
          operation find-page {
            idempotent
          }
        }

        api shop {
          served by shop
          base "/api"
          choose version by path "/{version}/"
          without version use v2
          version v1 {
            released 2024-01-01
            deprecated 2025-06-01
            sunset 2026-06-01
            successor v2
            POST "/buy" goes to shop.buy
            GET "/find" goes to shop.find
            GET "/all" goes to shop.list
          }
          version v2 {
            released 2025-01-01
            POST "/orders" goes to shop.buy
            GET "/find" goes to shop.find
            GET "/search" goes to shop.find
          }
          version v3 extends v2 {
            released 2026-01-01
            GET "/find" goes to shop.find-page
          }
        }
        """

    static func graph(_ text: String) throws -> PolicyGraph {
        let compilation = Compiler.compile([SyntaxTree.parse(SourceFile(path: "a.weir", form: .weir, text: text))])
        #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
        return try #require(compilation.graph())
    }

    @Test func `routes are kept, moved, new or gone`() throws {
        let versions = try Self.graph(Self.api).apis[0].versions
        let changes = RouteChanges(from: versions[0], to: versions[1])
        #expect(changes.moved.map { "\($0.path) \($1.path)" } == ["/buy /orders"])
        #expect(changes.removed.map(\.path) == ["/all"])
        #expect(changes.added.map(\.path) == ["/search"])
        #expect(changes.changed == [])
        #expect(RouteChanges(from: versions[1], to: versions[2]).changed.map(\.path) == ["/find"])
    }

    @Test func `a version shows its dates before its routes, and what the next one has not`() throws {
        let diagram = Diagram.api(try Self.graph(Self.api))
        let rows = diagram.nodes.filter { $0.cluster == "api:shop:v1" }.map { "\($0.label): \($0.detail)" }
        #expect(
            rows == [
                "released: 2024-01-01", "deprecated: 2025-06-01", "sunset: 2026-06-01", "GET /all: list · not in v2",
                "POST /buy: buy", "GET /find: find",
            ])
        let edges = diagram.edges.map { "\($0.source) \($0.relation.rawValue) \($0.target) \($0.label)" }
        #expect(edges.contains("api:shop:v1 succeeds api:shop:v2 successor"))
        #expect(edges.contains("api:shop:v1:POST /buy moves api:shop:v2:POST /orders moved"))
        #expect(edges.contains("api:shop serves api:shop:v2 where none is named"))
        #expect(edges.contains("api:shop:v3 extends api:shop:v2 extends"))
        #expect(edges.count == 5)
    }

    @Test(arguments: [
        ("2023-12-31", ["planned", "planned", "planned"]), ("2024-05-01", ["active", "planned", "planned"]),
        ("2025-06-01", ["deprecated", "active", "planned"]), ("2026-06-01", ["sunset", "active", "active"]),
    ]) func `a day has a state for each version`(day: String, states: [String]) throws {
        let moment: Instant = try #require(Instant(day))
        let diagram = Diagram.api(try Self.graph(Self.api), on: moment)
        #expect(diagram.clusters.map(\.detail) == states)
        #expect(diagram.title == "APIs on \(day)")
    }

    @Test func `a saga stands between its events and what it calls, and publishes on the left`() throws {
        let diagram = Diagram.events(
            try Self.graph(
                """
                event placed {
                  field id text
                }
                event paid {
                  field id text
                }
                event refused {
                  field id text
                }
                event cancelled {
                  field id text
                }
                exchange orders {
                  carries placed, paid, refused, cancelled
                }
                service payments {
                  operation charge {
                    idempotent
                  }
                  operation refund {
                    idempotent
                  }
                }
                policy calls {
                  deadline 2s
                }
                saga fulfilment {
                  start when placed
                  correlate by id
                  step charge {
                    call payments.charge using calls
                    await paid
                    fail when refused
                    compensate by call payments.refund
                    within 2h
                  }
                  step tell {
                    publish cancelled to orders
                  }
                }
                """))
        let edges = diagram.edges.map { "\($0.source) \($0.relation.rawValue) \($0.target) \($0.label)" }
        #expect(
            edges == [
                "exchange:orders routes saga:fulfilment placed",
                "exchange:orders routes saga:fulfilment:charge paid",
                "exchange:orders dead-letters saga:fulfilment:charge refused",
                "saga:fulfilment:charge handles handler:payments.charge calls",
                "saga:fulfilment:charge undoes handler:payments.refund undo",
                "saga-publisher:fulfilment:tell: publishes exchange:orders cancelled",
            ])
        #expect(diagram.nodes.first { $0.id == "saga:fulfilment:charge" }?.detail == "within 2h")
        for edge in diagram.edges {
            let ids = diagram.nodes.map(\.id) + diagram.clusters.map(\.id)
            #expect(ids.contains(edge.source) && ids.contains(edge.target), "\(edge)")
        }
    }
}
