// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension LanguageTable {
    static let formerName = SlotFacts("The name it had before, so that what lives under that goes on.")

    /// Services, operations and the facts declared on them.
    static let serviceRows: [StatementRow] = [
        StatementRow(
            .service, in: [.file], "[<external:!external>] service <name:name> [was <was:path>]",
            block: .required(.service),
            yaml: YAMLForm(.named("services", by: .name), .mapping), repeats: true,
            slots: [
                .external: SlotFacts("Whether somebody else runs it."),
                .name: SlotFacts("The service's name in its package."), .was: formerName,
            ],
            "Declares a service and its operations.", example: "service checkout {\n  owner \"team-checkout\"\n}"),
        StatementRow(
            .owner, in: [.service], "owner <owner:text>", yaml: YAMLForm(.key("owner"), .scalar(.owner)),
            slots: [.owner: SlotFacts("The team to page.")], "Says who answers for the service.",
            example: "owner \"team-checkout\""),
        StatementRow(
            .tier, in: [.service], "tier <tier:name>", yaml: YAMLForm(.key("tier"), .scalar(.tier)),
            slots: [.tier: SlotFacts("A word of the team's choice; `critical` is the highest.")],
            "Says how much hangs on the service.", example: "tier critical"),
        StatementRow(
            .operation, in: [.service], "operation <name:name> [was <was:path>]", block: .required(.operation),
            yaml: YAMLForm(.named("operations", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The operation's name in its service."), .was: formerName],
            "Declares an operation of the service.", example: "operation get-order {\n  GET \"/orders/{id}\"\n}"),
        StatementRow(
            .route, in: [.operation], "<method:method> <route:text>", yaml: YAMLForm(.key("http"), .phrase),
            slots: [
                .method: SlotFacts("GET, HEAD, POST, PUT, PATCH or DELETE."),
                .route: SlotFacts("The path, with parameters in braces."),
            ],
            "Gives the operation's HTTP method and path.", example: "POST \"/orders\""),
        StatementRow(
            .idempotent, in: [.operation], "idempotent [by <by:key>]",
            yaml: YAMLForm(.key("idempotent"), .flagOrMapping),
            slots: [.by: SlotFacts("The key by which the callee knows a repeated call.")],
            "Says that a repeated call does no harm.", example: "idempotent by header \"Idempotency-Key\""),
        StatementRow(
            .notIdempotent, in: [.operation], "not idempotent", yaml: YAMLForm(.key("idempotent"), .flag(false)),
            "Says that a repeated call does harm.", example: "not idempotent"),
        StatementRow(
            .load, in: [.operation], "load <load:rate>", yaml: YAMLForm(.key("load"), .scalar(.load)),
            slots: [.load: SlotFacts("Calls in a time at the busiest.")], "Declares the traffic to expect.",
            example: "load 120/s"),
        StatementRow(
            .latency, in: [.operation], "latency <typical:duration> typical , <p99:duration> p99",
            yaml: YAMLForm(.key("latency"), .mapping),
            slots: [
                .typical: SlotFacts("How long half of the calls take at most."),
                .p99: SlotFacts("How long 99 of 100 calls take at most."),
            ],
            "Declares how long calls take.", example: "latency 180ms typical, 900ms p99"),
        StatementRow(
            .answersWithin, in: [.operation], "answers within <answers-within:duration>",
            yaml: YAMLForm(.key("answers-within"), .scalar(.answersWithin)),
            slots: [.answersWithin: SlotFacts("The longest a caller waits.")],
            "Promises callers an answer in time.", example: "answers within 3s"),
        StatementRow(
            .calls, in: [.operation], "calls <to:path> [<times:count> times] [using <using:path>]",
            yaml: YAMLForm(.list("calls"), .mapping), repeats: true,
            slots: [
                .to: SlotFacts("The operation that is called."),
                .times: SlotFacts("How often for one call of this operation.", byDefault: "1", bounds: 1...1_000_000),
                .using: SlotFacts("The policy that the call runs through."),
            ],
            "Declares a call to another operation.", example: "calls payments.authorize using card-payments"),
        StatementRow(
            .publishes, in: [.operation], "publishes <event:path> to <to:path>",
            yaml: YAMLForm(.list("publishes"), .mapping), repeats: true,
            slots: [.event: SlotFacts("The event."), .to: SlotFacts("The exchange.")],
            "Declares an event that the operation publishes.", example: "publishes order.placed to orders"),
        StatementRow(
            .objective, in: [.operation],
            "objective <share:percent> ( succeed | within <within:duration> ) [over <over:duration>]",
            yaml: YAMLForm(.list("objectives"), .mapping), repeats: true,
            slots: [
                .share: SlotFacts("The share of calls, above `0%` and below `100%`."),
                .within: SlotFacts("The time in which they must succeed."),
                .over: SlotFacts(
                    "The time over which the share is taken, `1h` to `366d`.",
                    byDefault: ServiceObjective.defaultPeriod.weirText),
            ],
            "States how many calls must succeed, or succeed in time.", example: "objective 99.9% within 300ms over 28d"),
    ]

    /// Environments and what they lay over.
    static let environmentRows: [StatementRow] = [
        StatementRow(
            .environment, in: [.file], "environment <name:name>", block: .required(.environment),
            yaml: YAMLForm(.named("environments", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The environment's name.")],
            "Lays other settings over the base for one environment.",
            example: "environment staging {\n  let card-budget = 5s\n}"),
        StatementRow(
            .policyOverlay, in: [.environment], "policy <name:path>", block: .required(.policy),
            yaml: YAMLForm(.named("policies", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The policy it is laid over.")],
            "Changes a policy in this environment.",
            example: "environment staging {\n  policy outbound {\n    timeout 2s\n  }\n}"),
        StatementRow(
            .operationOverlay, in: [.environment], "operation <name:path>", block: .required(.operation),
            yaml: YAMLForm(.named("operations", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The operation it is laid over.")],
            "Changes the declared facts of an operation in this environment.",
            example: "environment staging {\n  operation checkout.place-order {\n    load 5/s\n  }\n}"),
    ]
}
