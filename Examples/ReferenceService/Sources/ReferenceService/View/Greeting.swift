// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle

/// Says what there is to try, once everything listens.
struct Greeting: Service {
    let system: ReferenceSystem
    let settings: ReferenceSystem.Settings

    init(_ system: ReferenceSystem, _ settings: ReferenceSystem.Settings) {
        self.system = system
        self.settings = settings
    }

    func run() async throws {
        let (front, stock) = (try await system.front.address.base, try await system.stock.address.base)
        let (payments, warehouse) = (
            try await system.payments.address.base, try await system.warehouse.address.base
        )
        system.view.print(
            """

            A shop takes an order now and then. Each order asks the stock and charges a card, through Weir; a warehouse hears of it
            on the bus and packs it.

              Order yourself     curl -X POST \(front)/orders
              See how it stands  curl \(front)/status
              Break payments     curl -X PUT '\(payments)/behaviour?is=failing&status=503'
              Make them hang     curl -X PUT '\(payments)/behaviour?is=hanging'
              Make them slow     curl -X PUT '\(payments)/behaviour?is=slow&milliseconds=600'
              Break the stock    curl -X PUT '\(stock)/behaviour?is=flaky'
              Heal them          curl -X PUT '\(payments)/behaviour?is=healthy'
              Close the house    curl -X PUT '\(warehouse)/behaviour?is=failing&status=503'
              Open it again      curl -X PUT '\(warehouse)/behaviour?is=healthy'
              Publish an event   curl -X POST \(front)/events -H 'Content-Type: application/cloudevents+json' -d \\
                                   '{"specversion":"1.0","id":"1","source":"/me","type":"order.placed","data":{"order":1,"article":"cup"}}'
              Ask a version      curl -i \(front)/api/v2/orders/7
              What ends when     curl \(front)/api/v1/system/deprecations
              Move the date      curl -X PUT '\(front)/clock?is=2027-06-01T14:30:00Z'
              Change a policy    edit \(settings.policies)/shop/resilience.weir and save: it is in force at once
              Change a wait      edit \(settings.policies)/shop/events.weir and save: it holds for events from then on
              Break a policy     write `deadline 2` there: the last good policies stay in force

            Ctrl-C ends it.

            """)
        try await gracefulShutdown()
    }
}
