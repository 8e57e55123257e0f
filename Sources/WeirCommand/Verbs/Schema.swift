// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import WeirPolicy
import WeirSyntax

/// `weir schema`: JSON Schema of the YAML form, and the keywords of the language for tools.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints JSON Schema for policy files in YAML.",
        discussion: """
            An editor that knows the schema completes keys, shows what they mean, and
            underlines what cannot be. Names and meaning it does not see: `weir check`
            does. Point an editor at it with the first line of a file:

              # yaml-language-server: $schema=weir.schema.json

            EXAMPLES
              weir schema -o weir.schema.json
              weir schema | jq '."$defs" | keys'
              weir schema --keywords | jq -r '.keywords[]'
            """)

    @Option(name: .shortAndLong, help: ArgumentHelp("Where to write; `-` is standard output.", valueName: "file"))
    var output = "-"

    @Flag(help: "Print all keywords and statements as JSON instead.")
    var keywords = false

    func run() throws {
        let text = (keywords ? KeywordList.json : YAMLFormSchema.json).indentedText
        if output == "-" {
            Terminal.standardOutput.write(text)
        } else {
            try FileWriting.replace(output, with: Array(text.utf8))
        }
    }
}
