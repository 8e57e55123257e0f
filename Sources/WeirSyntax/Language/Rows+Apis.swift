// SPDX-License-Identifier: Apache-2.0

extension StatementRow.Capability {
    /// The routes that a web server attaches negotiate versions and enforce their dates.
    static let apiLifecycle = StatementRow.Capability.attached(id: "api-lifecycle")
}

extension LanguageTable {
    private static let replies = 300...599

    /// APIs: which versions there are, and how a request chooses one.
    static let apiRows: [StatementRow] = [
        StatementRow(
            .api, in: [.file], "api <name:name>", block: .required(.api),
            yaml: YAMLForm(.named("apis", by: .name), .mapping), repeats: true,
            slots: [.name: SlotFacts("The API's name in its package.")], capability: .apiLifecycle,
            "Declares an API and the lifecycle of its versions.",
            example: "api orders {\n  served by checkout\n  version v1 {\n    released 2025-09-15\n  }\n}"),
        StatementRow(
            .servedBy, in: [.api], "served by <served-by:path>", yaml: YAMLForm(.key("served-by"), .scalar(.servedBy)),
            slots: [.servedBy: SlotFacts("The service.")], capability: .apiLifecycle,
            "Names the service that answers.", example: "served by checkout"),
        StatementRow(
            .apiBase, in: [.api], "base <base:text>", yaml: YAMLForm(.key("base"), .scalar(.base)),
            slots: [.base: SlotFacts("The path that all routes begin with.", byDefault: "none")],
            capability: .apiLifecycle, "Gives the path that stands before every route.", example: "base \"/api\""),
        StatementRow(
            .supportAfterDeprecation, in: [.api],
            "support each version at least <support-after-deprecation:period> after deprecation",
            yaml: YAMLForm(.key("support-after-deprecation"), .scalar(.supportAfterDeprecation)),
            slots: [.supportAfterDeprecation: SlotFacts("From a version's deprecation to its sunset at least.")],
            capability: .apiLifecycle, "Promises how long a deprecated version is served.",
            example: "support each version at least 12 months after deprecation"),
        StatementRow(
            .supportAfterSuccessor, in: [.api],
            "support each version at least <support-after-successor:period> after its successor",
            yaml: YAMLForm(.key("support-after-successor"), .scalar(.supportAfterSuccessor)),
            slots: [
                .supportAfterSuccessor: SlotFacts("From the successor's release to the version's sunset at least.")
            ],
            capability: .apiLifecycle, "Promises how long a version is served beside its successor.",
            example: "support each version at least 12 months after its successor"),
        StatementRow(
            .announceAhead, in: [.api], "announce at least <announce-ahead:period> before deprecation",
            yaml: YAMLForm(.key("announce-ahead"), .scalar(.announceAhead)),
            slots: [.announceAhead: SlotFacts("From a version's announcement to its deprecation at least.")],
            capability: .apiLifecycle, "Promises how early a deprecation is announced.",
            example: "announce at least 6 months before deprecation"),
        StatementRow(
            .neverShorten, in: [.api], "never shorten dates published in <never-shorten:text>",
            yaml: YAMLForm(.key("never-shorten"), .scalar(.neverShorten)),
            slots: [.neverShorten: SlotFacts("The file, kept beside the policies, that remembers published dates.")],
            capability: .apiLifecycle, "Makes every published date a promise.",
            example: "never shorten dates published in \"orders.dates.json\""),
        StatementRow(
            .chooseVersion, in: [.api], "choose version by <choose-version-by:reader,...>",
            yaml: YAMLForm(.key("choose-version-by"), .scalar(.chooseVersionBy)),
            slots: [
                .chooseVersionBy: SlotFacts(
                    "Where a request may name its version, with `{version}` in its place; in order.")
            ],
            capability: .apiLifecycle, "Says where a request names its version.",
            example: "choose version by path \"/{version}/\", header \"X-API-Version\""),
        StatementRow(
            .disagreement, in: [.api], "versions that disagree are <versions-that-disagree:=refused/ranked>",
            yaml: YAMLForm(.key("versions-that-disagree"), .scalar(.versionsThatDisagree)),
            slots: [
                .versionsThatDisagree: SlotFacts(
                    "Refused with 400, or the first place that names one wins.", byDefault: "refused")
            ],
            capability: .apiLifecycle, "Says what happens when a request names two versions.",
            example: "versions that disagree are ranked"),
        StatementRow(
            .withoutVersion, in: [.api],
            "without version use <without-version:version+=latest-stable/oldest/pinned/none>",
            yaml: YAMLForm(.key("without-version"), .scalar(.withoutVersion)),
            slots: [
                .withoutVersion: SlotFacts(
                    "A version, the newest stable one, the oldest, the consumer's pin, or none, which is refused.",
                    byDefault: "none")
            ],
            capability: .apiLifecycle, "Chooses the version of requests that name none.",
            example: "without version use v2"),
        StatementRow(
            .pin, in: [.api], "pin <name:text> to <version:version>",
            yaml: YAMLForm(.named("pins", by: .name), .scalar(.version)), repeats: true,
            slots: [.name: SlotFacts("The consumer."), .version: SlotFacts("The version it gets.")],
            capability: .apiLifecycle, "Gives a consumer that names no version one of its own.",
            example: "pin \"acme\" to v1"),
        StatementRow(
            .nearestEarlier, in: [.api], "choose nearest earlier version",
            yaml: YAMLForm(.key("choose-nearest-earlier-version"), .flag(true)), capability: .apiLifecycle,
            "Takes for a date that is no version the newest version before it.",
            example: "choose nearest earlier version"),
        StatementRow(
            .neutral, in: [.api], "neutral <neutral:text,...>", yaml: YAMLForm(.key("neutral"), .scalar(.neutral)),
            slots: [.neutral: SlotFacts("The paths.")], capability: .apiLifecycle,
            "Names paths that have no version.", example: "neutral \"/api/health\""),
        StatementRow(
            .alwaysAvailable, in: [.api], "always available <always-available:text,...>",
            yaml: YAMLForm(.key("always-available"), .scalar(.alwaysAvailable)),
            slots: [.alwaysAvailable: SlotFacts("The paths, with the version in its place.")],
            capability: .apiLifecycle,
            "Names paths that outlive their version's sunset.",
            example: "always available \"/api/v1/system/deprecations\""),
        StatementRow(
            .countUsage, in: [.api], "count usage by <count-usage-by:consumer,...>",
            yaml: YAMLForm(.key("count-usage-by"), .scalar(.countUsageBy)),
            slots: [.countUsageBy: SlotFacts("Where a request names its consumer; the first that does counts.")],
            capability: .apiLifecycle, "Counts who still calls what.",
            example: "count usage by header \"X-Client-Id\", claim \"sub\""),
        StatementRow(
            .usageAlert, in: [.api], "alert of deprecated calls within <alert-within:period> of sunset",
            yaml: YAMLForm(.key("alert-within"), .scalar(.alertWithin)),
            slots: [.alertWithin: SlotFacts("How long before the sunset.")], capability: .apiLifecycle,
            "Raises an alert while a version is still called shortly before its sunset.",
            example: "alert of deprecated calls within 30 days of sunset"),
    ]

    /// The status of each way in which a request can miss its version.
    static let replyRows: [StatementRow] = [
        reply(
            .unknownVersion, "unknown", .unknownVersionReplies, "404 in a path, 400 elsewhere, 406 in `Accept`",
            "Sets the answer to a version that does not exist.", example: 404),
        reply(
            .malformedVersion, "malformed", .malformedVersionReplies, "400",
            "Sets the answer to what stands where a version is due and is none.", example: 422),
        reply(
            .ambiguousVersion, "ambiguous", .ambiguousVersionReplies, "400",
            "Sets the answer to a request that names two versions.", example: 409),
        reply(
            .unspecifiedVersion, "unspecified", .unspecifiedVersionReplies, "400",
            "Sets the answer to a request that names no version where there is no default.", example: 428),
        reply(
            .unacceptableVersion, "unacceptable", .unacceptableVersionReplies, "406",
            "Sets the answer to an `Accept` that takes no version that is served.", example: 415),
        reply(
            .unknownBodyVersion, "unknown body", .unknownBodyVersionReplies, "415",
            "Sets the answer to a body of a version that does not exist, by its `Content-Type`.", example: 400),
    ]

    private static func reply(
        _ form: Form, _ word: String, _ slot: Slot, _ standard: String, _ summary: String, example: Int
    ) -> StatementRow {
        StatementRow(
            form, in: [.api], "\(word) version replies <\(slot.key):integer>",
            yaml: YAMLForm(.key(slot.key), .scalar(slot)),
            slots: [slot: SlotFacts("The status.", byDefault: standard, bounds: replies)], capability: .apiLifecycle,
            summary, example: "\(word) version replies \(example)")
    }
}
