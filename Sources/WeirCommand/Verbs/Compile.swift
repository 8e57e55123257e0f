// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirCompiler
import WeirPolicy

/// `weir compile`: the policy graph as canonical JSON, the same bytes for the same meaning.
struct Compile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compiles a workspace to one file that a service loads.",
        discussion: """
            The file is canonical JSON: equal policies give equal bytes, whichever form
            they are written in. The places of everything in it go to a second file, so
            that messages of a running service still name file and line.

            EXAMPLES
              weir compile policies -o policies.json
              weir compile -o live.json --env production --source-map live.map.json
              weir compile policies | sha256sum
            """)

    @OptionGroup var workspace: WorkspaceArguments

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    @Option(name: .customLong("env"), help: "The environment whose overlays are laid over the base.")
    var environment: String?

    @Option(help: ArgumentHelp("Where to write the places of everything.", valueName: "file"))
    var sourceMap: String?

    func run() throws {
        let compiled = CompiledWorkspace(try workspace.whole())
        try compiled.requireSound()
        let graph = try compiled.graph(environment: environment)
        if output == "-" {
            Terminal.standardOutput.write(String(decoding: graph.canonicalJSON, as: UTF8.self) + "\n")
        } else {
            try FileWriting.replace(output, with: graph.canonicalJSON + [UInt8(ascii: "\n")])
        }
        if let sourceMap {
            try FileWriting.replace(sourceMap, with: SourceMap(graph).canonicalJSON + [UInt8(ascii: "\n")])
        }
        let counts =
            "\(Self.count(graph.policies.count, "policy", "policies")), "
            + Self.count(graph.operations.count, "operation", "operations")
        Terminal.standardError.line("\(graph.contentHash.prefix(12)) · \(counts)")
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
