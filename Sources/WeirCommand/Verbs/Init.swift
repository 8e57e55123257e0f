// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirPolicy
import WeirSyntax
import WeirWorkspace

/// `weir init`: policies to begin with, with their tests.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes policies to begin with, and their tests.",
        discussion: """
            The files are written for people: put your names and numbers in the place of
            theirs. A file that exists is never written over. Inside of a workspace its
            `weir.yaml` is kept; several presets may stand in one directory.

            PRESETS
              http-client       a service that calls others over HTTP
              database          a service and its database
              cache             a service, its cache, and what is behind the cache
              message-consumer  a service that handles messages of a queue
              batch             work that nobody waits for

            EXAMPLES
              weir init                                    policies for an HTTP client
              weir init --preset database policies/orders  into another directory
              weir init --preset batch --form yaml         the same language, as YAML
            """)

    @Argument(help: "Where to write; made if it is not there.", completion: .directory)
    var directory = "policies"

    @Option(help: "What to begin with: http-client, database, cache, message-consumer or batch.")
    var preset = Preset.httpClient

    @Option(help: "The form of the files: weir or yaml.")
    var form = WrittenForm.weir

    func run() throws {
        let written = try preset.files(in: form).map { (path: place($0.path), bytes: $0.bytes) }
        for (path, _) in written where FileWriting.exists(path) {
            throw CommandError("`\(path)` exists, and stays as it is; nothing was written")
        }
        try FileWriting.createDirectories(directory)
        var made: [String] = []
        for (path, bytes) in try shared() + written where try FileWriting.create(path, with: bytes) {
            made.append(path)
        }
        let output = Terminal.standardOutput
        output.write(made.map { "wrote \($0)\n" }.joined())
        let target = directory == "." ? "" : " \(directory)"
        let next = ["check", "test", preset.nextCommand].map { "  weir \($0)\(target)\n" }
        output.write("\nnext\n" + next.joined())
    }

    /// What all presets of a directory share, and what is kept where it exists.
    private func shared() throws -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = []
        if !WorkspaceRoot.discover(from: directory).rootIsKnown {
            files.append((place(WorkspaceRoot.settingsFile), Preset.settings))
        }
        if form == .yaml {
            files.append((place(Preset.schemaFile), Array(YAMLFormSchema.json.indentedText.utf8)))
        }
        return files
    }

    private func place(_ name: String) -> String { directory == "." ? name : "\(directory)/\(name)" }
}
