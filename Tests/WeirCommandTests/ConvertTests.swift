// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct ConvertTests {
    static let weir = "edition 1\n\n# Why.\npolicy outbound {\n  deadline 2s\n}\n"
    static let yaml = "edition: 1\n\npolicies:\n  # Why.\n  outbound:\n    steps:\n      - deadline: 2s\n"

    @Test func `prints one file in the other form`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": Self.weir, "b/b.weir.yaml": Self.yaml])
        #expect(try CommandRun(["convert", "--to", "yaml", "a.weir"], in: workspace.url).output == Self.yaml)
        #expect(try CommandRun(["convert", "--to", "weir", "b"], in: workspace.url).output == Self.weir)
    }

    @Test func `takes standard input for the other form`() throws {
        let workspace = try TemporaryWorkspace([:])
        let there = try CommandRun(["convert", "--to", "yaml", "-"], in: workspace.url, input: Self.weir)
        #expect(there.output == Self.yaml)
        let back = try CommandRun(["convert", "--to", "weir", "-"], in: workspace.url, input: there.output)
        #expect(back.output == Self.weir)
    }

    @Test func `writes twins beside their files, and over nothing that exists`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": Self.weir, "b/b.weir": Self.weir])
        let run = try CommandRun(["convert", "--to", "yaml", "--write"], in: workspace.url)
        #expect(run.status == 0)
        #expect(run.errors == "2 of 2 files converted\n")
        #expect(try workspace.text("b/b.weir.yaml") == Self.yaml)
        let again = try CommandRun(["convert", "--to", "yaml", "--write", "a.weir"], in: workspace.url)
        #expect(again.status == 2)
        #expect(again.errors.contains("exists"))
        #expect(
            try CommandRun(["convert", "--to", "yaml", "--write", "--force", "a.weir"], in: workspace.url).status == 0)
    }

    @Test func `writes to a file`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": Self.weir])
        let arguments = ["convert", "--to", "yaml", "a.weir", "-o", "out.yaml"]
        #expect(try CommandRun(arguments, in: workspace.url).status == 0)
        #expect(try workspace.text("out.yaml") == Self.yaml)
        #expect(try CommandRun(arguments, in: workspace.url).status == 2)
    }

    @Test(arguments: [
        (["convert", "--to", "yaml"], Int32(2), "no policy file", [String: String]()),
        (["convert"], 2, "--to", ["a.weir": weir]),
        (["convert", "--to", "toml", "a.weir"], 2, "yaml", ["a.weir": weir]),
        (["convert", "--to", "weir"], 2, "nothing to convert", ["a.weir": weir]),
        (["convert", "--to", "yaml"], 2, "--write", ["a.weir": weir, "b.weir": weir]),
        (["convert", "--to", "yaml", "--write", "-"], 2, "standard input", [:]),
        (["convert", "--to", "yaml", "--write", "-o", "b"], 2, "exclude", [:]),
        (["convert", "--to", "yaml"], 1, "syntax/unconverted-file", ["a.weir": ExitCodeTests.bad]),
        (["convert", "--to", "yaml"], 1, "stands twice", ["a.weir": "let a = 1s\nlet a = 2s\n"]),
    ]) func `says what keeps it from converting`(
        arguments: [String], status: Int32, says: String, files: [String: String]
    ) throws {
        let workspace = try TemporaryWorkspace(files)
        let run = try CommandRun(arguments, in: workspace.url)
        #expect(run.status == status)
        #expect(run.errors.contains(says), "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test func `prints the schema and the keywords as JSON`() throws {
        let workspace = try TemporaryWorkspace([:])
        let schema = try CommandRun(["schema"], in: workspace.url)
        #expect(schema.output.contains("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""))
        let keywords = try CommandRun(["schema", "--keywords"], in: workspace.url)
        #expect(keywords.output.contains("\"growing\""))
        #expect(try CommandRun(["schema", "-o", "s.json"], in: workspace.url).status == 0)
        #expect(try workspace.text("s.json") == schema.output)
    }
}
