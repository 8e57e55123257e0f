// SPDX-License-Identifier: Apache-2.0

extension LanguageTable {
    /// Policies, defaults and shared steps.
    static let pipelineRows: [StatementRow] = [
        StatementRow(
            .defaults, in: [.file], "defaults", block: .required(.defaults), yaml: YAMLForm(.key("defaults"), .mapping),
            "Fills blanks of steps that this package writes; it never adds a step.",
            example: "defaults {\n  retry {\n    wait 50ms growing 2x up to 1s with full jitter\n  }\n}"),
        StatementRow(
            .defaultRetry, in: [.defaults], "retry", block: .required(.retry),
            yaml: YAMLForm(.key("retry"), .mapping), "Settings for retries that leave them open.",
            example: "retry {\n  wait 50ms growing 2x up to 1s with full jitter\n}"),
        StatementRow(
            .defaultBreaker, in: [.defaults], "breaker", block: .required(.breaker),
            yaml: YAMLForm(.key("breaker"), .mapping), "Settings for breakers that leave them open.",
            example: "breaker {\n  trip at 50% failing\n}"),
        StatementRow(
            .defaultLimit, in: [.defaults], "limit", block: .required(.limit),
            yaml: YAMLForm(.key("limit"), .mapping), "Settings for limits that leave them open.",
            example: "limit {\n  wait up to 50ms\n}"),
        StatementRow(
            .defaultBulkhead, in: [.defaults], "bulkhead", block: .required(.bulkhead),
            yaml: YAMLForm(.key("bulkhead"), .mapping), "Settings for bulkheads that leave them open.",
            example: "bulkhead {\n  queue 20 for up to 100ms\n}"),
        StatementRow(
            .sharedBreaker, in: [.file, .environment], "shared breaker <name:name> [was <was:path>]",
            block: .required(.breaker),
            yaml: YAMLForm(.named("shared.breakers", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The name that policies refer to."), .was: formerName],
            "Declares one breaker for all policies that refer to it.",
            example: "shared breaker card-gateway {\n  trip at 50% failing\n}"),
        StatementRow(
            .sharedBulkhead, in: [.file, .environment],
            "shared bulkhead <name:name> [was <was:path>] <calls:count> calls/call",
            block: .optional(.bulkhead), yaml: YAMLForm(.named("shared.bulkheads", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The name that policies refer to."), .was: formerName, .calls: callsAtOnce],
            "Declares one bulkhead for all policies that refer to it.",
            example: "shared bulkhead card-pool 60 calls"),
        StatementRow(
            .sharedLimit, in: [.file, .environment], "shared limit <name:name> [was <was:path>] <rate:rate>",
            block: .optional(.limit),
            yaml: YAMLForm(.named("shared.limits", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The name that policies refer to."), .was: formerName, .rate: callsInTime],
            "Declares one rate limit for all policies that refer to it.", example: "shared limit acme-contract 200/s"),
        StatementRow(
            .sharedRetry, in: [.file, .environment],
            "shared retry <name:name> [was <was:path>] ( up to <attempts:count> attempts/attempt | <unlimited:!unlimited> attempts )",
            block: .optional(.retry), yaml: YAMLForm(.named("shared.retries", by: .name), .mapping), repeats: true,
            slots: [
                .name: SlotFacts("The name that policies refer to."), .was: formerName, .attempts: attemptsInAll,
                .unlimited: attemptsUnlimited,
            ],
            "Declares a retry that several policies refer to.", example: "shared retry patient up to 5 attempts"),
        StatementRow(
            .sharedBudget, in: [.file, .environment], "shared budget <name:name> [was <was:path>] ( \(budgetWords) )",
            yaml: YAMLForm(.named("shared.budgets", by: .name), .mapping), repeats: true,
            slots: budgetSlots.merging([
                .name: SlotFacts("The name that steps refer to."), .was: formerName,
            ]) { first, _ in first },
            capability: .declaredOnly(id: "shared-budget"),
            "Declares one budget for the retries and hedges of all steps that refer to it.",
            example: "shared budget storm 10% of calls, at least 2/s"),
        StatementRow(
            .policy, in: [.file], "policy <name:name> [was <was:path>] [extends <extends:path>]",
            block: .required(.policy),
            yaml: YAMLForm(.named("policies", by: .name), .mapping), repeats: true,
            slots: [
                .name: SlotFacts("The policy's name in its package."), .was: formerName,
                .extends: SlotFacts("The policy whose steps it starts from."),
            ],
            "Declares a pipeline of steps; the first step is the outermost.",
            example: "policy outbound {\n  deadline 2s\n}"),
        StatementRow(
            .remove, in: [.policy], "remove <step:step> [<shared:path>]",
            yaml: YAMLForm(.step("remove"), .scalarOrMapping(.step)), repeats: true,
            slots: [
                .step: SlotFacts("The kind of step that goes."),
                .shared: SlotFacts("Which one, where steps of one kind are references to shared ones."),
            ],
            "Takes an inherited step out.", example: "remove retry"),
        StatementRow(
            .before, in: [.policy], "before <step:step> [<shared:path>]", block: .required(.inserted),
            yaml: YAMLForm(.step("before"), .mapping), repeats: true,
            slots: [
                .step: SlotFacts("The inherited step that the new ones stand outside of."),
                .shared: SlotFacts("Which one, where steps of one kind are references to shared ones."),
            ],
            "Puts new steps just outside an inherited one.", example: "before retry {\n  limit 100/s\n}"),
        StatementRow(
            .after, in: [.policy], "after <step:step> [<shared:path>]", block: .required(.inserted),
            yaml: YAMLForm(.step("after"), .mapping), repeats: true,
            slots: [
                .step: SlotFacts("The inherited step that the new ones stand inside of."),
                .shared: SlotFacts("Which one, where steps of one kind are references to shared ones."),
            ],
            "Puts new steps just inside an inherited one.",
            example: "after breaker {\n  hedge after 90ms up to 2 calls\n}"),
    ]
}
