// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct FormatterTests {
    struct Example: Sendable, CustomStringConvertible {
        let description: String
        let before: String
        let after: String

        init(_ description: String, _ before: String, _ after: String) {
            self.description = description
            self.before = before
            self.after = after
        }
    }

    private static func file(_ text: String) -> SourceFile { SourceFile(path: "a.weir", form: .weir, text: text) }

    private static func formatted(_ text: String) -> String? {
        switch Formatter.format(file(text)) {
        case .unchanged: text
        case .changed(let bytes): String(decoding: bytes, as: UTF8.self)
        case .refused: nil
        }
    }

    @Test(arguments: examples) func `gives text its one spacing`(example: Example) {
        #expect(Self.formatted(example.before) == example.after)
        #expect(Self.formatted(example.after) == example.after)
    }

    @Test(arguments: try PolicyFiles.all(.weir)) func `leaves the reference policies as they are`(file: SourceFile) {
        #expect(Formatter.format(file) == .unchanged, "\(file.path)")
    }

    @Test func `does not touch YAML`() {
        let file = SourceFile(path: "a.weir.yaml", form: .yaml, text: "edition:   1\n")
        #expect(Formatter.format(file) == .unchanged)
    }

    @Test func `refuses a file with errors, and says so`() throws {
        let file = Self.file("policy outbound {\n    dedline 2s\n    deadline 2\n}\n")
        guard case .refused(let why) = Formatter.format(file) else {
            Issue.record("formatted a file with errors")
            return
        }
        try expectSnapshot(DiagnosticRenderer { _ in file }.render(why), named: "refused.txt")
    }

    private static let examples = [
        Example(
            "a filter keeps its parentheses close",
            "subscription s {\nwhere  not ( a   is \"x\"or( b in 1 ,2 ) )and c exists\n}\n",
            "subscription s {\n  where not (a is \"x\" or (b in 1, 2)) and c exists\n}\n"),
        Example(
            "spaces and indentation", "policy  outbound   {\n\tdeadline    2s\n      timeout\t500ms\n}\n",
            "policy outbound {\n  deadline 2s\n  timeout 500ms\n}\n"),
        Example("equals and commas", "let   budget=2s\n", "let budget = 2s\n"),
        Example(
            "lists", "policy a {\n retry up to 2 attempts{\n when timeout ,refused,reset\n }\n}\n",
            "policy a {\n  retry up to 2 attempts {\n    when timeout, refused, reset\n  }\n}\n"),
        Example(
            "continued lists stay continued",
            "policy a {\n  retry up to 2 attempts {\n    when timeout,\n         refused, # both\n\n    reset\n  }\n}\n",
            "policy a {\n  retry up to 2 attempts {\n    when timeout,\n        refused,  # both\n        reset\n  }\n}\n"
        ),
        Example(
            "empty lines", "\n\npolicy a {\n\n  deadline 2s\n\n\n\n  timeout 1s\n\n}\n\n\n",
            "policy a {\n  deadline 2s\n\n  timeout 1s\n}\n"),
        Example(
            "an empty line between declarations",
            "edition 1\npackage a\n## Docs.\npolicy b {\n}\n# of c\npolicy c {\n}  # end\nlet d = 2s\nlet e = 3s\n",
            "edition 1\npackage a\n\n## Docs.\npolicy b {\n}\n\n# of c\npolicy c {\n}  # end\n\nlet d = 2s\nlet e = 3s\n"
        ),
        Example(
            "comments stay where they are",
            "# first\n\n   # second\npolicy a { # opens\n# inside\ndeadline 2s # trailing   \n\n# before the end\n}\n# last",
            "# first\n\n# second\npolicy a {  # opens\n  # inside\n  deadline 2s  # trailing\n\n  # before the end\n}\n# last\n"
        ),
        Example(
            "documentation above", "   ## One.   \n\t## Two.\npolicy a {\n}\n", "## One.\n## Two.\npolicy a {\n}\n"),
        Example(
            "line ends of Windows", "policy a {\r\n\tdeadline 2s # c\r\n}\r\n", "policy a {\n  deadline 2s  # c\n}\n"),
        Example("a byte order mark", "\u{FEFF}edition 1\n", "edition 1\n"),
        Example("no line end at the end", "edition 1", "edition 1\n"),
        Example("comments alone", "\n\n# only\n\n\n# comments\n\n", "# only\n\n# comments\n"),
        Example("nothing", "", ""),
        Example("empty lines alone", "\n \n\t\n", ""),
        Example(
            "values stay as written", "let a = 60s\nlet b = 1_000\nlet c = \"  two  spaces  # no comment \"\n",
            "let a = 60s\nlet b = 1_000\nlet c = \"  two  spaces  # no comment \"\n"),
    ]
}
