// SPDX-License-Identifier: Apache-2.0

extension LanguageTable {
    /// Tests in virtual time.
    static let testRows: [StatementRow] = [
        StatementRow(
            .test, in: [.file], "test <name:text>", block: .required(.test), yaml: YAMLForm(.list("tests"), .mapping),
            repeats: true, slots: [.name: SlotFacts("What the test shows, as a sentence.")],
            "Declares a test that runs in virtual time.",
            example: "test \"a failing gateway trips the breaker\" {\n  when 1 call to checkout.place-order every 1s\n}"
        ),
        StatementRow(
            .inEnvironment, in: [.test], "in environment <environment:name>",
            yaml: YAMLForm(.key("environment"), .scalar(.environment)),
            slots: [.environment: SlotFacts("The environment whose settings hold.", byDefault: "none")],
            "Runs the test with an environment's settings.", example: "in environment staging"),
        StatementRow(
            .starting, in: [.test], "starting <starting:instant+date>",
            yaml: YAMLForm(.key("starting"), .scalar(.starting)),
            slots: [.starting: SlotFacts("The moment at which the test begins.")],
            "Sets the moment at which virtual time begins.", example: "starting 2026-03-01T09:00:00Z"),
        StatementRow(
            .given, in: [.test],
            "given <operation:path> ( replies <replies:reply> | takes <takes:duration> | is <is:=down> ) "
                + "[<window:window>]",
            yaml: YAMLForm(.list("given"), .mapping), repeats: true,
            slots: [
                .operation: SlotFacts("The operation that behaves so."),
                .replies: SlotFacts("The status it answers with."),
                .takes: SlotFacts("How long it takes to answer."),
                .is: SlotFacts("It refuses connections."),
                .window: SlotFacts("When it behaves so.", byDefault: "always"),
            ],
            "Sets how an operation behaves.", example: "given payments.authorize replies status 503 until 10s"),
        StatementRow(
            .whenCalls, in: [.test],
            "when <calls:count> calls/call to <to:path> every <every:duration> [from <from:duration>]",
            yaml: YAMLForm(.list("when"), .mapping), repeats: true,
            slots: [
                .calls: SlotFacts("How many calls are made.", bounds: 1...100_000),
                .to: SlotFacts("The operation that is called."),
                .every: SlotFacts("The time from one call to the next."),
                .from: SlotFacts("When the first call is made.", byDefault: "0s"),
            ],
            "Makes calls.", example: "when 40 calls to checkout.place-order every 50ms"),
        StatementRow(
            .then, in: [.test],
            "then ( breaker <breaker:path> is <is:=open/closed/half-open> [at <at:duration>] "
                + "| <operation:path> receives <receives:bound> calls/call [by <by:duration>] "
                + "| <operation:path> answers <answers:answer> [within <within:duration>] [<window:window>] )",
            yaml: YAMLForm(.list("then"), .mapping), repeats: true,
            slots: [
                .breaker: SlotFacts("The shared breaker, or the policy whose breaker is meant."),
                .is: SlotFacts("The state it is in."),
                .at: SlotFacts("When.", byDefault: "at the end"),
                .operation: SlotFacts("The operation that is called."),
                .receives: SlotFacts("How many calls reach it."),
                .by: SlotFacts("By when.", byDefault: "the end"),
                .answers: SlotFacts("What its callers get."),
                .within: SlotFacts("How long they wait at most."),
                .window: SlotFacts("Which calls are meant, by when they are made.", byDefault: "all"),
            ],
            "States what must have happened.", example: "then breaker card-gateway is open at 1s"),
    ]
}
