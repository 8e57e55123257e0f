// SPDX-License-Identifier: Apache-2.0

extension LanguageTable {
    /// Subscriptions and how failed events are delivered again.
    static let subscriptionRows: [StatementRow] = routingRows + handlingRows + redeliveryRows

    private static let routingRows: [StatementRow] = [
        StatementRow(
            .subscription, in: [.file], "subscription <name:name>", block: .required(.subscription),
            yaml: YAMLForm(.named("subscriptions", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The subscription's name in its package.")], capability: .eventRouting,
            "Declares which events reach a queue, and which operations handle them.",
            example:
                "subscription billing {\n  from orders matching \"order.placed\"\n  through billing-orders\n"
                + "  deliver to billing.charge\n}"),
        StatementRow(
            .from, in: [.subscription, .audit], "from <exchange:path> [matching <matching:text,...>]",
            yaml: YAMLForm(.list("from"), .mapping), repeats: true,
            slots: [
                .exchange: SlotFacts("The exchange."),
                .matching: SlotFacts(
                    "Patterns of types: words between dots, `*` for one word, `#` for any number of words."),
            ], capability: .eventRouting, "Binds the queue to an exchange.",
            example: "from orders matching \"order.*\", \"refund.#\""),
        StatementRow(
            .where, in: [.subscription], "where <where:filter>", yaml: YAMLForm(.key("where"), .scalar(.where)),
            slots: [.where: SlotFacts("A condition on type, headers and fields.", byDefault: "all events")],
            capability: .eventRouting, "Takes only events of which a condition holds.",
            example: "where region in \"eu\", \"uk\" and channel is not \"test\""),
        StatementRow(
            .through, in: [.subscription], "through <through:path>",
            yaml: YAMLForm(.key("through"), .scalar(.through)), slots: [.through: SlotFacts("The queue.")],
            capability: .eventRouting, "Names the queue in which the events wait.",
            example: "through billing-orders"),
        StatementRow(
            .deliver, in: [.subscription], "deliver to <to:path> [when <when:filter>]",
            yaml: YAMLForm(.list("deliver"), .mapping), repeats: true,
            slots: [
                .to: SlotFacts("The operation."),
                .when: SlotFacts("The events it handles.", byDefault: "those that none before it takes"),
            ], capability: .eventRouting, "Hands events to an operation; the first whose condition holds.",
            example: "deliver to billing.review when total at least 5000"),
    ]

    private static let handlingRows: [StatementRow] = [
        StatementRow(
            .handlerPolicy, in: [.subscription], "using <using:path>", yaml: YAMLForm(.key("using"), .scalar(.using)),
            slots: [
                .using: SlotFacts("The policy: its bulkhead bounds how many run, its open breaker pauses deliveries.")
            ],
            capability: .eventRouting, "Names the policy that handlers run through.",
            example: "using billing-consumer"),
        StatementRow(
            .prefetch, in: [.subscription], "prefetch <prefetch:count>",
            yaml: YAMLForm(.key("prefetch"), .scalar(.prefetch)),
            slots: [
                .prefetch: SlotFacts(
                    "How many events are handed out and not yet done.", byDefault: "20", bounds: 1...65_535)
            ], capability: .eventRouting, "Bounds the events handed out at once.", example: "prefetch 40"),
        StatementRow(
            .once, in: [.subscription], "once per <per:name> within <within:duration>",
            yaml: YAMLForm(.key("once"), .mapping),
            slots: [
                .per: SlotFacts("The field that tells events apart; `event`: their source and id."),
                .within: SlotFacts("How long a handled event is remembered."),
            ], capability: .eventRouting, "Remembers handled events, so that a second copy does nothing.",
            example: "once per order-id within 24h"),
        StatementRow(
            .inOrder, in: [.subscription], "in order", yaml: YAMLForm(.key("in-order"), .flag(true)),
            capability: .eventRouting, "Handles all events one after the other, with one consumer.",
            example: "in order"),
        StatementRow(
            .inOrderBy, in: [.subscription], "in order by <field:name> [over <lanes:count> lanes/lane]",
            yaml: YAMLForm(.key("in-order-by"), .scalarOrMapping(.field)),
            slots: [
                .field: SlotFacts("The field."),
                .lanes: SlotFacts("How many values are handled side by side.", byDefault: "8", bounds: 1...256),
            ], capability: .eventRouting, "Handles events with the same value of a field one after the other.",
            example: "in order by order-id over 16 lanes"),
        StatementRow(
            .lock, in: [.subscription], "lock by <by:name> for <for:duration>", yaml: YAMLForm(.key("lock"), .mapping),
            slots: [
                .by: SlotFacts("The field whose value is locked."),
                .for: SlotFacts("How long the lease lasts; its token tells a late holder from the right one."),
            ], capability: .eventRouting, "Holds a lock while an event is handled.",
            example: "lock by order-id for 30s"),
        StatementRow(
            .stopAfterHops, in: [.subscription], "stop after <stop-after-hops:count> hops/hop",
            yaml: YAMLForm(.key("stop-after-hops"), .scalar(.stopAfterHops)),
            slots: [
                .stopAfterHops: SlotFacts(
                    "How many events in a row may cause each other.", byDefault: "no limit", bounds: 1...1000)
            ], capability: .eventRouting, "Parks events at the end of a chain that feeds itself.",
            example: "stop after 8 hops"),
    ]

    private static let redeliveryRows: [StatementRow] = [
        StatementRow(
            .redeliver, in: [.subscription], "redeliver up to <attempts:count> attempts/attempt",
            block: .optional(.redeliver), yaml: YAMLForm(.key("redeliver"), .mapping),
            slots: [.attempts: SlotFacts("How often an event is handled, the first time included.", bounds: 1...100)],
            capability: .eventRouting, "Handles failed events again, after waits in delay queues.",
            example: "redeliver up to 5 attempts {\n  wait in turn 5s, 30s, 10m\n}"),
        StatementRow(
            .atOnce, in: [.redeliver], "at once up to <at-once:count> times/time",
            yaml: YAMLForm(.key("at-once"), .scalar(.atOnce)),
            slots: [
                .atOnce: SlotFacts("How many attempts follow the first without a wait.", byDefault: "0", bounds: 0...10)
            ],
            capability: .eventRouting, "Tries again at once before it waits.", example: "at once up to 2 times"),
        StatementRow(
            .inPlace, in: [.redeliver], "wait in place", yaml: YAMLForm(.key("wait-in-place"), .flag(true)),
            capability: .eventRouting,
            "Waits with the event in hand, so that none overtakes it; bounded by what the broker allows.",
            example: "wait in place"),
        StatementRow(
            .park, in: [.redeliver], "park <park:outcome,...>", yaml: YAMLForm(.key("park"), .scalar(.park)),
            slots: [.park: SlotFacts("The failures that no further attempt would mend.")], capability: .eventRouting,
            "Dead-letters an event at once after such a failure.", example: "park error \"DecodingError\""),
    ]
}
