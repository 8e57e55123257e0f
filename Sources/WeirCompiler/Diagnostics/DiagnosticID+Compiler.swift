// SPDX-License-Identifier: Apache-2.0

public import WeirSyntax

extension DiagnosticID {
    /// A reference to nothing.
    public static let unknownName = DiagnosticID("names/unknown-name", "N001", summary: "A reference to nothing.")
    /// Two declarations of one name.
    public static let duplicateName = DiagnosticID(
        "names/duplicate-name", "N002", summary: "Two declarations of one name.")
    /// A thing of one kind, or a value of one type, where another is due.
    public static let wrongKind = DiagnosticID(
        "names/wrong-kind", "N003", summary: "A thing of one kind, or a value of one type, where another is due.")
    /// Policies that extend each other in a circle.
    public static let extendsCycle = DiagnosticID(
        "names/extends-cycle", "N004", summary: "Policies that extend each other in a circle.")
    /// A step that is new in a child and does not say where it goes.
    public static let unplacedStep = DiagnosticID(
        "names/unplaced-step", "N005", summary: "A step that is new in a child and does not say where it goes.")
    /// A step that is taken out and is not there.
    public static let removedMissingStep = DiagnosticID(
        "names/removed-missing-step", "N006", .warning, summary: "A step that is taken out and is not there.")
    /// A policy that nothing names, in a workspace that says what calls what.
    public static let unusedPolicy = DiagnosticID(
        "names/unused-policy", "N007", .warning, summary: "A policy that nothing names, where calls are declared.")
    /// A shared step that no policy refers to.
    public static let unusedShared = DiagnosticID(
        "names/unused-shared", "N008", .warning, summary: "A shared step that no policy refers to.")
    /// A constant that nothing reads.
    public static let unusedLet = DiagnosticID(
        "names/unused-let", "N009", .warning, summary: "A constant that nothing reads.")
    /// A package that is brought in for nothing.
    public static let unusedUse = DiagnosticID(
        "names/unused-use", "N010", .warning, summary: "A package that is brought in for nothing.")
    /// Packages that use each other in a circle.
    public static let useCycle = DiagnosticID(
        "names/use-cycle", "N011", summary: "Packages that use each other in a circle.")
    /// A `package` that is not the file's directory.
    public static let misplacedPackage = DiagnosticID(
        "names/misplaced-package", "N012", summary: "A `package` that is not the file's directory.")
    /// Two steps of one kind in one pipeline that nothing tells apart.
    public static let repeatedStep = DiagnosticID(
        "names/repeated-step", "N013", summary: "Two steps of one kind in one pipeline that nothing tells apart.")
    /// Settings beside a reference to a shared step.
    public static let settingsOnReference = DiagnosticID(
        "names/settings-on-reference", "N014", summary: "Settings beside a reference to a shared step.")
    /// A `was` that names something that is still declared, or that two things claim.
    public static let renamedTwice = DiagnosticID(
        "names/renamed-twice", "N020", summary: "A `was` that names something that is still declared, or claimed twice."
    )
    /// A setting that means nothing without another one.
    public static let incompleteSetting = DiagnosticID(
        "names/incomplete-setting", "N021", summary: "A setting that means nothing without another one.")
    /// A step outside of the deadline that the deadline does not bound.
    public static let deadlineNotOutermost = DiagnosticID(
        "timing/deadline-not-outermost", "T011",
        summary: "A step outside of the deadline that the deadline does not bound.")
    /// Attempts without number that nothing ends.
    public static let endlessRetry = DiagnosticID(
        "retry/endless-retry", "R015", summary: "Attempts without number that nothing ends.")
    /// A field compared with a value of a type that it never holds.
    public static let filterTypeMismatch = DiagnosticID(
        "events/filter-type-mismatch", "E016", summary: "A field compared with a value of a type that it never holds.")
    /// A declaration without something that it cannot do without.
    public static let incompleteDeclaration = DiagnosticID(
        "events/incomplete-declaration", "E023",
        summary: "A declaration without something that it cannot do without, such as a subscription without a queue.")
    /// A pattern where the exchange looks at none, or none where it needs one.
    public static let unusablePattern = DiagnosticID(
        "events/unusable-pattern", "E024",
        summary: "A pattern where the exchange looks at none, or none where it needs one.")
    /// A field with a name that filters read as something else.
    public static let reservedField = DiagnosticID(
        "events/reserved-field", "E025", summary: "A field with a name that filters read as something else.")
    /// A version that is switched off without having been deprecated.
    public static let sunsetWithoutDeprecation = DiagnosticID(
        "api/sunset-without-deprecation", "A001",
        summary: "A version or route that is switched off without having been deprecated.")
    /// A version that is switched off earlier than was promised.
    public static let supportWindowTooShort = DiagnosticID(
        "api/support-window-too-short", "A002",
        summary: "A date that breaks the API's own promise of how long, or how early.")
    /// A default version that is deprecated.
    public static let deprecatedDefault = DiagnosticID(
        "api/deprecated-default", "A005", summary: "A default version that is deprecated, or gone.")
    /// Versions that succeed each other in a circle.
    public static let successorCycle = DiagnosticID(
        "api/successor-cycle", "A007", summary: "Versions that succeed, or extend, each other in a circle.")
    /// A successor that goes no later than what it succeeds.
    public static let successorDiesFirst = DiagnosticID(
        "api/successor-dies-first", "A008", summary: "A successor that goes no later than what it succeeds.")
    /// A version that no API has.
    public static let unknownVersion = DiagnosticID(
        "api/unknown-version-routed", "A009", summary: "A version that the API does not declare.")
    /// Dates that cannot follow each other.
    public static let datesOutOfOrder = DiagnosticID(
        "api/dates-out-of-order", "A010", summary: "Dates of a version that cannot follow each other.")
    /// A published date that moves to an earlier moment.
    public static let publishedDateMoved = DiagnosticID(
        "api/published-date-moved", "A011",
        summary: "A published date that moves to an earlier moment, or a published version that is gone.")
    /// A date that the file of published dates does not have.
    public static let unpublishedDate = DiagnosticID(
        "api/unpublished-date", "A012", .warning,
        summary: "A date that the file of published dates does not have yet.")
    /// A file of published dates that cannot be read.
    public static let unreadablePublishedDates = DiagnosticID(
        "api/unreadable-published-dates", "A013", summary: "A file of published dates that is none.")
    /// A successor that is not there in time, or not settled.
    public static let successorNotReady = DiagnosticID(
        "api/successor-not-ready", "A018",
        summary: "A successor that is not there when its predecessor ends, or that is only a preview.")
    /// An event that is published to an exchange that does not carry it.
    public static let notCarried = DiagnosticID(
        "events/not-carried", "E026", summary: "An event that is published to an exchange that does not carry it.")
    /// A test without a call or without a claim.
    public static let testAssertsNothing = DiagnosticID(
        "tests/test-asserts-nothing", "X002", summary: "A test without a call or without a claim.")
}
