// SPDX-License-Identifier: Apache-2.0

extension StatementRow.Capability {
    /// Events are routed by the bus that a service attaches.
    static let eventRouting = StatementRow.Capability.attached(id: "event-routing")
}

extension LanguageTable {
    /// Types of events, exchanges and queues.
    static let eventRows: [StatementRow] = eventTypeRows + exchangeRows + queueRows

    private static let eventTypeRows: [StatementRow] = [
        StatementRow(
            .event, in: [.file], "event <name:path>", block: .required(.event),
            yaml: YAMLForm(.named("events", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The type that travels with each event; at most 255 bytes.")],
            capability: .eventRouting, "Declares a type of event.",
            example: "event order.placed {\n  field order-id text\n  key order-id\n}"),
        StatementRow(
            .eventField, in: [.event], "field <name:name> <type:=text/number/boolean/date/instant>",
            yaml: YAMLForm(.named("fields", by: .name), .scalar(.type)), repeats: true,
            slots: [.name: SlotFacts("The field's name."), .type: SlotFacts("What it holds.")],
            capability: .eventRouting, "Declares a field that filters, keys and locks may read.",
            example: "field order-id text"),
        StatementRow(
            .eventSchema, in: [.event], "schema <schema:text>", yaml: YAMLForm(.key("schema"), .scalar(.schema)),
            slots: [.schema: SlotFacts("The path of a JSON Schema below the workspace.")],
            capability: .declaredOnly(id: "event-schema"),
            "Checks events with a JSON Schema when they are published.",
            example: "schema \"schemas/order-placed.json\""),
        StatementRow(
            .eventKey, in: [.event], "key <key:name>", yaml: YAMLForm(.key("key"), .scalar(.key)),
            slots: [.key: SlotFacts("One of the fields.")], capability: .eventRouting,
            "Names the field that says what an event is about.", example: "key order-id"),
        StatementRow(
            .eventDeprecated, in: [.event], "deprecated <deprecated:date+instant>",
            yaml: YAMLForm(.key("deprecated"), .scalar(.deprecated)),
            slots: [.deprecated: SlotFacts("From when on nobody new should use it.")], capability: .eventRouting,
            "Says from when on the type should not be used.", example: "deprecated 2026-01-01"),
        StatementRow(
            .eventSunset, in: [.event], "sunset <sunset:date+instant>",
            yaml: YAMLForm(.key("sunset"), .scalar(.sunset)),
            slots: [.sunset: SlotFacts("From when on it is not published any more.")], capability: .eventRouting,
            "Says when the type ends.", example: "sunset 2026-12-01"),
        StatementRow(
            .eventSuccessor, in: [.event], "successor <successor:path>",
            yaml: YAMLForm(.key("successor"), .scalar(.successor)),
            slots: [.successor: SlotFacts("The type that takes its place.")], capability: .eventRouting,
            "Names the type that takes its place.", example: "successor order.accepted"),
        StatementRow(
            .eventReason, in: [.event], "reason <reason:text>", yaml: YAMLForm(.key("reason"), .scalar(.reason)),
            slots: [.reason: SlotFacts("One sentence.")], capability: .eventRouting, "Says why the type ends.",
            example: "reason \"split into accepted and paid\""),
    ]

    private static let exchangeRows: [StatementRow] = [
        StatementRow(
            .exchange, in: [.file], "exchange <name:name>", block: .required(.exchange),
            yaml: YAMLForm(.named("exchanges", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The exchange's name in its package.")], capability: .eventRouting,
            "Declares an exchange, to which events are published.",
            example: "exchange orders {\n  kind topic\n  carries order.placed\n}"),
        StatementRow(
            .exchangeKind, in: [.exchange], "kind <kind:=topic/direct/fanout/headers>",
            yaml: YAMLForm(.key("kind"), .scalar(.kind)),
            slots: [
                .kind: SlotFacts(
                    "By patterns of words, by equal types, to everyone, or to everyone whose filter holds.",
                    byDefault: "topic")
            ], capability: .eventRouting, "Says how the exchange routes.", example: "kind topic"),
        StatementRow(
            .carries, in: [.exchange], "carries <carries:path,...>",
            yaml: YAMLForm(.key("carries"), .scalar(.carries)),
            slots: [.carries: SlotFacts("The types of events.")], capability: .eventRouting,
            "Names the types of events that are published to the exchange.",
            example: "carries order.placed, order.cancelled"),
        StatementRow(
            .unroutedTo, in: [.exchange], "unrouted to <unrouted-to:path>",
            yaml: YAMLForm(.key("unrouted-to"), .scalar(.unroutedTo)),
            slots: [.unroutedTo: SlotFacts("The queue.")], capability: .eventRouting,
            "Keeps events that no queue is bound for.", example: "unrouted to unroutable"),
        StatementRow(
            .unroutedRefused, in: [.exchange], "unrouted refused",
            yaml: YAMLForm(.key("unrouted-refused"), .flag(true)), capability: .eventRouting,
            "Gives the publisher an error for events that no queue is bound for.", example: "unrouted refused"),
    ]

    private static let queueRows: [StatementRow] = [
        StatementRow(
            .queueDeclaration, in: [.file], "queue <name:name>", block: .required(.queue),
            yaml: YAMLForm(.named("queues", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The queue's name in its package.")], capability: .eventRouting,
            "Declares a queue, in which events wait.",
            example: "queue billing-orders {\n  hold up to 100000 messages\n}"),
        StatementRow(
            .queueKind, in: [.queue], "kind <kind:=quorum/classic/stream>",
            yaml: YAMLForm(.key("kind"), .scalar(.kind)),
            slots: [
                .kind: SlotFacts(
                    "On several machines, on one, or as a log that is read again.", byDefault: "quorum",
                    gap: SlotFacts.Gap(id: "stream-queues", except: ["quorum", "classic"]))
            ], capability: .eventRouting, "Says how the queue is kept.", example: "kind quorum"),
        StatementRow(
            .holdMessages, in: [.queue], "hold up to <hold-messages:count> messages/message",
            yaml: YAMLForm(.key("hold-messages"), .scalar(.holdMessages)),
            slots: [
                .holdMessages: SlotFacts(
                    "Beyond it publishers are refused.", byDefault: "no limit", bounds: 1...1_000_000_000)
            ], capability: .eventRouting, "Bounds how many messages wait.", example: "hold up to 100000 messages"),
        StatementRow(
            .holdBytes, in: [.queue, .audit], "hold up to <hold-bytes:size>",
            yaml: YAMLForm(.key("hold-bytes"), .scalar(.holdBytes)),
            slots: [
                .holdBytes: SlotFacts(
                    "Beyond it publishers are refused; an audit drops its oldest.", byDefault: "no limit")
            ],
            capability: .eventRouting, "Bounds how many bytes wait.", example: "hold up to 1GiB"),
        StatementRow(
            .expireAfter, in: [.queue], "expire after <expire-after:duration>",
            yaml: YAMLForm(.key("expire-after"), .scalar(.expireAfter)),
            slots: [.expireAfter: SlotFacts("How long a message waits at most.", byDefault: "for ever")],
            capability: .eventRouting,
            "Dead-letters messages that wait longer; in a queue of dead letters it says how long they are kept.",
            example: "expire after 6h"),
        StatementRow(
            .deliverTimes, in: [.queue], "deliver up to <deliver-times:count> times/time",
            yaml: YAMLForm(.key("deliver-times"), .scalar(.deliverTimes)),
            slots: [
                .deliverTimes: SlotFacts(
                    "How often the broker delivers a message.", byDefault: "20 in a quorum queue, else no limit",
                    bounds: 1...1_000_000)
            ], capability: .eventRouting, "Dead-letters messages that crash their consumers again and again.",
            example: "deliver up to 20 times"),
        StatementRow(
            .deadLetter, in: [.queue, .subscription], "dead letter to <dead-letter-to:path>",
            yaml: YAMLForm(.key("dead-letter-to"), .scalar(.deadLetterTo)),
            slots: [.deadLetterTo: SlotFacts("The queue.")], capability: .eventRouting,
            "Says where messages go that are given up.", example: "dead letter to billing-dead"),
    ]
}
