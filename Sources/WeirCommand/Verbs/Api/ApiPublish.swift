// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirPolicy
import WeirWorkspace

/// `weir api publish`: writes down which dates clients have been told.
struct ApiPublish: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Writes the dates of versions into the files that remember published dates.",
        discussion: """
            For APIs with `never shorten dates published in "…"`. From then on `weir check`,
            and every service that loads the policies, refuse a date that moves to an
            earlier moment, unless `emergency` says why. Commit the file with the policy.

            EXAMPLES
              weir api publish
              weir api publish policies/gateway --api platform
              weir api publish && git add . && git commit -m "Announce the end of v1"
            """)

    @OptionGroup var workspace: WorkspaceArguments
    @OptionGroup var selection: ApiSelection

    func run() throws {
        let compiled = CompiledWorkspace(try workspace.whole())
        let apis = try selection.apis(of: compiled).filter { $0.promises.registry != nil }
        guard !apis.isEmpty else {
            throw CommandError("no API says `never shorten dates published in \"…\"`")
        }
        for path in Set(apis.compactMap(\.promises.registry)).sorted() {
            switch PublishedDateCheck.read(path, below: compiled.root.path) {
            case .failure(let problem):
                throw CommandError("`\(problem.path)` cannot be used: \(problem.reason)", .internalFault)
            case .success(var dates):
                let before = dates
                for api in apis where api.promises.registry == path { dates.publish(api) }
                guard dates != before else {
                    Terminal.standardOutput.line("\(path): nothing new")
                    continue
                }
                let location = path.hasPrefix("/") ? path : compiled.root.path + "/" + path
                try FileWriting.replace(location, with: Array(dates.json.indentedText.utf8))
                Terminal.standardOutput.line("wrote \(path)")
            }
        }
    }
}
