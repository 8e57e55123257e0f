// SPDX-License-Identifier: Apache-2.0

import WeirPolicy

extension LanguageTable {
    private static let largest = RateLimitPolicy.largest

    /// The settings of bulkheads and limits.
    static let capacityRows: [StatementRow] = [
        StatementRow(
            .queue, in: [.bulkhead], "queue <size:count> [for up to <for:duration>] [<order:=oldest/newest> first]",
            yaml: YAMLForm(.key("queue"), .mapping),
            slots: [
                .size: SlotFacts("Callers that may wait.", byDefault: "0", bounds: 0...BulkheadPolicy.largest),
                .for: SlotFacts("How long one may wait.", byDefault: "until the deadline"),
                .order: SlotFacts("Who is served first.", byDefault: "oldest"),
            ],
            "Lets callers wait for a place.", example: "queue 20 for up to 100ms"),
        StatementRow(
            .burst, in: [.limit], "burst <burst:count>", yaml: YAMLForm(.key("burst"), .scalar(.burst)),
            slots: [
                .burst: SlotFacts("Calls that may start at once.", byDefault: "one window's worth", bounds: 1...largest)
            ],
            "Sets how many calls may start at once after a quiet time.", example: "burst 50"),
        StatementRow(
            .limitWait, in: [.limit], "wait up to <wait:duration>", yaml: YAMLForm(.key("wait"), .scalar(.wait)),
            slots: [.wait: SlotFacts("How long a call may wait for its turn.", byDefault: "0s")],
            "Lets a call wait for its turn instead of being refused.", example: "wait up to 50ms"),
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
            slots: [.kind: SlotFacts("How the rate is kept.", byDefault: "bucket")],
            capability: .declaredOnly(id: "limit-kind"),
            "Chooses how the rate is kept.", example: "kind sliding"),
    ]
}
