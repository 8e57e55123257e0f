// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirExport
import WeirPolicy
import WeirWorkspace

/// `weir api changelog`: what changed for clients.
struct ApiChangelogVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changelog",
        abstract: "Lists what changed of APIs since another state of the policies.",
        discussion: """
            EXAMPLES
              weir api changelog --against main
              weir api changelog --against v1.4.0 policies/gateway
              weir api changelog --against ../released/policies
            """)

    @OptionGroup var workspace: WorkspaceArguments
    @OptionGroup var selection: ApiSelection

    @Option(
        help: ArgumentHelp("A directory with the policies as they were, or a revision of git.", valueName: "ref"))
    var against: String

    func run() throws {
        let compiled = CompiledWorkspace(try workspace.whole())
        let now = try selection.apis(of: compiled)
        let before = try EarlierWorkspace.apis(against, root: compiled.root.path)
        let wanted = Set(now.map(\.name))
        let old = before.filter { selection.api == nil || wanted.contains($0.name) }
        let text = ApiChangelog.text(from: old, to: now)
        Terminal.standardOutput.write(text.isEmpty ? "Nothing changed for clients.\n" : text)
    }
}
