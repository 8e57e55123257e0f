// SPDX-License-Identifier: Apache-2.0

extension LanguageTable {
    private static let replies = 300...599
    private static let lifecycle: [BlockKind] = [.version, .apiRoute]

    /// Versions of an API, their dates and their routes.
    static let versionRows: [StatementRow] = [
        StatementRow(
            .version, in: [.api], "version <name:version> [extends <extends:version>]", block: .required(.version),
            yaml: YAMLForm(.named("versions", by: .name), .mapping), repeats: true,
            slots: [
                .name: SlotFacts("The version, a number or a day."),
                .extends: SlotFacts("The version whose routes it starts from."),
            ],
            capability: .apiLifecycle, "Declares a version of the API.",
            example: "version v2 {\n  released 2025-09-15\n  POST \"/orders\" goes to checkout.place-order\n}"),
        StatementRow(
            .released, in: [.version], "released <released:date+instant>",
            yaml: YAMLForm(.key("released"), .scalar(.released)),
            slots: [.released: SlotFacts("From when on it is served.")], capability: .apiLifecycle,
            "Says from when on the version is served.", example: "released 2025-09-15"),
        StatementRow(
            .announced, in: [.version], "announced <announced:date+instant>",
            yaml: YAMLForm(.key("announced"), .scalar(.announced)),
            slots: [.announced: SlotFacts("When its deprecation was announced.")], capability: .apiLifecycle,
            "Says when the version's deprecation was announced.", example: "announced 2025-09-01"),
        StatementRow(
            .deprecated, in: lifecycle, "deprecated <deprecated:date+instant>",
            yaml: YAMLForm(.key("deprecated"), .scalar(.deprecated)),
            slots: [.deprecated: SlotFacts("From when on nobody new should use it.")], capability: .apiLifecycle,
            "Says from when on it is deprecated.", example: "deprecated 2026-03-01"),
        StatementRow(
            .sunset, in: lifecycle, "sunset <sunset:date+instant>", yaml: YAMLForm(.key("sunset"), .scalar(.sunset)),
            slots: [.sunset: SlotFacts("From when on it is not served any more.")], capability: .apiLifecycle,
            "Says when it is switched off.", example: "sunset 2027-03-01"),
        StatementRow(
            .removed, in: [.version], "removed <removed:date+instant>",
            yaml: YAMLForm(.key("removed"), .scalar(.removed)),
            slots: [.removed: SlotFacts("From when on it is told to be unknown, after its sunset.")],
            capability: .apiLifecycle, "Says when requests are no longer told that there was such a version.",
            example: "removed 2028-03-01"),
        StatementRow(
            .stability, in: [.version], "stability <stability:=preview/stable>",
            yaml: YAMLForm(.key("stability"), .scalar(.stability)),
            slots: [
                .stability: SlotFacts("A preview may change, and is never chosen by default.", byDefault: "stable")
            ],
            capability: .apiLifecycle, "Says whether the version may still change.", example: "stability preview"),
        StatementRow(
            .successor, in: [.version], "successor <successor:version>",
            yaml: YAMLForm(.key("successor"), .scalar(.successor)),
            slots: [.successor: SlotFacts("Another version of the API.")], capability: .apiLifecycle,
            "Names the version that takes its place.", example: "successor v2"),
        StatementRow(
            .routeSuccessor, in: [.apiRoute], "successor <successor:text>",
            yaml: YAMLForm(.key("successor"), .scalar(.successor)),
            slots: [.successor: SlotFacts("A path or an address.")], capability: .apiLifecycle,
            "Names what takes the route's place.", example: "successor \"/api/v2/exports\""),
        StatementRow(
            .guide, in: lifecycle, "guide <guide:text>", yaml: YAMLForm(.key("guide"), .scalar(.guide)),
            slots: [.guide: SlotFacts("The address of a page.")], capability: .apiLifecycle,
            "Links to how to move away.", example: "guide \"https://developers.shop.example/migrate/v1-to-v2\""),
        StatementRow(
            .lifecycleReason, in: lifecycle, "reason <reason:text>", yaml: YAMLForm(.key("reason"), .scalar(.reason)),
            slots: [.reason: SlotFacts("One sentence.")], capability: .apiLifecycle, "Says why it ends.",
            example: "reason \"orders have several addresses now\""),
        StatementRow(
            .brownout, in: [.version], "brownout <at:instant> for <for:duration> [replies <status:integer>]",
            yaml: YAMLForm(.list("brownouts"), .mapping), repeats: true,
            slots: [
                .at: SlotFacts("When it begins."), .for: SlotFacts("How long it lasts."),
                .status: SlotFacts("The answer meanwhile.", byDefault: "410", bounds: replies),
            ],
            capability: .apiLifecycle, "Switches the version off for a while, so that who still uses it notices.",
            example: "brownout 2026-11-04T14:00:00Z for 1h replies 503"),
        StatementRow(
            .grace, in: [.version], "grace for <name:text> until <until:date+instant>",
            yaml: YAMLForm(.named("grace", by: .name), .scalar(.until)), repeats: true,
            slots: [.name: SlotFacts("The consumer."), .until: SlotFacts("Until when it is served.")],
            capability: .apiLifecycle, "Serves one consumer beyond the sunset.",
            example: "grace for \"acme\" until 2027-06-01"),
        StatementRow(
            .afterSunset, in: [.version], "after sunset replies <after-sunset-replies:integer>",
            yaml: YAMLForm(.key("after-sunset-replies"), .scalar(.afterSunsetReplies)),
            slots: [.afterSunsetReplies: SlotFacts("The status.", byDefault: "410", bounds: replies)],
            capability: .apiLifecycle, "Sets the answer after the sunset.", example: "after sunset replies 410"),
        StatementRow(
            .emergency, in: [.version], "emergency <emergency:text>",
            yaml: YAMLForm(.key("emergency"), .scalar(.emergency)),
            slots: [.emergency: SlotFacts("The reason, for those who relied on the date.")], capability: .apiLifecycle,
            "Breaks the promise of published dates, with a reason.", example: "emergency \"leaks addresses\""),
        StatementRow(
            .apiRoute, in: [.version], "<method:method> <route:text> goes to <to:path>", block: .optional(.apiRoute),
            yaml: YAMLForm(.phrased("routes", by: YAMLForm.Phrase(.method, .route)), .scalarOrMapping(.to)),
            repeats: true,
            slots: [
                .method: SlotFacts("GET, HEAD, POST, PUT, PATCH or DELETE."),
                .route: SlotFacts("The path below base and version, with parameters in braces."),
                .to: SlotFacts("The operation that answers."),
            ],
            capability: .apiLifecycle, "Sends the requests of a route to an operation.",
            example: "POST \"/orders\" goes to checkout.place-order"),
        StatementRow(
            .removeRoute, in: [.version], "remove <method:method> <route:text>",
            yaml: YAMLForm(.list("remove-routes"), .phrase), repeats: true,
            slots: [.method: SlotFacts("The method."), .route: SlotFacts("The path.")], capability: .apiLifecycle,
            "Takes out a route of the extended version.", example: "remove POST \"/orders/search\""),
    ]
}
