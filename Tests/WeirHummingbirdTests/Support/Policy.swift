// SPDX-License-Identifier: Apache-2.0

/// The policy of these tests.
enum Policy {
    /// - Parameters:
    ///   - sunset: when v1 is switched off.
    ///   - more: a line more among the routes of v2.
    ///   - promise: a line more of the API.
    static func text(sunset: String = "2027-03-01", more: String = "", promise: String = "") -> String {
        """
        edition 1
        package shop

        service checkout {
          owner "team-checkout"
          operation orders {
            GET "/orders/{id}"
          }
          operation orders-two {
            GET "/orders/{id}"
          }
        }

        api orders {
          served by checkout
          base "/api"
          \(promise)
          choose version by path "/{version}/", accept "application/vnd.shop.{version}+json", header "X-API-Version"
          without version use v2
          neutral "/api/health"
          always available "/api/v1/system/deprecations"
          count usage by header "X-Client-Id"

          version v1 {
            released 2023-05-02
            announced 2025-09-01
            deprecated 2026-03-01
            sunset \(sunset)
            successor v2
            guide "https://developers.shop.example/v1"
            reason "orders have several addresses now"
            brownout 2027-01-12T14:00:00Z for 1h
            grace for "acme" until 2027-06-01
            GET "/orders/{id}" goes to checkout.orders
            GET "/broken" goes to checkout.orders
            GET "/crash" goes to checkout.orders
            GET "/own" goes to checkout.orders
          }

          version v2 extends v1 {
            released 2025-09-15
            remove GET "/broken"
            remove GET "/crash"
            GET "/orders/{id}" goes to checkout.orders-two
            \(more)
          }
        }

        """
    }
}
