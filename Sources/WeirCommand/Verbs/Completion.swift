// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `weir completion`: a script that completes verbs, options and paths in a shell.
struct Completion: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints a completion script for a shell.",
        discussion: """
            EXAMPLES
              weir completion bash > /etc/bash_completion.d/weir
              weir completion zsh > ~/.zsh/completions/_weir
              weir completion fish > ~/.config/fish/completions/weir.fish
            """)

    @Argument(help: "The shell: bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"]))
    var shell: String

    func validate() throws {
        guard CompletionShell(rawValue: shell) != nil else {
            throw ValidationError("`\(shell)` is not a shell with completion; there are bash, zsh and fish")
        }
    }

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell) else { throw ExitStatus.usage }
        Terminal.standardOutput.write(WeirCommand.completionScript(for: shell))
    }
}
