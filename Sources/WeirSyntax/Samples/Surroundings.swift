// SPDX-License-Identifier: Apache-2.0

/// What stands around a statement in a sample: the block it is in, and the statements that the block means nothing without.
struct Surroundings {
    /// A statement beside the sample's own.
    typealias Companion = (form: Form, text: String)

    /// The statement that opens the block.
    let opener: Form
    /// Its head.
    let head: String
    /// The block that it stands in.
    let parent: BlockKind
    /// What the block means nothing without.
    let companions: [Companion]

    init(_ opener: Form, _ head: String, in parent: BlockKind = .file, with companions: [Companion] = []) {
        self.opener = opener
        self.head = head
        self.parent = parent
        self.companions = companions
    }

    /// The surroundings of what stands in a block; nil for a file.
    static func of(_ kind: BlockKind) -> Surroundings? {
        switch kind {
        case .file: nil
        case .defaults: Surroundings(.defaults, "defaults")
        case .policy: Surroundings(.policy, "policy card-payments")
        case .inserted: Surroundings(.before, "before retry", in: .policy)
        case .deadline: Surroundings(.deadline, "deadline 2s", in: .policy)
        case .timeout: Surroundings(.timeout, "timeout 500ms", in: .policy)
        case .limit: Surroundings(.limit, "limit 200/s", in: .policy)
        case .bulkhead: Surroundings(.bulkhead, "bulkhead 60 calls", in: .policy)
        case .retry: Surroundings(.retry, "retry up to 3 attempts", in: .policy)
        case .breaker: Surroundings(.breaker, "breaker", in: .policy)
        case .fallback: Surroundings(.fallback, "fallback to cached", in: .policy)
        case .cache: Surroundings(.cache, "cache for 2s", in: .policy)
        case .coalesce: Surroundings(.coalesce, "coalesce", in: .policy)
        case .throttle: Surroundings(.throttle, "throttle below 95% succeeding", in: .policy)
        case .hedge: Surroundings(.hedge, "hedge after 90ms up to 2 calls", in: .policy)
        case .chaosStep: Surroundings(.chaosStep, "chaos", in: .policy)
        case .service: Surroundings(.service, "service checkout")
        case .operation: Surroundings(.operation, "operation place-order", in: .service)
        case .environment: Surroundings(.environment, "environment staging")
        case .test:
            Surroundings(
                .test, "test \"what must hold\"",
                with: [
                    calls, (.then, "then checkout.place-order receives exactly 40 calls"),
                ])
        default: ofEvents(kind) ?? ofAPIs(kind)
        }
    }

    private static func ofEvents(_ kind: BlockKind) -> Surroundings? {
        switch kind {
        case .event: Surroundings(.event, "event order.placed")
        case .exchange: Surroundings(.exchange, "exchange orders")
        case .queue: Surroundings(.queueDeclaration, "queue billing-orders")
        case .subscription:
            Surroundings(
                .subscription, "subscription billing",
                with: [
                    (.from, "from orders matching \"order.*\""), (.through, "through billing-orders"),
                    (.deliver, "deliver to billing.charge"),
                ])
        case .redeliver: Surroundings(.redeliver, "redeliver up to 5 attempts", in: .subscription)
        case .bus: Surroundings(.bus, "bus shop")
        case .publish: Surroundings(.publish, "publish", in: .bus)
        case .saga:
            Surroundings(
                .saga, "saga fulfilment",
                with: [
                    (.startWhen, "start when order.placed"), (.correlateBy, "correlate by order-id"),
                    (.sagaStep, "step charge {\n  await order.paid\n}"),
                ])
        case .sagaStep: Surroundings(.sagaStep, "step charge", in: .saga)
        case .audit: Surroundings(.audit, "audit everything", with: [(.from, "from orders matching \"#\"")])
        case .chaosProfile: Surroundings(.chaosProfile, "chaos profile rough", with: [(.profileFor, "for billing")])
        default: nil
        }
    }

    private static func ofAPIs(_ kind: BlockKind) -> Surroundings? {
        switch kind {
        case .api: Surroundings(.api, "api orders")
        case .version: Surroundings(.version, "version v1", in: .api)
        case .apiRoute: Surroundings(.apiRoute, "GET \"/orders/{id}\" goes to checkout.get-order", in: .version)
        default: nil
        }
    }

    private static let calls: Companion = (.whenCalls, "when 40 calls to checkout.place-order every 50ms")
    private static let nextVersion: Companion = (.version, "version v2 {\n  released 2026-03-01\n}")

    /// What stands beside a statement of this form in the block, for the sample of a form.
    func companions(of form: Form, for sample: Form, in kind: BlockKind) -> [Companion] {
        switch (sample, kind) {
        case (.sample, .bulkhead): [(.adapt, "adapt between 4 and 100 calls")]
        case (.divide, .bulkhead): [(.part, "give \"premium\" 60%"), (.part, "give \"standard\" 40%")]
        case (.part, .bulkhead): [(.divide, "divide by header \"X-Plan\"")]
        case (.chaosEnd, .chaosStep): [(.fail, "fail 5% with status 503")]
        case (.eventKey, .event): [(.eventField, "field order-id text")]
        case (.sunset, .version): [(.deprecated, "deprecated 2026-03-01")]
        case (.removed, .version): [(.deprecated, "deprecated 2026-03-01"), (.sunset, "sunset 2027-03-01")]
        case (.successor, .api), (.withoutVersion, .api): [Self.nextVersion]
        case (.pin, .api): [(.version, "version v1 {\n  released 2025-09-15\n}")]
        case (.removeRoute, .api):
            [(.version, "version v1 {\n  POST \"/orders/search\" goes to checkout.search-orders\n}")]
        case (.whenRequest, .test): [(.then, "then version is v1")]
        case (.whenEvent, .test): [(.then, "then delivered to billing")]
        case (.then, .test): [Self.calls, (.given, "given payments.authorize replies status 503")]
        default: companions.filter { $0.form != form }
        }
    }

    /// The head where the statement asks for another than its block has.
    static func head(of form: Form, in kind: BlockKind) -> String? {
        switch (form, kind) {
        case (.remove, .policy), (.before, .policy), (.after, .policy): "policy quick-read extends outbound"
        case (.removeRoute, .version): "version v2 extends v1"
        default: nil
        }
    }
}
