// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension LanguageTable {
    private static let steps: [BlockKind] = [.policy, .inserted]

    /// The steps around the callee's own protection, and the settings that they alone have.
    static let outerStepRows: [StatementRow] = [
        StatementRow(
            .cache, in: steps, "cache for <for:duration>", block: .optional(.cache),
            yaml: YAMLForm(.step("cache"), .scalarOrMapping(.for)),
            slots: [.for: SlotFacts("How long an answer is good for.")], capability: .declaredOnly(id: "cache"),
            "Answers from what an earlier call got.", example: "cache for 30s {\n  hold up to 1000 answers\n}"),
        StatementRow(
            .hold, in: [.cache], "hold up to <hold:count> answers/answer", yaml: YAMLForm(.key("hold"), .scalar(.hold)),
            slots: [
                .hold: SlotFacts(
                    "How many answers are kept; the one unused longest makes room.",
                    byDefault: "\(CachePolicy.defaultMostAnswers)", bounds: 1...CachePolicy.largestMostAnswers)
            ],
            capability: .declaredOnly(id: "cache"),
            "Bounds how many answers a cache keeps.", example: "hold up to 1000 answers"),
        StatementRow(
            .coalesce, in: steps, "coalesce", block: .optional(.coalesce),
            yaml: YAMLForm(.step("coalesce"), .flagOrMapping), capability: .declaredOnly(id: "coalesce"),
            "Makes one call for all callers that ask for the same at the same time.",
            example: "coalesce {\n  per field asset-id\n  wait up to 200ms\n}"),
        StatementRow(
            .throttle, in: steps, "throttle below <succeeding:percent> succeeding", block: .optional(.throttle),
            yaml: YAMLForm(.step("throttle"), .scalarOrMapping(.succeeding)),
            slots: [
                .succeeding: SlotFacts(
                    "The share of successes below which it acts.", byDefault: "\(ThrottlePolicy.defaultThreshold)")
            ],
            capability: .declaredOnly(id: "throttle"),
            "Refuses a growing share of calls while too few of them succeed.",
            example: "throttle below 95% succeeding {\n  reject up to 80%\n}"),
        StatementRow(
            .throttleOver, in: [.throttle],
            "over <time:duration> [in <buckets:count> buckets] with at least <at-least:count> calls/call",
            yaml: YAMLForm(.key("over"), .mapping),
            slots: [
                .time: SlotFacts(
                    "Judges the calls of the last so long, `10ms` to `24h`.",
                    byDefault: ThrottlePolicy.defaultWindow.weirText),
                .buckets: SlotFacts(
                    "Parts that the time is kept in.", byDefault: "\(ThrottlePolicy.defaultBuckets)", bounds: 2...60),
                .atLeast: SlotFacts(
                    "The fewest calls that are judged.", byDefault: "\(ThrottlePolicy.defaultMinimumCalls)",
                    bounds: 1...CircuitBreakerPolicy.largestCount),
            ],
            capability: .declaredOnly(id: "throttle"),
            "Says which calls a throttle judges, and how many there must be.",
            example: "over 30s in 10 buckets with at least 100 calls"),
        StatementRow(
            .reject, in: [.throttle], "reject up to <reject:percent>", yaml: YAMLForm(.key("reject"), .scalar(.reject)),
            slots: [
                .reject: SlotFacts(
                    "The largest share of calls that it refuses.", byDefault: "\(ThrottlePolicy.defaultMostRefused)")
            ],
            capability: .declaredOnly(id: "throttle"),
            "Bounds the share of calls that a throttle refuses.", example: "reject up to 80%"),
        StatementRow(
            .aggression, in: [.throttle], "aggression <aggression:factor>",
            yaml: YAMLForm(.key("aggression"), .scalar(.aggression)),
            slots: [
                .aggression: SlotFacts(
                    "How fast the share of refusals grows.", byDefault: "\(ThrottlePolicy.defaultAggression)")
            ],
            capability: .declaredOnly(id: "throttle"),
            "Sets how fast the share of refusals grows.", example: "aggression 1.5x"),
        StatementRow(
            .learn, in: [.hedge],
            "learn from at least <at-least:count> calls/call [, between <floor:duration> and <ceiling:duration>]",
            yaml: YAMLForm(.key("learn-from"), .mapping),
            slots: [
                .atLeast: SlotFacts(
                    "No hedge before so many calls have been seen.",
                    byDefault: "\(HedgePolicy.Learning.defaultLeastCalls)",
                    bounds: 1...CircuitBreakerPolicy.largestCount),
                .floor: SlotFacts("No delay is shorter.", byDefault: HedgePolicy.Learning.defaultFloor.weirText),
                .ceiling: SlotFacts("No delay is longer.", byDefault: "none"),
            ],
            capability: .declaredOnly(id: "hedge"),
            "Says from how many calls a hedge learns its delay, and in which bounds.",
            example: "learn from at least 30 calls, between 1ms and 200ms"),
        StatementRow(
            .chaosStep, in: steps, "chaos", block: .required(.chaosStep), yaml: YAMLForm(.step("chaos"), .mapping),
            capability: .declaredOnly(id: "chaos"), "Breaks calls on purpose, to see that everything around it holds.",
            example: "chaos {\n  fail 1% with status 503\n  until 2026-12-31\n}"),
        StatementRow(
            .fail, in: [.chaosStep], "fail <share:percent> with <with:outcome>",
            yaml: YAMLForm(.list("fail"), .mapping), repeats: true,
            slots: [
                .share: SlotFacts("The share of calls that fail."),
                .with: SlotFacts("How they fail."),
            ],
            capability: .declaredOnly(id: "chaos"),
            "Makes a share of the calls fail without being made.", example: "fail 1% with status 503"),
        StatementRow(
            .delay, in: [.chaosStep], "delay <share:percent> by <by:duration>",
            yaml: YAMLForm(.list("delay"), .mapping), repeats: true,
            slots: [
                .share: SlotFacts("The share of calls that wait."),
                .by: SlotFacts("How long they wait before they are made."),
            ],
            capability: .declaredOnly(id: "chaos"),
            "Makes a share of the calls wait.", example: "delay 5% by 200ms"),
        StatementRow(
            .chaosEnd, in: [.chaosStep], "until <until:date+instant>", yaml: YAMLForm(.key("until"), .scalar(.until)),
            slots: [.until: SlotFacts("The moment from which it does nothing any more.", byDefault: "none")],
            capability: .declaredOnly(id: "chaos"),
            "Ends the chaos by itself.", example: "until 2026-12-31"),
        StatementRow(
            .mode, in: everyStep, "mode <mode:=enforce/shadow/off>", yaml: YAMLForm(.key("mode"), .scalar(.mode)),
            slots: [
                .mode: SlotFacts(
                    "It acts; or it lets all through and counts what it would have done; or it is passed over.",
                    byDefault: "enforce", gap: SlotFacts.Gap(id: "step-mode", except: ["enforce"]))
            ],
            "Says whether a step acts or only watches.", example: "mode shadow"),
        StatementRow(
            .adoptShadow, in: [.breaker, .limit, .bulkhead, .throttle], "adopt shadow state",
            yaml: YAMLForm(.key("adopt-shadow-state"), .flag(true)), capability: .declaredOnly(id: "step-mode"),
            "Goes on with what the step has seen while it only watched.", example: "adopt shadow state"),
    ]

    private static let everyStep: [BlockKind] = [
        .deadline, .timeout, .limit, .bulkhead, .retry, .breaker, .fallback, .cache, .coalesce, .throttle, .hedge,
        .chaosStep,
    ]
}
