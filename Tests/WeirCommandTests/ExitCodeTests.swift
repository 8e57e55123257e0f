// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What a script may rely on: 0 clean, 1 findings, 2 usage or nothing to do.
@Suite struct ExitCodeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let files: [String: String]
        let status: Int32
        /// Words that standard output or standard error must hold.
        let says: String

        var testDescription: String { "weir \(arguments.joined(separator: " ")) over \(files.keys.sorted())" }
    }

    static let good = "edition 1\n\npolicy outbound {\n  deadline 2s\n}\n"
    static let goodTwin = "edition: 1\npolicies:\n  outbound:\n    steps:\n      - deadline: 2s\n"
    static let bad = "edition 1\n\npolicy outbound {\n  deadline 2\n}\n"
    static let warned = "edition 1\n\nlet unread = 2s\n"
    static let untidy = "edition 1\npolicy outbound {\ndeadline    2s\n}\n"
    static let tested = """
        service shop {
          operation buy {
            GET "/buy"
          }
        }

        test "a shop that is down fails" {
          given shop.buy is down
          when 1 call to shop.buy every 1s
          then shop.buy receives exactly 2 calls
        }

        """

    static let rows: [Row] = [
        Row(arguments: ["check"], files: ["a.weir": good], status: 0, says: "nothing found in 1 file"),
        Row(arguments: ["check"], files: ["a.weir.yaml": goodTwin], status: 0, says: "nothing found in 1 file"),
        Row(arguments: ["check"], files: ["a.weir": bad], status: 1, says: "syntax/bare-number"),
        Row(arguments: ["check", "--exit-zero"], files: ["a.weir": bad], status: 0, says: "1 error"),
        Row(arguments: ["check"], files: ["a.weir": warned], status: 0, says: "unused-let"),
        Row(arguments: ["check", "--fail-on", "warning"], files: ["a.weir": warned], status: 1, says: "unused-let"),
        Row(arguments: ["check"], files: [:], status: 2, says: "no policy file"),
        Row(arguments: ["check", "nowhere"], files: ["a.weir": good], status: 2, says: "there is no `nowhere`"),
        Row(arguments: ["check", "--format", "xml"], files: ["a.weir": good], status: 2, says: "concise"),
        Row(arguments: ["check", "--env", "moon"], files: ["a.weir": good], status: 2, says: "no environment `moon`"),
        Row(arguments: ["chekc"], files: [:], status: 2, says: "chekc"),
        Row(
            arguments: ["check"], files: ["a.weir": String(repeating: "#", count: 1 << 21)], status: 1,
            says: "1 error in 1 file"),
        Row(arguments: ["compile", "--env", "moon"], files: ["a.weir": good], status: 2, says: "no environment"),
        Row(arguments: ["fmt", "--check"], files: ["a.weir": good], status: 0, says: "0 of 1 files"),
        Row(arguments: ["fmt", "--check"], files: ["a.weir": untidy], status: 1, says: "a.weir"),
        Row(arguments: ["fmt", "--diff"], files: ["a.weir": untidy], status: 1, says: "+  deadline 2s"),
        Row(arguments: ["fmt"], files: ["a.weir": bad], status: 1, says: "left alone"),
        Row(arguments: ["test"], files: ["a.weir": tested], status: 1, says: "0 passed, 1 failed"),
        Row(arguments: ["test"], files: ["a.weir": good], status: 2, says: "no `test` block"),
        Row(arguments: ["test", "--filter", "xyz"], files: ["a.weir": tested], status: 2, says: "no test matches"),
        Row(arguments: ["compile"], files: ["a.weir": good], status: 0, says: "1 policy, 0 operations"),
        Row(arguments: ["compile"], files: ["a.weir": bad], status: 1, says: "bare-number"),
        Row(arguments: ["explain", "outbound"], files: ["a.weir": good], status: 0, says: "deadline 2s"),
        Row(arguments: ["explain", "outbuond"], files: ["a.weir": good], status: 2, says: "did you mean `outbound`"),
        Row(arguments: ["explain", "S003"], files: [:], status: 0, says: "bare-number"),
        Row(arguments: ["check", "--format", "json"], files: ["a.weir": good], status: 0, says: "\"findings\":[]"),
        Row(arguments: ["check", "--format", "jsonl"], files: ["a.weir": bad], status: 1, says: "\"code\":\"S003\""),
        Row(arguments: ["check", "--report", "xml=a"], files: ["a.weir": good], status: 2, says: "--report"),
        Row(arguments: ["graph", "calls"], files: ["a.weir": tested], status: 0, says: "flowchart LR"),
        Row(arguments: ["graph", "extends"], files: ["a.weir": bad], status: 1, says: "bare-number"),
        Row(
            arguments: ["graph", "api", "--on", "2026-10-01"], files: ["a.weir": tested], status: 0, says: "2026-10-01"),
        Row(arguments: ["graph", "api", "--on", "soon"], files: ["a.weir": tested], status: 2, says: "is no date"),
        Row(arguments: ["graph", "calls", "--on", "2026-10-01"], files: [:], status: 2, says: "`weir graph api`"),
        Row(arguments: ["graph", "moon"], files: ["a.weir": good], status: 2, says: "moon"),
        Row(arguments: ["graph", "calls"], files: [:], status: 2, says: "no policy file"),
        Row(arguments: ["graph", "calls", "--format", "gif"], files: ["a.weir": good], status: 2, says: "`svg`"),
        Row(
            arguments: ["graph", "calls", "--env", "moon"], files: ["a.weir": good], status: 2, says: "no environment"),
        Row(arguments: ["init"], files: [:], status: 0, says: "weir check policies"),
        Row(arguments: ["init", "--preset", "queue"], files: [:], status: 2, says: "message-consumer"),
        Row(arguments: ["init", "--form", "toml"], files: [:], status: 2, says: "weir"),
        Row(arguments: ["init"], files: ["policies/http-client.weir": ""], status: 2, says: "exists"),
        Row(arguments: ["init", "a.weir"], files: ["a.weir": good], status: 3, says: "`a.weir` cannot be written"),
        Row(arguments: ["init", "a.weir/b"], files: ["a.weir": good], status: 3, says: "cannot be written"),
        Row(
            arguments: ["convert", "--to", "yaml", "-o", "no/b.yaml"], files: ["a.weir": good], status: 3,
            says: "`no/b.yaml` cannot be written"),
        Row(arguments: ["schema", "-o", "no/s.json"], files: [:], status: 3, says: "`no/s.json` cannot be written"),
        Row(
            arguments: ["graph", "calls", "-o", "no/a.svg"], files: ["a.weir": good], status: 3,
            says: "`no/a.svg` cannot be written"),
        Row(
            arguments: ["compile", "-o", "no/a.json"], files: ["a.weir": good], status: 3,
            says: "`no/a.json` cannot be written"),
        Row(
            arguments: ["check", "--report", "json=no/a.json"], files: ["a.weir": good], status: 3,
            says: "`no/a.json` cannot be written"),
        Row(arguments: ["version"], files: [:], status: 0, says: "weir 0."),
        Row(arguments: ["--version"], files: [:], status: 0, says: "weir 0."),
        Row(arguments: ["--help"], files: [:], status: 0, says: "EXIT CODES"),
        Row(arguments: ["completion", "bash"], files: [:], status: 0, says: "complete"),
        Row(arguments: ["completion", "tcsh"], files: [:], status: 2, says: "`tcsh` is not a shell"),
    ]

    @Test(arguments: rows) func `ends as a script expects`(row: Row) throws {
        let workspace = try TemporaryWorkspace(row.files)
        let run = try CommandRun(row.arguments, in: workspace.url)
        #expect(run.status == row.status, "\(run.output)\(run.errors)")
        #expect((run.output + run.errors).contains(row.says), "\(run.output)\(run.errors)")
    }

    @Test(arguments: [["check", "-"], ["convert", "--to", "yaml", "-"], ["graph", "calls", "-"]])
    func `ends with 3 where standard input cannot be read`(arguments: [String]) throws {
        let workspace = try TemporaryWorkspace([:])
        let directory = try FileHandle(forReadingFrom: workspace.url)
        let run = try CommandRun(arguments, in: workspace.url, inputHandle: directory)
        #expect(run.status == 3)
        #expect(run.errors == "Error: standard input cannot be read: Is a directory\n")
    }
}
