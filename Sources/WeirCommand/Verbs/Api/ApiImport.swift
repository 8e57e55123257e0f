// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirExport
import WeirPolicy
import WeirSyntax

/// `weir api import`: a draft of the policy of an API that OpenAPI describes.
struct ApiImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Drafts the policy of an API from its OpenAPI description.",
        discussion: """
            EXAMPLES
              weir api import openapi.yaml
              weir api import openapi.json --released 2026-01-15 -o shop.weir
              weir api import openapi.yaml | weir check -
            """)

    @Argument(help: "The description, in YAML or JSON.", completion: .file(extensions: ["yaml", "yml", "json"]))
    var file: String

    @Option(help: "From when on the version is served.", transform: Moment.read)
    var released: Instant?

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    func run() throws {
        let text = try OpenAPIFile.read(file).draft(released: released)
        if output == "-" {
            Terminal.standardOutput.write(text)
        } else {
            try FileWriting.replace(output, with: Array(text.utf8))
        }
    }
}

/// `weir api stamp`: an OpenAPI description that says what ends.
struct ApiStamp: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamp",
        abstract: "Writes `deprecated` and `x-sunset` into an OpenAPI description.",
        discussion: """
            All else stays as it is, comments and order included.

            EXAMPLES
              weir api stamp openapi.yaml --version v1 --today 2026-11-25
              weir api stamp openapi.yaml --version v1 --today 2026-11-25 -o openapi.yaml
              weir api stamp openapi.json --api shop.orders --version v2 --today 2026-11-25
            """)

    @Argument(help: "The description, in YAML or JSON.", completion: .file(extensions: ["yaml", "yml", "json"]))
    var file: String

    @OptionGroup var selection: ApiSelection

    @Option(name: .customLong("version"), help: "The version that it describes.")
    var version: String

    @Option(help: "The day on which it is to be true.", transform: Moment.read)
    var today: Instant

    @Option(help: ArgumentHelp("Where the policies are.", valueName: "path"))
    var policies = "."

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    func run() throws {
        var arguments = WorkspaceArguments()
        arguments.paths = [policies]
        let apis = try selection.apis(of: CompiledWorkspace(try arguments.whole()))
        guard let api = apis.first, apis.count == 1 else {
            throw CommandError("there are several APIs: name one with `--api`")
        }
        guard let number = ApiVersion(version), let node = api.version(number) else {
            throw CommandError("`\(api.name)` has no version `\(version)`")
        }
        let (bytes, strangers) = try OpenAPIFile.read(file).stamped(api, node, at: today)
        if output == "-" {
            Terminal.standardOutput.write(bytes)
        } else {
            try FileWriting.replace(output, with: bytes)
        }
        for stranger in strangers {
            Terminal.standardError.line("`\(stranger)` is not among the routes of `\(number)`")
        }
    }
}

/// Reads OpenAPI descriptions.
enum OpenAPIFile {
    static func read(_ path: String) throws -> OpenAPIDescription {
        let bytes = try TextFile.read(path, limit: Limits.fileBytes)
        do {
            return try OpenAPIDescription(SourceFile(path: path, form: .yaml, bytes: bytes))
        } catch {
            throw CommandError("`\(path)`: \(error)", .findings)
        }
    }
}
