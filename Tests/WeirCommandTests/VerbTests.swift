// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Testing

@Suite struct VerbTests {
    @Test func `formats a file in place, and a second time not at all`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": ExitCodeTests.untidy])
        #expect(try CommandRun(["fmt"], in: workspace.url).status == 0)
        #expect(try workspace.text("a.weir").contains("\n  deadline 2s\n"))
        #expect(try CommandRun(["fmt", "--check"], in: workspace.url).status == 0)
    }

    @Test func `formats standard input to standard output`() throws {
        let workspace = try TemporaryWorkspace([:])
        let run = try CommandRun(["fmt", "-"], in: workspace.url, input: ExitCodeTests.untidy)
        #expect(run.output.contains("\n  deadline 2s\n"))
    }

    @Test func `checks an editor's buffer under the path it is told`() throws {
        let workspace = try TemporaryWorkspace([:])
        let arguments = ["check", "-", "--stdin-path", "shop/a.weir"]
        let run = try CommandRun(arguments, in: workspace.url, input: ExitCodeTests.bad)
        #expect(run.output.hasPrefix("shop/a.weir:4:12: E S003"))
    }

    @Test func `compiles both forms to the same bytes`() throws {
        let weir = try TemporaryWorkspace(["a.weir": ExitCodeTests.good])
        let yaml = try TemporaryWorkspace(["a.weir.yaml": ExitCodeTests.goodTwin])
        #expect(try CommandRun(["compile"], in: weir.url).output == CommandRun(["compile"], in: yaml.url).output)
    }

    @Test func `writes the graph and its source map to files`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": ExitCodeTests.good])
        let arguments = ["compile", "-o", "graph.json", "--source-map", "map.json"]
        #expect(try CommandRun(arguments, in: workspace.url).status == 0)
        #expect(try workspace.text("graph.json").contains("\"2s\""))
        #expect(try workspace.text("map.json").contains("a.weir"))
    }

    @Test func `describes events, or says that there are none`() throws {
        let events = "event order.placed {\n  field total number\n}\n\nexchange orders {\n  carries order.placed\n}\n"
        let workspace = try TemporaryWorkspace(["a.weir": events])
        let run = try CommandRun(["events", "asyncapi", "--title", "Shop"], in: workspace.url)
        #expect(run.status == 0 && run.output.hasPrefix("{\n  \"asyncapi\": \"3.0.0\","), "\(run.errors)")
        #expect(run.output.contains("\"title\": \"Shop\"") && run.output.contains("\"total\""))
        let empty = try TemporaryWorkspace(["a.weir": ExitCodeTests.good])
        let refused = try CommandRun(["events", "asyncapi"], in: empty.url)
        #expect(refused.status == 2 && refused.errors.contains("no policy file declares an event"))
    }

    @Test func `writes definitions for RabbitMQ, or says why not`() throws {
        let events = "event order.placed {\n  field total number\n}\n\nexchange orders {\n  carries order.placed\n}\n"
        let workspace = try TemporaryWorkspace(["a.weir": events])
        let run = try CommandRun(["events", "definitions", "--prefix", "eu."], in: workspace.url)
        #expect(run.status == 0 && run.output.contains("\"rabbit_version\": \"3.10.0\""), "\(run.errors)")
        #expect(run.output.contains("\"eu.orders\"") && run.output.contains("\"eu.weir.retry\""), "\(run.output)")
        let old = try CommandRun(["events", "definitions", "--rabbitmq", "3.9"], in: workspace.url)
        #expect(old.status != 0 && old.errors.contains("a version such as 3.10"))
    }

    @Test func `says on demand what the runtime does not enforce`() throws {
        let text = "policy reads {\n  hedge after 90ms up to 2 calls\n}\n"
        let workspace = try TemporaryWorkspace(["a.weir": text])
        #expect(try CommandRun(["check"], in: workspace.url).output.isEmpty)
        let run = try CommandRun(["check", "--show-info", "--format", "human"], in: workspace.url)
        #expect(run.status == 0)
        #expect(run.output.contains("info[capability/not-enforced]: `hedge"), "\(run.output)")
    }

    @Test func `writes findings for people and for programs in one run`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": ExitCodeTests.bad])
        let arguments = ["check", "--report", "json=a.json", "--report", "jsonl=a.jsonl"]
        let run = try CommandRun(arguments, in: workspace.url)
        #expect(run.status == 1)
        #expect(run.output.hasPrefix("a.weir:4:12: E S003"))
        let document = try workspace.text("a.json")
        #expect(document.hasPrefix("{\"version\":1,"))
        #expect(document.contains(#""start":{"column":12,"line":4,"offset":40}"#), "\(document)")
        #expect(try workspace.text("a.jsonl").split(separator: "\n").count == 2)
    }

    @Test func `writes into what is no file, and leaves it what it is`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": ExitCodeTests.good])
        let path = workspace.url.appendingPathComponent("pipe").path
        #expect(mkfifo(path, 0o600) == 0)
        // Open at both ends, so that neither side waits; what is written fits into the pipe.
        let descriptor = open(path, O_RDWR | O_NONBLOCK)
        defer { close(descriptor) }
        #expect(try CommandRun(["compile", "-o", "pipe"], in: workspace.url).status == 0)
        var found = stat()
        #expect(stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFIFO)
        var first: UInt8 = 0
        #expect(read(descriptor, &first, 1) == 1 && first == UInt8(ascii: "{"))
    }

    @Test func `colours where it is forced and never where it is unwanted`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": ExitCodeTests.bad])
        let forced = try CommandRun(["check"], in: workspace.url, environment: ["FORCE_COLOR": "1"])
        let unwanted = try CommandRun(["check"], in: workspace.url, environment: ["FORCE_COLOR": "1", "NO_COLOR": "1"])
        #expect(forced.output.contains("\u{1B}["))
        #expect(!unwanted.output.contains("\u{1B}["))
    }

    @Test func `takes options from the environment unless an argument says otherwise`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": ExitCodeTests.warned])
        let twin = ["WEIR_FAIL_ON": "warning"]
        #expect(try CommandRun(["check"], in: workspace.url, environment: twin).status == 1)
        #expect(try CommandRun(["check", "--fail-on", "error"], in: workspace.url, environment: twin).status == 0)
    }

    @Test func `shows what happened instead when an expectation does not hold`() throws {
        let workspace = try TemporaryWorkspace(["a.weir": ExitCodeTests.tested])
        let run = try CommandRun(["test"], in: workspace.url)
        #expect(run.output.contains("✗ a shop that is down fails"))
    }

    @Test(arguments: [
        "init", "check", "fmt", "convert", "test", "explain", "graph", "compile", "schema", "version", "completion",
    ])
    func `every verb's help shows examples`(verb: String) throws {
        let workspace = try TemporaryWorkspace([:])
        let run = try CommandRun([verb, "--help"], in: workspace.url)
        #expect(run.status == 0)
        #expect(run.output.contains("EXAMPLES"))
    }
}
