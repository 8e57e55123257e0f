// SPDX-License-Identifier: Apache-2.0

import Testing

/// A path inside of a workspace says what is asked about, not what is known.
@Suite struct SelectionTests {
    private static let files = [
        "weir.yaml": "",
        "base/base.weir": "package base\n\npolicy outbound {\n  deadline 2s\n}\n",
        "shop/shop.weir": """
        package shop
        use base

        policy bank extends base.outbound {
          deadline 1s
        }

        service shop {
          operation buy {
            GET "/buy"
          }
        }

        """,
        "shop/shop.test.weir": """
        package shop

        test "a shop answers" {
          when 1 call to shop.buy every 1s
          then shop.buy answers success
        }

        """,
        "broken/broken.weir": "package broken\n\npolicy outbound {\n  deadline 2\n}\n",
    ]
    private static var soundFiles: [String: String] { files.filter { !$0.key.hasPrefix("broken") } }

    @Test(arguments: ["shop/shop.weir", "shop"])
    func `names of the whole workspace are known, findings of the rest are left out`(path: String) throws {
        let workspace = try TemporaryWorkspace(Self.files)
        let run = try CommandRun(["check", path], in: workspace.url)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test func `an editor's buffer stands in for its file`() throws {
        let workspace = try TemporaryWorkspace(Self.files)
        let text = "package shop\nuse base\n\npolicy bank extends base.outbond {\n  deadline 1s\n}\n"
        let arguments = ["check", "-", "--stdin-path", "shop/shop.weir"]
        let run = try CommandRun(arguments, in: workspace.url, input: text)
        #expect(run.output.contains("shop/shop.weir:4:21: E N001"), "\(run.output)\(run.errors)")
        #expect(!run.output.contains("N002"))
    }

    @Test func `tests run from the files that are named`() throws {
        let workspace = try TemporaryWorkspace(Self.soundFiles)
        #expect(try CommandRun(["test", "shop/shop.test.weir"], in: workspace.url).errors.contains("1 passed"))
        let run = try CommandRun(["test", "base"], in: workspace.url)
        #expect(run.status == 2)
        #expect(run.errors.contains("there is no `test` block in these files"))
    }

    @Test func `explains from standard input`() throws {
        let workspace = try TemporaryWorkspace([:])
        let run = try CommandRun(["explain", "outbound", "-"], in: workspace.url, input: ExitCodeTests.good)
        #expect(run.output.contains("deadline 2s"), "\(run.errors)")
    }

    @Test func `an operation is found by its own name`() throws {
        let workspace = try TemporaryWorkspace(Self.soundFiles)
        #expect(try CommandRun(["explain", "buy"], in: workspace.url).output.contains("GET /buy"))
    }

    @Test func `what is wrong with the files is said without the usage of the command`() throws {
        let workspace = try TemporaryWorkspace(Self.soundFiles)
        let run = try CommandRun(["explain", "outbuond"], in: workspace.url)
        #expect(!run.errors.contains("Usage:"))
    }

    @Test func `flags have twins in the environment`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": ExitCodeTests.bad])
        #expect(try CommandRun(["check"], in: workspace.url, environment: ["WEIR_EXIT_ZERO": "1"]).status == 0)
        #expect(try CommandRun(["check"], in: workspace.url, environment: ["WEIR_EXIT_ZERO": "0"]).status == 1)
    }
}
