// SPDX-License-Identifier: Apache-2.0

/// The policies that the rules are tried on.
enum RulePolicy: String, CaseIterable {
    /// Every place may name a version, and two that disagree are refused.
    case refusing
    /// The first place that names a version wins.
    case ranked
    /// Only the path names versions.
    case pathOnly = "path only"
    /// Requests that name none are refused.
    case unspecified
    case newest, oldest, pinned
    /// Every refusal has a status of the policy's own.
    case statuses = "own statuses"
    case days
    /// A day that is no version means the newest before it.
    case nearestDay = "nearest day"

    var text: String {
        switch self {
        case .refusing: numbers("without version use v2")
        case .ranked: numbers("without version use v2", "versions that disagree are ranked")
        case .pathOnly: numbers("without version use v2", readers: #"path "/{version}/""#)
        case .unspecified: numbers("without version use none")
        case .newest: numbers("without version use latest-stable")
        case .oldest: numbers("without version use oldest")
        case .pinned: numbers("without version use pinned", #"pin "acme" to v1"#)
        case .statuses:
            numbers(
                "without version use none", "unknown version replies 421", "malformed version replies 422",
                "ambiguous version replies 409", "unspecified version replies 428", "unacceptable version replies 418",
                "unknown body version replies 451", after: "after sunset replies 404")
        case .days: dates("")
        case .nearestDay: dates("choose nearest earlier version")
        }
    }

    private static let head = """
        edition 1
        package shop

        service checkout {
          owner "team-checkout"
          operation orders {
            GET "/orders/{id}"
          }
        }

        api orders {
          served by checkout
          base "/api"

        """

    private func numbers(
        _ lines: String...,
        readers: String =
            #"path "/{version}/", accept "application/vnd.shop.{version}+json", header "X-API-Version", query "v""#,
        after: String = ""
    ) -> String {
        Self.head + """
              choose version by \(readers)
              \(lines.joined(separator: "\n  "))
              neutral "/api/health"
              always available "/api/v1/system/deprecations"
              count usage by header "X-Client-Id"

              version v0 {
                released 2020-01-01
                deprecated 2022-01-01
                sunset 2023-06-01
                removed 2026-01-01
                GET "/orders/{id}" goes to checkout.orders
              }

              version v1 {
                released 2023-05-02
                announced 2025-09-01
                deprecated 2026-03-01
                sunset 2027-03-01
                successor v2
                guide "https://developers.shop.example/v1"
                brownout 2027-01-12T14:00:00Z for 1h
                brownout 2027-02-02T14:00:00Z for 12h replies 503
                grace for "acme" until 2027-06-01
                \(after)
                GET "/orders/{id}" goes to checkout.orders
                GET "/broken" goes to checkout.orders
                GET "/crash" goes to checkout.orders
                GET "/own" goes to checkout.orders
                GET "/exports" goes to checkout.orders {
                  deprecated 2025-12-01
                  sunset 2026-09-01T12:00:00Z
                  successor "/api/v2/reports"
                }
              }

              version v2 extends v1 {
                released 2025-09-15
                remove GET "/exports"
              }

              version v3 extends v2 {
                released 2026-05-01
                stability preview
              }

              version v4 extends v2 {
                released 2028-01-01
              }
            }

            """
    }

    private func dates(_ line: String) -> String {
        Self.head + """
              choose version by header "X-API-Version"
              without version use 2025-01-01
              \(line)

              version 2024-06-01 {
                released 2024-06-01
                GET "/orders/{id}" goes to checkout.orders
              }

              version 2025-01-01 extends 2024-06-01 {
                released 2025-01-01
              }

              version 2027-01-01 extends 2025-01-01 {
                released 2027-01-01
              }
            }

            """
    }
}
