// SPDX-License-Identifier: Apache-2.0

extension LanguageTable {
    /// Tests in virtual time.
    static let testRows: [StatementRow] = [
        StatementRow(
            .test, in: [.file], "test <name:text>", block: .required(.test), yaml: YAMLForm(.list("tests"), .mapping),
            repeats: true, slots: [.name: SlotFacts("What the test shows, as a sentence.")],
            "Declares a test that runs in virtual time.",
            example:
                "test \"a failing gateway trips the breaker\" {\n  given payments.authorize replies status 503\n"
                + "  when 40 calls to checkout.place-order every 50ms\n  then breaker card-gateway is open\n}"
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
            .whenRequest, in: [.test],
            "when <method:method> <route:text> to <to:path> [with <with:header-pair,...>] [on <on:date+instant>]",
            yaml: YAMLForm(
                .list("when"), .mapping, joint: .phrase(key: "http", YAMLForm.Phrase(.method, .route))),
            repeats: true,
            slots: [
                .method: SlotFacts("The method of the request."), .route: SlotFacts("Its path, from the root on."),
                .to: SlotFacts("The API that it is sent to."), .with: SlotFacts("Its header fields."),
                .on: SlotFacts("When it is sent.", byDefault: "the test's start"),
            ],
            "Sends a request to an API.", example: "when POST \"/v1/orders\" to orders on 2026-06-01"),
        StatementRow(
            .whenEvent, in: [.test],
            "when event <event:path> to <to:path> [with <with:field-pair,...>]",
            yaml: YAMLForm(.list("when"), .mapping), repeats: true,
            slots: [
                .event: SlotFacts("The type of the event."), .to: SlotFacts("The exchange that it is published to."),
                .with: SlotFacts("Its fields."),
            ],
            "Publishes an event.", example: "when event order.placed to orders with region \"uk\", total 250"),
        StatementRow(
            .then, in: [.test],
            "then ( breaker <breaker:path> is <is:=open/closed/half-open> [at <at:duration>] "
                + "| <operation:path> receives <receives:bound> calls/call [by <by:duration>] "
                + "| <operation:path> answers <answers:answer> [within <within:duration>] [<window:window>] "
                + "| version is <version:version> | status is <status:integer> "
                + "| header <header:text> is <header-value:text> "
                + "| delivered to <delivered-to:path,...> | not delivered to <not-delivered-to:path,...> "
                + "| dead lettered to <dead-lettered-to:path> )",
            yaml: YAMLForm(
                .list("then"), .mapping, joint: .entry(key: "header", name: .header, value: .headerValue)),
            repeats: true,
            slots: [
                .version: SlotFacts("The version that the request gets."),
                .status: SlotFacts("The status that the request gets.", bounds: 100...599),
                .header: SlotFacts("A header field of the answer."),
                .headerValue: SlotFacts("Its value."),
                .deliveredTo: SlotFacts("The subscriptions that get the events."),
                .notDeliveredTo: SlotFacts("The subscriptions that do not."),
                .deadLetteredTo: SlotFacts("The queue that keeps what was given up."),
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
