// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirAnalysis
import WeirCompiler
import WeirExport
import WeirPolicy
import WeirSyntax

/// Pages that are made from the source and must say what it says now.
@Suite struct GeneratedPageTests {
    static let verbs = [
        "init", "check", "fmt", "convert", "test", "explain", "graph", "api", "api at", "api timeline", "api changelog",
        "api publish", "api usage", "api import", "api stamp", "events", "events asyncapi", "events definitions",
        "dlq", "dlq list", "dlq show", "dlq replay", "dlq purge",
        "compile", "schema",
        "version",
        "completion",
    ]

    static let pages: [String] = ["findings.md", "command-line.md", "weir.schema.json", "policies.md"]

    @Test(arguments: pages) func `a generated page is what its source makes of it now`(name: String) throws {
        let made = try text(of: name)
        let url = Repository.root.appending(path: "docs/reference/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
            try Data(made.utf8).write(to: url)
        }
        let kept = try String(contentsOf: url, encoding: .utf8)
        #expect(kept == made, "run `UPDATE_SNAPSHOTS=1 swift test --filter GeneratedPageTests` and read the difference")
    }

    private func text(of name: String) throws -> String {
        switch name {
        case "findings.md": FindingsPage.text
        case "weir.schema.json": YAMLFormSchema.json.indentedText
        case "policies.md": PoliciesPage.text(try #require(try ReferencePolicyTests.text().graph()))
        default: try commandLine()
        }
    }

    @Test func `the page of the command line has every verb, and every verb below it`() throws {
        let found = try Self.subcommands(help("")).flatMap { verb in
            [verb] + (try Self.subcommands(help(verb)).map { "\(verb) \($0)" })
        }
        #expect(found.count > 15 && found.sorted() == Self.verbs.sorted())
    }

    /// The words of a help's list of subcommands; words of descriptions stand further in.
    private static func subcommands(_ help: String) -> [String] {
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != "SUBCOMMANDS:" }
            .dropFirst()
        return lines.prefix { !$0.isEmpty }.compactMap { $0.firstMatch(of: /^ {2}(\S+)/).map { String($0.1) } }
    }

    private func help(_ verb: String) throws -> String {
        try WeirProgram.run(arguments: verb.split(separator: " ").map(String.init) + ["--help"]).output
    }

    private func commandLine() throws -> String {
        var text = """
            # Command line

            What `weir VERB --help` prints, made from the program. Every verb ends with 0 when all is well, 1 with findings, failed
            tests or unformatted files, 2 for wrong usage or nothing to do, and 3 for a fault of ours or a file that cannot be read
            or written.

            """
        for verb in Self.verbs {
            let help = try help(verb)
            let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let trimmed = lines.map { $0.replacing(/\s+$/, with: "") }.joined(separator: "\n")
            text += "\n## weir \(verb)\n\n```text\n\(trimmed.trimmingCharacters(in: .newlines))\n```\n"
        }
        return text
    }
}
