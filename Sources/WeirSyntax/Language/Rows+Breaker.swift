// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension LanguageTable {
    private static let largest = CircuitBreakerPolicy.largestCount
    private static let minimum = SlotFacts(
        "The fewest calls that are judged.", byDefault: "\(CircuitBreakerPolicy.defaultMinimumCalls)",
        bounds: 1...largest)

    /// The settings of a breaker.
    static let breakerRows: [StatementRow] = [
        StatementRow(
            .trip, in: [.breaker],
            "trip ( at <failing:percent> failing | at <share:percent> slower than <slower-than:duration> "
                + "| after <failures-in-a-row:count> failures/failure in a row "
                + "| after <failures:count> failures/failure )",
            yaml: YAMLForm(.list("trip"), .mapping), repeats: true,
            slots: [
                .failing: SlotFacts("The share of failures that trips it.", byDefault: "50%"),
                .share: SlotFacts("The share of slow calls that trips it."),
                .slowerThan: SlotFacts("From when on a call is slow; exactly as long is not slow."),
                .failuresInARow: SlotFacts("Failures in a row that trip it.", bounds: 1...largest),
                .failures: SlotFacts("Failures in the window that trip it.", bounds: 1...largest),
            ],
            "Names a reason to open; any one is enough.", example: "trip at 50% failing"),
        StatementRow(
            .over, in: [.breaker],
            "over ( the last <last:count> calls/call [with at least <at-least:count> calls/call] "
                + "| <time:duration> [in <buckets:count> buckets] with at least <at-least:count> calls/call )",
            yaml: YAMLForm(.key("over"), .mapping),
            slots: [
                .last: SlotFacts("Judges the last so many calls.", bounds: 1...largest),
                .time: SlotFacts("Judges the calls of the last so long, `10ms` to `24h`.", byDefault: "30s"),
                .buckets: SlotFacts(
                    "Parts that the time is kept in.", byDefault: "\(CircuitBreakerPolicy.defaultBuckets)",
                    bounds: 2...60),
                .atLeast: minimum,
            ],
            "Says which calls are judged, and how many there must be.", example: "over 30s with at least 20 calls"),
        StatementRow(
            .stayOpen, in: [.breaker],
            "stay open <for:duration> [growing <growing:factor> up to <up-to:duration>] [with <jitter:percent> jitter]",
            yaml: YAMLForm(.key("stay-open"), .mapping),
            slots: [
                .for: SlotFacts("How long it stays open the first time.", byDefault: "5s"),
                .growing: SlotFacts("How much longer each time it opens again.", byDefault: "1x"),
                .upTo: SlotFacts("The longest it stays open."),
                .jitter: SlotFacts(
                    "By how much each time is lengthened at random.",
                    byDefault: "\(CircuitBreakerPolicy.defaultOpenJitter)"),
            ],
            "Sets how long it stays open before it probes.", example: "stay open 15s growing 2x up to 2m"),
        StatementRow(
            .stayOpenInTurn, in: [.breaker], "stay open in turn <times:duration,...> [with <jitter:percent> jitter]",
            yaml: YAMLForm(.key("stay-open-in-turn"), .mapping),
            slots: [
                .times: SlotFacts("How long it stays open the first time, the second, …; the last is repeated."),
                .jitter: SlotFacts(
                    "By how much each time is lengthened at random.",
                    byDefault: "\(CircuitBreakerPolicy.defaultOpenJitter)"),
            ],
            "Lists how long it stays open, time after time.", example: "stay open in turn 5s, 15s, 1m"),
        StatementRow(
            .probe, in: [.breaker],
            "probe <calls:count> calls/call [allowing <allowing:count> failures/failure] "
                + "[deciding <deciding:=early/complete>]",
            yaml: YAMLForm(.key("probe"), .scalarOrMapping(.calls)),
            slots: [
                .calls: SlotFacts(
                    "Calls let through to find out.", byDefault: "\(CircuitBreakerPolicy.defaultProbes)",
                    bounds: 1...largest),
                .allowing: SlotFacts("Probes that may fail or be slow.", byDefault: "0", bounds: 0...largest),
                .deciding: SlotFacts("As soon as there is no doubt, or when all are back.", byDefault: "early"),
            ],
            "Sets how many calls a half-open breaker lets through.", example: "probe 5 calls"),
        StatementRow(
            .settle, in: [.breaker], "settle probes within <within:duration> else <else:=open/close>",
            yaml: YAMLForm(.key("settle-probes"), .mapping),
            slots: [
                .within: SlotFacts(
                    "How long the probes have.",
                    byDefault: "the time it was open, or twice the timeout below it where that is longer"),
                .else: SlotFacts("What happens when they are not back by then.", byDefault: "open"),
            ],
            "Ends a half-open state whose probes do not come back.", example: "settle probes within 30s else open"),
        StatementRow(
            .whileProbing, in: [.breaker], "while probing <while-probing:=reject/wait>",
            yaml: YAMLForm(.key("while-probing"), .scalar(.whileProbing)),
            slots: [.whileProbing: SlotFacts("What callers beyond the probes get.", byDefault: "reject")],
            "Says what callers beyond the probes get.", example: "while probing wait"),
        StatementRow(
            .whileOpen, in: [.breaker], "while open <while-open:=reject/admit>",
            yaml: YAMLForm(.key("while-open"), .scalar(.whileOpen)),
            slots: [.whileOpen: SlotFacts("What an open breaker does with a call.", byDefault: "reject")],
            "Says what an open breaker does with a call.", example: "while open admit"),
        StatementRow(
            .count, in: [.breaker], "count <count:outcome,...>", yaml: YAMLForm(.key("count"), .scalar(.count)),
            slots: [.count: SlotFacts("Outcomes that count as failures.", byDefault: "any failure")],
            "Names the outcomes that count as failures; others count as successes.",
            example: "count timeout, refused, status 500..599"),
        StatementRow(
            .ignore, in: [.breaker], "ignore <ignore:outcome,...>", yaml: YAMLForm(.key("ignore"), .scalar(.ignore)),
            slots: [.ignore: SlotFacts("Outcomes that count as nothing.")],
            "Names the outcomes that count as nothing.", example: "ignore status 402"),
    ]
}
