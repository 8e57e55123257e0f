// SPDX-License-Identifier: Apache-2.0

extension StatementRow.Capability {
    /// Sagas are run by the bus that a service attaches, where the service says how their calls are made.
    static let sagas = StatementRow.Capability.attached(id: "sagas")
    /// Audits are declared; no runtime keeps them yet.
    static let audits = StatementRow.Capability.declaredOnly(id: "audits")
    /// Chaos profiles are applied to deliveries by the bus that a service attaches and starts with the profile's name.
    static let chaosProfiles = StatementRow.Capability.attached(id: "chaos-profiles")
}

extension LanguageTable {
    /// Sagas, audits and chaos profiles.
    static let sagaRows: [StatementRow] = sagaHeadRows + sagaStepRows + auditRows + chaosProfileRows

    private static let sagaHeadRows: [StatementRow] = [
        StatementRow(
            .saga, in: [.file], "saga <name:name>", block: .required(.saga),
            yaml: YAMLForm(.named("sagas", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The saga's name in its package.")], capability: .sagas,
            "Declares steps that an event sets off, each undone when a later one fails.",
            example:
                "saga fulfilment {\n  start when order.placed\n  correlate by order-id\n"
                + "  step charge {\n    await order.paid\n  }\n}"),
        StatementRow(
            .startWhen, in: [.saga], "start when <start-when:path,...>",
            yaml: YAMLForm(.key("start-when"), .scalar(.startWhen)),
            slots: [.startWhen: SlotFacts("The events.")], capability: .sagas, "Names the events that set it off.",
            example: "start when order.placed"),
        StatementRow(
            .correlateBy, in: [.saga], "correlate by <correlate-by:name>",
            yaml: YAMLForm(.key("correlate-by"), .scalar(.correlateBy)),
            slots: [.correlateBy: SlotFacts("A field of all its events.")], capability: .sagas,
            "Names the field that tells which run an event belongs to.", example: "correlate by order-id"),
        StatementRow(
            .sagaStep, in: [.saga], "step <name:name>", block: .required(.sagaStep),
            yaml: YAMLForm(.list("steps"), .mapping), repeats: true,
            slots: [.name: SlotFacts("The step's name in its saga.")], capability: .sagas,
            "Declares a step; steps run in the order of the text.",
            example: "step charge {\n  await order.paid\n}"),
        StatementRow(
            .timeLimit, in: [.saga, .sagaStep], "within <within:duration>",
            yaml: YAMLForm(.key("within"), .scalar(.within)),
            slots: [
                .within: SlotFacts("After it, the run fails and is undone.", byDefault: "1d; of a step, as the saga")
            ],
            capability: .sagas, "Says how long a run or a step may take.", example: "within 2h"),
    ]

    private static let sagaStepRows: [StatementRow] = [
        StatementRow(
            .sagaCall, in: [.sagaStep], "call <operation:path> [using <using:path>]",
            yaml: YAMLForm(.key("call"), .scalarOrMapping(.operation)),
            slots: [
                .operation: SlotFacts("The operation."), .using: SlotFacts("The policy that the call runs through."),
            ],
            capability: .sagas, "Calls an operation.",
            example: "call payments.authorize using card-payments"),
        StatementRow(
            .sagaPublish, in: [.sagaStep], "publish <event:path> to <to:path>",
            yaml: YAMLForm(.key("publish"), .mapping),
            slots: [.event: SlotFacts("The event."), .to: SlotFacts("The exchange.")], capability: .sagas,
            "Publishes an event.", example: "publish order.cancelled to orders"),
        StatementRow(
            .await, in: [.sagaStep], "await <await:path,...>", yaml: YAMLForm(.key("await"), .scalar(.await)),
            slots: [.await: SlotFacts("The events.")], capability: .sagas,
            "Names the events of which one ends the step well.",
            example: "await order.paid"),
        StatementRow(
            .failWhen, in: [.sagaStep], "fail when <fail-when:path,...>",
            yaml: YAMLForm(.key("fail-when"), .scalar(.failWhen)),
            slots: [.failWhen: SlotFacts("The events.")], capability: .sagas,
            "Names the events of which one ends the step badly.", example: "fail when order.refused"),
        StatementRow(
            .compensate, in: [.sagaStep],
            "compensate by ( call <call:path> [using <using:path>] | publish <publish:path> to <to:path> )",
            yaml: YAMLForm(.key("compensate"), .mapping),
            slots: [
                .call: SlotFacts("The operation."), .using: SlotFacts("The policy that the call runs through."),
                .publish: SlotFacts("The event."), .to: SlotFacts("The exchange."),
            ], capability: .sagas, "Says what undoes the step when it was begun and it or a later one fails.",
            example: "compensate by call payments.refund"),
    ]

    private static let auditRows: [StatementRow] = [
        StatementRow(
            .audit, in: [.file], "audit <name:name>", block: .required(.audit),
            yaml: YAMLForm(.named("audits", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The audit's name in its package.")], capability: .audits,
            "Declares a record of everything that matches, to be read again.",
            example: "audit everything {\n  from orders matching \"#\"\n  keep 90d\n}"),
        StatementRow(
            .keep, in: [.audit], "keep <keep:duration>", yaml: YAMLForm(.key("keep"), .scalar(.keep)),
            slots: [.keep: SlotFacts("How long events are kept.", byDefault: "for ever")], capability: .audits,
            "Says how long events are kept.", example: "keep 90d"),
    ]

    private static let chaosProfileRows: [StatementRow] = [
        StatementRow(
            .chaosProfile, in: [.file], "chaos profile <name:name>", block: .required(.chaosProfile),
            yaml: YAMLForm(.named("chaos-profiles", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The name with which a service is started to apply it.")],
            capability: .chaosProfiles, "Declares faults that are put into deliveries on purpose.",
            example: "chaos profile rough {\n  duplicate 1%\n  for billing\n}"),
        StatementRow(
            .duplicateEvents, in: [.chaosProfile], "duplicate <duplicate:percent>",
            yaml: YAMLForm(.key("duplicate"), .scalar(.duplicate)),
            slots: [.duplicate: SlotFacts("The share of events.", byDefault: "0%")], capability: .chaosProfiles,
            "Delivers some events twice.", example: "duplicate 1%"),
        StatementRow(
            .delayEvents, in: [.chaosProfile], "delay <share:percent> by <by:duration>",
            yaml: YAMLForm(.key("delay"), .mapping),
            slots: [.share: SlotFacts("The share of events."), .by: SlotFacts("How late.")],
            capability: .chaosProfiles, "Delivers some events late.", example: "delay 5% by 200ms"),
        StatementRow(
            .dropAcks, in: [.chaosProfile], "drop acks <drop-acks:percent>",
            yaml: YAMLForm(.key("drop-acks"), .scalar(.dropAcks)),
            slots: [.dropAcks: SlotFacts("The share of acknowledgements.", byDefault: "0%")],
            capability: .chaosProfiles, "Loses some acknowledgements, so that events come again.",
            example: "drop acks 0.5%"),
        StatementRow(
            .profileFor, in: [.chaosProfile], "for <for:path,...>", yaml: YAMLForm(.key("for"), .scalar(.for)),
            slots: [.for: SlotFacts("The subscriptions.")], capability: .chaosProfiles,
            "Names the subscriptions it is for.", example: "for billing"),
    ]
}
