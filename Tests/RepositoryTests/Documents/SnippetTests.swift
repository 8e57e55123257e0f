// SPDX-License-Identifier: Apache-2.0

import Testing

/// Whether the Swift code in the documents is code that is compiled.
@Suite struct SnippetTests {
    /// The code between `// snippet: name` and `// end` in the files of `Snippets`, without its indentation.
    static func snippets() throws -> Set<String> {
        var snippets: Set<String> = []
        for file in Repository.files(below: "Tests/RepositoryTests/Snippets", ending: ".swift") {
            var open: (indentation: Int, lines: [Substring])?
            for line in try file.lines() {
                if line.trimmed.hasPrefix("// snippet: ") {
                    open = (line.prefix { $0 == " " }.count, [])
                } else if line.trimmed == "// end", let snippet = open {
                    snippets.insert(snippet.lines.joined(separator: "\n") + "\n")
                    open = nil
                } else if let snippet = open {
                    open?.lines.append(line.dropFirst(snippet.indentation))
                }
            }
        }
        return snippets
    }

    @Test(arguments: FencedBlock.all(in: "swift"))
    func `stands in a file that is compiled`(block: FencedBlock) throws {
        let snippets = try Self.snippets()
        #expect(snippets.contains(block.text), "\(block.path):\(block.line): bring it and its snippet together")
    }
}
