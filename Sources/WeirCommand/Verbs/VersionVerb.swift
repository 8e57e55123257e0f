// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir version`: what this build is.
struct VersionVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Prints the release and the edition of the grammar.",
        discussion: """
            EXAMPLES
              weir version
              weir --version
            """)

    func run() { Terminal.standardOutput.line(Version.text) }
}
