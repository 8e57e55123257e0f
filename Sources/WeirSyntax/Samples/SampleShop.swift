// SPDX-License-Identifier: Apache-2.0

/// What samples refer to: the declarations of a small shop, each found by the name that a sample mentions.
enum SampleShop {
    /// The declarations behind a name; a path such as `billing.charge` mentions `billing.` as well.
    static func declarations(of name: String, for form: Form) -> [String] {
        if form == .whenRequest, name == "orders" { return [api] }
        if let test = LanguageTable.row(form)?.places.contains(.test), test || form == .test, name == "checkout." {
            return [callingCheckout]
        }
        return byName[name] ?? []
    }

    private static let callingCheckout = """
        service checkout {
          operation place-order {
            calls payments.authorize using card-payments
          }
        }
        """

    private static let checkout = """
        service checkout {
          operation place-order {
            POST "/orders"
            idempotent by header "Idempotency-Key"
          }
          operation get-order {
            GET "/orders/{id}"
          }
          operation search-orders {
            POST "/orders/search"
            idempotent
          }
        }
        """

    private static let api = """
        api orders {
          served by checkout
          choose version by path "/{version}/"
          version v1 {
            released 2025-09-15
            POST "/orders" goes to checkout.place-order
          }
        }
        """

    private static let cardPayments = """
        policy card-payments {
          deadline 2s
          breaker card-gateway
          timeout 500ms
        }
        """

    private static let byName: [String: [String]] = [
        "checkout": [checkout], "checkout.": [checkout],
        "payments.": [
            """
            external service payments {
              operation authorize {
                idempotent by header "Idempotency-Key"
              }
              operation refund {
                idempotent by header "Idempotency-Key"
              }
            }
            """
        ],
        "card-payments": [cardPayments],
        "shop.platform": ["policy quick-read extends platform.outbound {\n  deadline 500ms\n}"],
        "card-gateway": ["shared breaker card-gateway {\n  trip at 50% failing\n}"],
        "card-budget": ["let card-budget = 2s", "policy card-payments {\n  deadline $card-budget\n}"],
        "outbound": [
            """
            policy outbound {
              deadline 2s
              retry up to 3 attempts
              breaker
              timeout 500ms
            }
            """
        ],
        "staging": ["environment staging {\n  operation checkout.place-order {\n    load 5/s\n  }\n}"],
    ].merging(events) { first, _ in first }

    private static let events: [String: [String]] = [
        "orders": ["exchange orders {\n  carries order.placed, order.cancelled\n}"],
        "order.placed": [
            """
            event order.placed {
              field order-id text
              field region text
              field channel text
              field total number
            }
            """
        ],
        "order.cancelled": [event("cancelled")], "order.accepted": [event("accepted")], "order.paid": [event("paid")],
        "order.refused": [event("refused")],
        "billing-orders": ["queue billing-orders {\n  hold up to 100000 messages\n}"],
        "billing-dead": ["queue billing-dead {\n  expire after 30d\n}"],
        "unroutable": ["queue unroutable {\n  hold up to 10000 messages\n}"],
        "billing-consumer": ["policy billing-consumer {\n  deadline 10s\n  bulkhead 20 calls\n}"],
        "billing.": [
            """
            service billing {
              operation charge {
                idempotent by field order-id
              }
              operation review {
                idempotent by field order-id
              }
            }
            """
        ],
        "billing": [
            """
            subscription billing {
              from orders matching "order.*"
              through billing-orders
              deliver to billing.charge
            }
            """
        ],
    ]

    private static func event(_ name: String) -> String { "event order.\(name) {\n  field order-id text\n}" }
}
