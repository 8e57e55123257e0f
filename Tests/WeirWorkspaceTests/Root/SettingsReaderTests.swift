// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirSyntax

@testable import WeirWorkspace

@Suite struct SettingsReaderTests {
    private func read(_ text: String) -> (WorkspaceSettings, [Diagnostic]) {
        SettingsReader.read(SourceFile(path: "weir.yaml", form: .yaml, text: text))
    }

    @Test func `reads every setting`() throws {
        let (settings, faults) = read(
            """
            policies: policies
            exclude: [lab/broken, "old"]
            watch:
              debounce: 250ms
              poll: 1m30s
            """)
        #expect(faults.isEmpty)
        #expect(
            settings
                == (try WorkspaceSettings(
                    policies: "policies", exclude: ["lab/broken", "old"], debounce: .milliseconds(250),
                    poll: .seconds(90))))
    }

    @Test(arguments: ["", "# nothing yet\n", "watch:\n"])
    func `takes the standard settings where a file says nothing`(text: String) {
        let (settings, faults) = read(text)
        #expect(faults.isEmpty)
        #expect(settings == .standard)
    }

    @Test(arguments: [
        ("polices: x", "`polices` is not a setting", "did you mean `policies`?"),
        ("watch: { debonce: 1s }", "`debonce` is not a setting of `watch`", "did you mean `debounce`?"),
        (
            "retries: 3", "`retries` is not a setting",
            "the settings here are `exclude`, `policies`, `watch`"
        ),
        ("watch: { poll: 10 }", "`watch.poll` takes a duration, such as `100ms`", ""),
        ("watch: { poll: 1ms }", "`poll` must be 100ms to 1h, and `1ms` is not", ""),
        ("policies: ../elsewhere", "`policies` must be a path inside the workspace, and `../elsewhere` is not", ""),
        ("exclude: lab", "`exclude` takes a list of texts", ""),
        ("- policies", "a settings file is a mapping", ""),
    ])
    func `says what is wrong, and keeps the standard settings`(text: String, message: String, help: String) {
        let (settings, faults) = read(text)
        #expect(faults.map(\.message) == [message])
        #expect((faults.first?.helps.first?.text ?? "") == help)
        #expect(settings == .standard)
    }

    @Test func `finds a key twice and text that is no YAML`() {
        #expect(read("policies: a\npolicies: b\n").1.count == 1)
        #expect(read("exclude: [a").1.count == 1)
        #expect(SettingsReader.read(SourceFile(path: "weir.yaml", form: .yaml, bytes: [0xFF, 0xFE, 0])).1.count == 1)
    }
}
