// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension LanguageTable {
    private static let largest = RateLimitPolicy.largest

    /// The settings of bulkheads and limits.
    static let capacityRows: [StatementRow] = [
        StatementRow(
            .adapt, in: [.bulkhead],
            "adapt [by <by:=vegas/gradient/aimd>] between <least:count> and <most:count> calls/call",
            yaml: YAMLForm(.key("adapt"), .mapping),
            slots: [
                .by: SlotFacts(
                    "How the number is found.", byDefault: AdaptiveLimitPolicy.defaultAlgorithm.rawValue),
                .least: SlotFacts("The number never falls below this.", bounds: 1...BulkheadPolicy.largest),
                .most: SlotFacts("The number never rises above this.", bounds: 1...BulkheadPolicy.largest),
            ],
            capability: .declaredOnly(id: "adaptive-bulkhead"),
            "Lets the number of calls follow what the callee bears; the head's number is where it starts.",
            example: "adapt by gradient between 1 and 200 calls"),
        StatementRow(
            .sample, in: [.bulkhead], "sample <time:duration> with at least <at-least:count> calls/call",
            yaml: YAMLForm(.key("sample"), .mapping),
            slots: [
                .time: SlotFacts(
                    "How long latencies are sampled.", byDefault: AdaptiveLimitPolicy.defaultSampleTime.weirText),
                .atLeast: SlotFacts(
                    "The fewest calls in a sample.", byDefault: "\(AdaptiveLimitPolicy.defaultSampleCalls)",
                    bounds: 1...CircuitBreakerPolicy.largestCount),
            ],
            capability: .declaredOnly(id: "adaptive-bulkhead"),
            "Says from how many calls an adapting bulkhead learns.", example: "sample 1s with at least 10 calls"),
        StatementRow(
            .divide, in: [.bulkhead], "divide by <divide-by:key>",
            yaml: YAMLForm(.key("divide-by"), .scalar(.divideBy)),
            slots: [.divideBy: SlotFacts("What tells the classes of callers apart.")],
            capability: .declaredOnly(id: "bulkhead-parts"),
            "Divides the places among classes of callers.", example: "divide by header \"X-Class\""),
        StatementRow(
            .part, in: [.bulkhead], "give <name:text> <share:percent>",
            yaml: YAMLForm(.named("give", by: .name), .scalar(.share)), repeats: true,
            slots: [
                .name: SlotFacts("The class, as the key says it."),
                .share: SlotFacts("Its share of the places; unused ones are lent to others."),
            ],
            capability: .declaredOnly(id: "bulkhead-parts"),
            "Gives a class its share of the places; the most urgent class comes first.",
            example: "give \"interactive\" 70%"),
        StatementRow(
            .queue, in: [.bulkhead],
            "queue <size:count> [for up to <for:duration>] [<order:=oldest/newest/urgent> first]",
            yaml: YAMLForm(.key("queue"), .mapping),
            slots: [
                .size: SlotFacts("Callers that may wait.", byDefault: "0", bounds: 0...BulkheadPolicy.largest),
                .for: SlotFacts("How long one may wait.", byDefault: "until the deadline"),
                .order: SlotFacts(
                    "Who is served first; `urgent` goes by the order of the parts.", byDefault: "oldest",
                    gap: SlotFacts.Gap(id: "queue-order", except: ["oldest", "newest"])),
            ],
            "Lets callers wait for a place.", example: "queue 20 for up to 100ms"),
        StatementRow(
            .burst, in: [.limit], "burst <burst:count>", yaml: YAMLForm(.key("burst"), .scalar(.burst)),
            slots: [
                .burst: SlotFacts("Calls that may start at once.", byDefault: "one window's worth", bounds: 1...largest)
            ],
            "Sets how many calls may start at once after a quiet time.", example: "burst 50"),
        StatementRow(
            .limitWait, in: [.limit, .coalesce], "wait up to <wait:duration>",
            yaml: YAMLForm(.key("wait"), .scalar(.wait)),
            slots: [
                .wait: SlotFacts(
                    "How long a call may wait for its turn, or for another's answer.",
                    byDefault: "0s, for answers the deadline")
            ],
            "Says how long a call may wait for its turn, or for another's answer.", example: "wait up to 50ms"),
        StatementRow(
            .startWith, in: [.limit], "start with <start-with:count>",
            yaml: YAMLForm(.key("start-with"), .scalar(.startWith)),
            slots: [
                .startWith: SlotFacts(
                    "Calls that may start at once at first.", byDefault: "the burst", bounds: 0...largest)
            ],
            "Sets how full the bucket is at first.", example: "start with 0"),
        StatementRow(
            .cost, in: [.limit], "cost <cost:count>", yaml: YAMLForm(.key("cost"), .scalar(.cost)),
            slots: [.cost: SlotFacts("What one call takes.", byDefault: "1", bounds: 0...largest)],
            "Sets what one call takes from the limit.", example: "cost 5"),
        StatementRow(
            .limitKind, in: [.limit], "kind <kind:=bucket/fixed/sliding/smooth>",
            yaml: YAMLForm(.key("kind"), .scalar(.kind)),
            slots: [
                .kind: SlotFacts(
                    "How the rate is kept.", byDefault: "bucket",
                    gap: SlotFacts.Gap(id: "limit-kind", except: ["bucket"]))
            ],
            "Chooses how the rate is kept.", example: "kind sliding"),
    ]
}
