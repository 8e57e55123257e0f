// SPDX-License-Identifier: Apache-2.0

/// The one table that describes the language; parser, YAML reader, formatter, schema, completion and pages read it.
public enum LanguageTable {
    /// All rows, one for each ``Form``, in the order of the reference pages.
    public static let rows: [StatementRow] =
        fileRows + pipelineRows + stepRows + outerStepRows + retryRows + breakerRows + capacityRows + serviceRows
        + apiRows + replyRows + versionRows + eventRows + subscriptionRows + busRows + sagaRows + environmentRows
        + testRows

    private static let byForm: [Form: StatementRow] = Dictionary(rows.map { ($0.form, $0) }) { first, _ in first }

    /// The row of a form; every form has one, which a test checks.
    public static func row(_ form: Form) -> StatementRow? { byForm[form] }
}

extension StatementRow {
    /// A row in the order a reader asks: what it is, where it stands, how it is written, what it means.
    init(
        _ form: Form, in places: [BlockKind], _ pattern: String, block: Block? = nil, yaml: YAMLForm,
        repeats: Bool = false, slots: [Slot: SlotFacts] = [:], capability: Capability = .enforced,
        _ summary: String, example: String
    ) {
        self.form = form
        self.places = places
        self.pattern = pattern
        self.block = block
        self.yaml = yaml
        self.repeats = repeats
        self.summary = summary
        self.slots = slots
        self.capability = capability
        self.example = example
    }
}
