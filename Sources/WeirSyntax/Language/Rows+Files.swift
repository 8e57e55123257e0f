// SPDX-License-Identifier: Apache-2.0

extension LanguageTable {
    /// What stands at the top of files, and `let` and `allow`.
    static let fileRows: [StatementRow] = [
        StatementRow(
            .edition, in: [.file], "edition <number:integer>", yaml: YAMLForm(.key("edition"), .scalar(.number)),
            slots: [.number: SlotFacts("The edition of the grammar.", byDefault: "1", bounds: 1...1)],
            "States which edition of the grammar the file is written in.", example: "edition 1"),
        StatementRow(
            .package, in: [.file], "package <path:path>", yaml: YAMLForm(.key("package"), .scalar(.path)),
            slots: [.path: SlotFacts("The directory's path below the workspace root, with dots.")],
            "Names the package; it equals the directory's path.", example: "package shop.checkout"),
        StatementRow(
            .use, in: [.file], "use <path:path> [as <as:name>]",
            yaml: YAMLForm(.list("use"), .scalarOrMapping(.path)), repeats: true,
            slots: [
                .path: SlotFacts("The package whose names are brought in."),
                .as: SlotFacts("The name it gets here.", byDefault: "the path's last part"),
            ],
            "Brings the names of another package into this file, under that package's last name.",
            example: "use shop.platform"),
        StatementRow(
            .constant, in: [.file, .environment], "let <name:name> = <value:literal>",
            yaml: YAMLForm(.named("let", by: .name), .scalar(.value)), repeats: true,
            slots: [
                .name: SlotFacts("The name that `$name` reads."),
                .value: SlotFacts("A literal; never an expression."),
            ],
            "Gives a literal a name.", example: "let card-budget = 2s"),
        StatementRow(
            .allow,
            in: [
                .file, .policy, .service, .operation, .environment, .api, .version, .event, .exchange, .queue,
                .subscription, .bus, .saga, .audit, .chaosProfile,
            ],
            "allow <rules:rule,...> because <because:text> [until <until:date>]",
            yaml: YAMLForm(.list("allow"), .mapping), repeats: true,
            slots: [
                .rules: SlotFacts("The rules that are allowed to be broken here."),
                .because: SlotFacts("The reason, for the next reader."),
                .until: SlotFacts("The day from which the rule holds again."),
            ],
            "Silences a lint rule here, with a reason and, better, an end.",
            example: "allow missing-load because \"measured from May\" until 2026-12-31"),
    ]
}
