// SPDX-License-Identifier: Apache-2.0

extension LanguageTable {
    /// What holds for all events, and how they are published.
    static let busRows: [StatementRow] = [
        StatementRow(
            .bus, in: [.file], "bus <name:name>", block: .required(.bus),
            yaml: YAMLForm(.named("buses", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The bus's name; a workspace has one bus.")], capability: .eventRouting,
            "Says what holds for all events of the workspace.",
            example: "bus platform {\n  target rabbitmq \"3.10\"\n}"),
        StatementRow(
            .eventSource, in: [.bus], "source <source:text>", yaml: YAMLForm(.key("source"), .scalar(.source)),
            slots: [.source: SlotFacts("A path such as `/shop`.", byDefault: "the service's own")],
            capability: .eventRouting, "Names the source that events state.", example: "source \"/shop\""),
        StatementRow(
            .envelope, in: [.bus], "envelope <envelope:=binary/structured/legacy>",
            yaml: YAMLForm(.key("envelope"), .scalar(.envelope)),
            slots: [
                .envelope: SlotFacts(
                    "CloudEvents with attributes as headers, CloudEvents as one document, or the fields of older buses.",
                    byDefault: "binary")
            ], capability: .eventRouting, "Says how events are wrapped.", example: "envelope binary"),
        StatementRow(
            .target, in: [.bus], "target ( <target:=memory> | rabbitmq <rabbitmq:text> )",
            yaml: YAMLForm(.key("target"), .scalarOrMapping(.target)),
            slots: [
                .target: SlotFacts("The memory of the process.", byDefault: "memory"),
                .rabbitmq: SlotFacts("The oldest RabbitMQ that it must run on, such as `3.10`."),
            ], capability: .eventRouting, "Says what events travel over.", example: "target rabbitmq \"3.10\""),
        StatementRow(
            .delays, in: [.bus], "delays <delays:duration,...>", yaml: YAMLForm(.key("delays"), .scalar(.delays)),
            slots: [
                .delays: SlotFacts(
                    "A queue each; a redelivery waits in the one nearest to its wait.",
                    byDefault: "1s, 5s, 30s, 2m, 10m, 1h")
            ], capability: .eventRouting, "Names the waits that have a delay queue.",
            example: "delays 1s, 5s, 30s, 2m, 10m, 1h"),
        StatementRow(
            .acknowledgeWithin, in: [.bus], "acknowledge within <acknowledge-within:duration>",
            yaml: YAMLForm(.key("acknowledge-within"), .scalar(.acknowledgeWithin)),
            slots: [.acknowledgeWithin: SlotFacts("What the broker allows.", byDefault: "30m")],
            capability: .eventRouting, "Says how long a consumer may hold an event.",
            example: "acknowledge within 30m"),
        StatementRow(
            .publish, in: [.bus, .exchange], "publish", block: .required(.publish),
            yaml: YAMLForm(.key("publish"), .mapping), capability: .eventRouting,
            "Says how events are published; of an exchange, where that differs from the bus.",
            example: "publish {\n  window 256 messages\n}"),
        StatementRow(
            .windowMessages, in: [.publish], "window <window-messages:count> messages/message",
            yaml: YAMLForm(.key("window-messages"), .scalar(.windowMessages)),
            slots: [
                .windowMessages: SlotFacts(
                    "How many may be unconfirmed; then publishers wait.", byDefault: "256", bounds: 1...100_000)
            ], capability: .eventRouting, "Bounds the messages in flight.", example: "window 256 messages"),
        StatementRow(
            .windowBytes, in: [.publish], "window <window-bytes:size>",
            yaml: YAMLForm(.key("window-bytes"), .scalar(.windowBytes)),
            slots: [.windowBytes: SlotFacts("How many may be unconfirmed, 1KiB to 1GiB.", byDefault: "4MiB")],
            capability: .eventRouting, "Bounds the bytes in flight.", example: "window 4MiB"),
        StatementRow(
            .publishTimeout, in: [.publish], "timeout <timeout:duration>",
            yaml: YAMLForm(.key("timeout"), .scalar(.timeout)),
            slots: [.timeout: SlotFacts("For room in the window and for the confirmation.", byDefault: "5s")],
            capability: .eventRouting, "Says how long a publisher waits.", example: "timeout 5s"),
        StatementRow(
            .outbox, in: [.publish], "outbox", yaml: YAMLForm(.key("outbox"), .flag(true)),
            capability: .eventRouting, "Stores events with the business change, and relays them afterwards.",
            example: "outbox"),
    ]
}
