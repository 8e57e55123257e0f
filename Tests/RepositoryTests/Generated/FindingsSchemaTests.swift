// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Whether what `weir check` writes for programs is what its schema promises.
@Suite struct FindingsSchemaTests {
    static let texts = [
        "policy outbound {\n  deadline 2s\n}\n", "policy outbound {\n  deadline 2\n}\n",
        "let unread = 2s\n\npolicy a extends nowhere {\n  timeuot 1s\n}\n", "# Grüße\npolicy ü {\n\tdeadline 2 s\n",
    ]

    private static func check(_ text: String, _ format: String, _ script: String) throws -> WeirProgram.Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString).weir")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let prelude =
            "import json, sys; from jsonschema import Draft202012Validator as V; "
            + "s = json.load(open(\"docs/reference/findings.schema.json\")); V.check_schema(s); "
        // Python is the one that `scripts/system-packages` looked at: the first on the path of these tests.
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let run = "\"$weir\" check - --exit-zero --format \(format) < \(file.path) 2>/dev/null"
        return try WeirProgram.shell(
            "weir=$(command -v weir); PATH='\(path)'; \(run) | python3 -c '\(prelude)\(script)'")
    }

    @Test(arguments: texts) func `the document is valid`(text: String) throws {
        let run = try Self.check(text, "json", "d = json.load(sys.stdin); V(s).validate(d); print(d[\"version\"])")
        #expect(run.output == "1\n", "\(run.output)")
    }

    @Test(arguments: texts) func `every line is valid, and the last is the summary`(text: String) throws {
        let script = "r = [json.loads(l) for l in sys.stdin]; [V(s).validate(x) for x in r]; print(r[-1][\"type\"])"
        let run = try Self.check(text, "jsonl", script)
        #expect(run.output == "summary\n", "\(run.output)")
    }

    @Test func `an unknown member is not valid`() throws {
        let script = "d = json.load(sys.stdin); d[\"more\"] = 1; print(V(s).is_valid(d))"
        let run = try Self.check(Self.texts[1], "json-v1", script)
        #expect(run.output == "False\n", "\(run.output)")
    }
}
