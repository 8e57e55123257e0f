// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension LanguageTable {
    static let attemptsInAll = SlotFacts(
        "Attempts in all, the first included.", byDefault: "\(RetryPolicy.defaultAttempts)",
        bounds: 1...RetryPolicy.largestAttempts)
    static let attemptsUnlimited = SlotFacts(
        "As many attempts as the time allows; needs a deadline or `give up after`.")
    static let callsAtOnce = SlotFacts("Calls that may run at once; 0 refuses all.", bounds: 0...BulkheadPolicy.largest)
    static let callsInTime = SlotFacts("Calls that may start in a time; `0/s` refuses all.")
    private static let steps: [BlockKind] = [.policy, .inserted]
    private static let sharedName = SlotFacts("A shared step; all policies that name it use its one state.")

    /// The steps of a pipeline.
    static let stepRows: [StatementRow] = [
        StatementRow(
            .deadline, in: steps, "deadline <total:duration>", block: .optional(.deadline),
            yaml: YAMLForm(.step("deadline"), .scalarOrMapping(.total)),
            slots: [.total: SlotFacts("The caller's whole budget, waits and retries included.")],
            "Bounds the whole call; only `fallback` may stand outside of it.", example: "deadline 2s"),
        StatementRow(
            .timeout, in: steps, "timeout <after:duration>", block: .optional(.timeout),
            yaml: YAMLForm(.step("timeout"), .scalarOrMapping(.after)),
            slots: [.after: SlotFacts("How long one attempt of what stands below may take.")],
            "Bounds each attempt of what stands below it.", example: "timeout 550ms"),
        StatementRow(
            .limit, in: steps, "limit ( <shared:path> | <rate:rate> )", block: .optional(.limit),
            yaml: YAMLForm(.step("limit"), .scalarOrMapping(.shared)),
            slots: [.shared: sharedName, .rate: callsInTime],
            "Lets only so many calls start in a time.", example: "limit 200/s {\n  burst 50\n}"),
        StatementRow(
            .bulkhead, in: steps, "bulkhead ( <shared:path> | <calls:count> calls/call )", block: .optional(.bulkhead),
            yaml: YAMLForm(.step("bulkhead"), .scalarOrMapping(.shared)),
            slots: [.shared: sharedName, .calls: callsAtOnce],
            "Lets only so many calls run at once.", example: "bulkhead 50 calls {\n  queue 20 for up to 100ms\n}"),
        StatementRow(
            .retry, in: steps,
            "retry ( <shared:path> | up to <attempts:count> attempts/attempt | <unlimited:!unlimited> attempts )",
            block: .optional(.retry), yaml: YAMLForm(.step("retry"), .scalarOrMapping(.shared)),
            slots: [
                .shared: sharedName, .attempts: attemptsInAll,
                .unlimited: attemptsUnlimited,
            ],
            "Makes a failed attempt again.", example: "retry up to 3 attempts"),
        StatementRow(
            .breaker, in: steps, "breaker [<shared:path>]", block: .optional(.breaker),
            yaml: YAMLForm(.step("breaker"), .scalarOrMapping(.shared)), slots: [.shared: sharedName],
            "Stops calling a callee that fails, and finds out when it is well again.",
            example: "breaker {\n  trip at 50% failing\n}"),
        StatementRow(
            .hedge, in: steps,
            "hedge after ( <after:duration> | <answered:percent> answered ) up to <calls:count> calls",
            block: .optional(.hedge), yaml: YAMLForm(.step("hedge"), .mapping),
            slots: [
                .after: SlotFacts("How long the first call has before the next one starts."),
                .answered: SlotFacts("It starts when so many calls have usually been answered; from `50%`."),
                .calls: SlotFacts("Calls at once at most, the first included.", bounds: 2...HedgePolicy.largestCalls),
            ],
            capability: .declaredOnly(id: "hedge"),
            "Starts a second call while the first is slow; the first success wins.",
            example: "hedge after 90ms up to 2 calls"),
        StatementRow(
            .fallback, in: steps,
            "fallback to ( <cached:!cached> | call <call:path> [using <using:path>] | value <value:text> "
                + "| status <status:integer> | handler <handler:text> )",
            block: .optional(.fallback),
            yaml: YAMLForm(
                .step("fallback"), .mapping,
                group: YAMLForm.Group(key: "to", slots: [.cached, .call, .using, .value, .status, .handler])),
            slots: [
                .cached: SlotFacts("The last good answer.", gap: SlotFacts.Gap(id: "cached-fallback")),
                .call: SlotFacts("Another operation.", gap: SlotFacts.Gap(id: "fallback-call")),
                .using: SlotFacts("The policy of that other call."),
                .value: SlotFacts("A text as the answer."),
                .status: SlotFacts("A status without a body as the answer.", bounds: 100...599),
                .handler: SlotFacts("The closure that the service registered under this name."),
            ],
            "Answers instead of a failure.", example: "fallback to status 503 {\n  when open, full\n}"),
        StatementRow(
            .abandon, in: [.deadline, .timeout], "abandon up to <abandon:count> calls/call",
            yaml: YAMLForm(.key("abandon"), .scalar(.abandon)),
            slots: [
                .abandon: SlotFacts(
                    "Overdue calls that may go on unseen.", byDefault: "\(TimeoutPolicy.defaultMostAbandoned)",
                    bounds: 1...TimeoutPolicy.largestMostAbandoned)
            ],
            "Lets the caller go at the deadline while the work runs on; needs a detachable handle.",
            example: "abandon up to 20 calls"),
        StatementRow(
            .per, in: [.limit, .bulkhead, .breaker, .cache, .coalesce, .throttle],
            "per <key:key> [up to <most:count> keys/key]",
            yaml: YAMLForm(.key("per"), .scalarOrMapping(.key)),
            slots: [
                .key: SlotFacts("What separate state is kept for."),
                .most: SlotFacts(
                    "How many keys at most; the one idle longest makes room.",
                    byDefault: "\(ScopeKey.defaultMostKeys)", bounds: 1...ScopeKey.largestMostKeys),
            ],
            "Keeps separate state for each caller, operation, header or field.", example: "per header \"X-Tenant\""),
        StatementRow(
            .when, in: [.retry, .fallback, .hedge, .redeliver], "when <when:outcome,...>",
            yaml: YAMLForm(.key("when"), .scalar(.when)),
            slots: [.when: SlotFacts("The outcomes it acts on.")],
            "Names the outcomes that the step acts on.", example: "when timeout, refused, status 502..504"),
        StatementRow(
            .noOlderThan, in: [.fallback], "no older than <no-older-than:duration>",
            yaml: YAMLForm(.key("no-older-than"), .scalar(.noOlderThan)),
            slots: [.noOlderThan: SlotFacts("The oldest answer that is still good enough.")],
            capability: .declaredOnly(id: "cached-fallback"),
            "Bounds the age of a cached answer.", example: "no older than 5m"),
        StatementRow(
            .within, in: [.fallback], "within <within:duration>", yaml: YAMLForm(.key("within"), .scalar(.within)),
            slots: [
                .within: SlotFacts(
                    "How long the fallback may take.", byDefault: FallbackPolicy.defaultWithin.weirText)
            ],
            "Bounds the fallback itself, inside what is left of the deadline.", example: "within 500ms"),
    ]
}
