// SPDX-License-Identifier: Apache-2.0

import WeirSyntax

/// The reference page of one statement.
struct StatementPage {
    let row: StatementRow

    /// The page as Markdown.
    var text: String {
        """
        # \(LanguagePages.title(of: row))

        \(row.summary) It stands in \(places).

        ## Forms

        ```text
        \(pattern)
        ```

        \(block)

        In YAML, it stands \(placement), as \(shape).\(row.repeats ? " It may stand more than once." : "")

        """ + parameters + enforcement + example + inside
    }

    /// The pattern; one that is long has its choices below each other.
    private var pattern: String {
        guard row.pattern.count > 100 else { return row.pattern }
        return row.pattern.replacing(" | ", with: "\n    | ")
    }

    private var places: String { listed(row.places.map(\.words), "and in") }

    private var block: String {
        switch row.block {
        case .required: "A block must follow; [below](#inside) is what may stand in it."
        case .optional: "A block may follow; [below](#inside) is what may stand in it."
        case nil: "It has no block."
        }
    }

    // MARK: YAML

    private var placement: String {
        switch row.yaml.placement {
        case .key(let key): "under the key `\(key)`"
        case .list(let key): "in the list `\(key)`"
        case .named(let key, let slot): "in the mapping `\(key)`, under its `\(slot.key)`"
        case .phrased(let key, let phrase): "in the mapping `\(key)`, under `\(phrase.word.key) \(phrase.text.key)`"
        case .step(let key): "in the list of steps, as `- \(key):`"
        }
    }

    private var shape: String {
        switch row.yaml.shape {
        case .scalar(let slot): "the value of `\(slot.key)`"
        case .mapping: "a mapping"
        case .scalarOrMapping(let slot): "the value of `\(slot.key)`, or as a mapping"
        case .flag(let truth): "`\(truth)`"
        case .flagOrMapping: "`true`, or as a mapping"
        case .phrase: "the words of the pattern"
        }
    }

    // MARK: Sections

    private var parameters: String {
        let parameters = row.parameters
        guard !parameters.isEmpty else { return "\n## Values\n\nIt has none.\n" }
        var text = "\n## Values\n\n| name | value | bounds | default | meaning |\n|---|---|---|---|---|\n"
        for parameter in parameters {
            let meaning = parameter.facts?.summary ?? ""
            let gap = parameter.facts?.gap.map { " \(Self.gap($0))" } ?? ""
            let cells = [
                "`\(parameter.key)`", parameter.values, parameter.bounds ?? "", parameter.facts?.byDefault ?? "",
                meaning + gap,
            ]
            text += "| \(cells.joined(separator: " | ")) |\n"
        }
        return text
    }

    private static func gap(_ gap: SlotFacts.Gap) -> String {
        guard !gap.enforced.isEmpty else { return "This version does not enforce it (`\(gap.id)`)." }
        let enforced = gap.enforced.sorted().map { "`\($0)`" }.joined(separator: ", ")
        return "This version enforces \(enforced) only (`\(gap.id)`)."
    }

    private var enforcement: String {
        switch row.capability {
        case .enforced: "\n## Enforcement\n\n\(Enforcer(row).sentence)\n"
        case .attached(let id):
            """

            ## Enforcement

            What a service attaches enforces it: what serves an API, by `WeirConfiguration.apis`, or a bus, by
            `WeirConfiguration.events`; without that, `Weir.load` refuses files with it as `\(id)`, unless `WeirConfiguration.enforcedElsewhere` says that somebody else does.

            """
        case .declaredOnly(let id):
            """

            ## Enforcement

            This version checks it and compiles it; no module enforces it. `Weir.load` refuses files with it as `\(id)`, unless
            `WeirConfiguration.enforcedElsewhere` says that somebody else does.

            """
        }
    }

    private var example: String {
        let neighbour = row.sampleNeighbour
        let beside = neighbour == nil ? "" : " beside platform"
        let other = neighbour.map { file in
            "\nIt brings in this package:\n\n```policy\n\(String(decoding: file.bytes, as: UTF8.self))```\n"
        }
        let file = row.sample
        let tested = file.bytes.starts(with: Array("test ".utf8)) ? " tested" : ""
        guard case .converted(let yaml) = Converter.convert(file, to: .yaml) else { return "" }
        return """

            ## Example

            ```policy\(beside)\(tested)
            \(String(decoding: file.bytes, as: UTF8.self))```

            ```yaml policy\(beside)
            \(String(decoding: yaml, as: UTF8.self))```

            """ + (other ?? "")
    }

    private var inside: String {
        guard let kind = row.block?.kind else { return "" }
        var text = "\n## Inside\n\n| statement | what it does |\n|---|---|\n"
        for inner in LanguageTable.rows where inner.places.contains(kind) {
            text += "| [`\(LanguagePages.title(of: inner))`](\(LanguagePages.name(of: inner))) | \(inner.summary) |\n"
        }
        return text
    }

    private func listed(_ words: [String], _ last: String) -> String {
        guard words.count > 1, let end = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(last) " + end
    }
}
