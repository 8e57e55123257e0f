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
        "init", "check", "fmt", "convert", "test", "explain", "graph", "compile", "schema", "version", "completion",
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

    private func commandLine() throws -> String {
        var text = """
            # Command line

            What `weir VERB --help` prints, made from the program. Every verb ends with 0 when all is well, 1 with findings, failed
            tests or unformatted files, 2 for wrong usage or nothing to do, and 3 for a fault of ours or a file that cannot be read
            or written.

            """
        for verb in Self.verbs {
            let help = try WeirProgram.run(verb, "--help").output
            let lines = help.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let trimmed = lines.map { $0.replacing(/\s+$/, with: "") }.joined(separator: "\n")
            text += "\n## weir \(verb)\n\n```text\n\(trimmed.trimmingCharacters(in: .newlines))\n```\n"
        }
        return text
    }
}
