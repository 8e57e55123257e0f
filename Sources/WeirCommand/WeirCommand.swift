// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// The command line: one file a verb.
struct WeirCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "weir",
        abstract: "Writes, checks, tests and explains resilience policies.",
        discussion: """
            A policy file says what a service does when things go wrong.

            Paths default to the workspace: the nearest directory upwards with a
            `weir.yaml`, else the current directory. `-` reads standard input.
            A path inside of a workspace is checked with the whole of it in view.
            Each option has a twin: `WEIR_FAIL_ON=warning` is `--fail-on warning`.

            EXAMPLES
              weir check                   check the whole workspace
              weir test policies           run the tests of a directory
              weir explain card-payments   show a policy as it runs

            EXIT CODES
              0  clean
              1  findings, failed tests, unformatted files
              2  wrong usage, nothing to check, no test ran
              3  a fault of ours, a file that cannot be read or written
            """,
        version: Version.text,
        subcommands: [
            Init.self, Check.self, Format.self, Convert.self, Test.self, Explain.self, Graph.self, Api.self,
            Events.self, DeadLettersVerb.self, Compile.self, Schema.self, VersionVerb.self, Completion.self,
        ])
}

/// The way in: parses the arguments, runs the verb, and turns whatever happened into one of our exit codes.
@main
enum Main {
    static func main() async {
        do {
            var command = try WeirCommand.parseAsRoot(EnvironmentTwins.applied(to: CommandLine.arguments.dropFirst()))
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch let status as ExitStatus {
            exit(status.rawValue)
        } catch {
            let code = WeirCommand.exitCode(for: error)
            let message = WeirCommand.fullMessage(for: error)
            guard code.isSuccess else {
                Terminal.standardError.line(message)
                exit(((error as? CommandError)?.status ?? .usage).rawValue)
            }
            Terminal.standardOutput.line(message)
            exit(ExitStatus.clean.rawValue)
        }
    }
}
