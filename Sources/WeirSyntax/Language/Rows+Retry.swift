// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension LanguageTable {
    private static let chance = "full/equal/decorrelated/decorrelated-v2/no"

    /// The ways to reckon a budget; its first slots are those of a share.
    static let budgetWords =
        "<share:percent> of calls [, at least <at-least:rate>] [over <over:duration>] "
        + "| <running:percent> of running calls [, at least <least:count> calls/call] "
        + "| <tokens:count> tokens [, <each:count> each] [, <when-limited:count> when limited] "
        + "| <tokens:count> tokens earning <earning:percent> a success"

    private static let tokens = 1...BudgetPolicy.largestTokens
    private static let budgetKind = SlotFacts.Gap(id: "budget-kind")
    static let budgetSlots: [Slot: SlotFacts] = [
        .share: SlotFacts("Extra calls for each first attempt.", byDefault: "\(RetryBudgetPolicy.defaultShare)"),
        .atLeast: SlotFacts(
            "Extra calls allowed whatever the traffic.", byDefault: "\(RetryBudgetPolicy.defaultAtLeast)"),
        .over: SlotFacts(
            "How long a call counts, `1s` to `1m`.", byDefault: RetryBudgetPolicy.defaultTimeToLive.weirText),
        .running: SlotFacts("Extra calls at once for each call that runs.", gap: budgetKind),
        .least: SlotFacts(
            "Extra calls at once allowed whatever the traffic.", byDefault: "\(BudgetPolicy.defaultLeastRunning)",
            bounds: 0...BudgetPolicy.largestTokens),
        .tokens: SlotFacts("The stock that extra calls take from.", bounds: tokens, gap: budgetKind),
        .each: SlotFacts("What an extra call takes.", byDefault: "\(BudgetPolicy.defaultEach)", bounds: tokens),
        .whenLimited: SlotFacts(
            "What it takes after the callee refused for load.", byDefault: "\(BudgetPolicy.defaultWhenLimited)",
            bounds: tokens),
        .earning: SlotFacts(
            "The part of a token that a success gives back; extra calls while more than half are there."),
    ]

    /// The settings of a retry.
    static let retryRows: [StatementRow] = [
        StatementRow(
            .wait, in: [.retry, .redeliver],
            "wait <first:duration> [growing ( <growing:factor+=fibonacci> | by <growing-by:duration> )] "
                + "[up to <up-to:duration>] [with <jitter:=\(chance)+percent+duration> jitter]",
            yaml: YAMLForm(.key("wait"), .mapping),
            slots: [
                .first: SlotFacts(
                    "The wait before the second attempt.", byDefault: RetryPolicy.defaultBackoff.initial.weirText),
                .growing: SlotFacts("How each wait grows over the one before.", byDefault: "2x"),
                .growingBy: SlotFacts("By how much each wait is longer than the one before."),
                .upTo: SlotFacts("The longest single wait.", byDefault: RetryPolicy.defaultCap.weirText),
                .jitter: SlotFacts("How waits are spread.", byDefault: "full"),
            ],
            "Sets the waits between attempts.", example: "wait 50ms growing 2x up to 1s with full jitter"),
        StatementRow(
            .waitInTurn, in: [.retry, .redeliver],
            "wait in turn <waits:duration,...> [then <then:=stop/repeat>] "
                + "[with <jitter:=\(chance)+percent+duration> jitter]",
            yaml: YAMLForm(.key("wait-in-turn"), .mapping),
            slots: [
                .waits: SlotFacts("The waits in order."),
                .then: SlotFacts("What follows the last one.", byDefault: "repeat"),
                .jitter: SlotFacts("How waits are spread.", byDefault: "full"),
            ],
            "Lists the waits between attempts.", example: "wait in turn 50ms, 200ms, 1s then stop"),
        StatementRow(
            .giveUp, in: [.retry, .redeliver], "give up after <give-up-after:duration>",
            yaml: YAMLForm(.key("give-up-after"), .scalar(.giveUpAfter)),
            slots: [.giveUpAfter: SlotFacts("The time after which no further attempt starts.")],
            "Starts no further attempt after so long.", example: "give up after 30s"),
        StatementRow(
            .honourRetryAfter, in: [.retry], "honour retry-after [up to <up-to:duration>]",
            yaml: YAMLForm(.key("honour-retry-after"), .flagOrMapping),
            slots: [.upTo: SlotFacts("How much longer than the own wait at most.", byDefault: "5s")],
            "Waits at least as long as the callee asks for.", example: "honour retry-after up to 5s"),
        StatementRow(
            .obeyRetryAfter, in: [.retry], "obey retry-after", yaml: YAMLForm(.key("obey-retry-after"), .flag(true)),
            "Waits exactly as long as the callee asks for, and stops when it says so.", example: "obey retry-after"),
        StatementRow(
            .ignoreRetryAfter, in: [.retry], "ignore retry-after",
            yaml: YAMLForm(.key("ignore-retry-after"), .flag(true)),
            "Does not look at what the callee asks for.", example: "ignore retry-after"),
        StatementRow(
            .budget, in: [.retry, .hedge], "budget ( \(budgetWords) | <shared:path> )",
            yaml: YAMLForm(.key("budget"), .scalarOrMapping(.shared)),
            slots: budgetSlots.merging([
                .shared: SlotFacts(
                    "A shared budget; all steps that name it draw on its one balance.",
                    gap: SlotFacts.Gap(id: "shared-budget"))
            ]) { first, _ in first },
            "Bounds the extra load that retries and hedges make.", example: "budget 10% of calls, at least 2/s"),
        StatementRow(
            .repeatUnsafe, in: [.retry, .hedge], "repeat unsafe calls",
            yaml: YAMLForm(.key("repeat-unsafe-calls"), .flag(true)),
            "Repeats operations that are not declared idempotent, too.", example: "repeat unsafe calls"),
        StatementRow(
            .ignoreChains, in: [.retry], "ignore retry chains",
            yaml: YAMLForm(.key("ignore-retry-chains"), .flag(true)),
            "Retries even when the call is itself a retry of a caller.", example: "ignore retry chains"),
    ]
}
