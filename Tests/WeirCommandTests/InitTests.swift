// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What `weir init` writes is sound, tested and formatted, and the same in both forms.
@Suite struct InitTests {
    static let presets = ["http-client", "database", "cache", "message-consumer", "batch"]

    @Test(arguments: presets, ["weir", "yaml"])
    func `is written clean, tested and formatted`(preset: String, form: String) throws {
        let workspace = try TemporaryWorkspace([:])
        let made = try CommandRun(["init", "--preset", preset, "--form", form, "shop"], in: workspace.url)
        #expect(made.status == 0, "\(made.errors)")
        let ending = form == "yaml" ? ".weir.yaml" : ".weir"
        for name in ["weir.yaml", preset + ending, "\(preset).test\(ending)"] {
            #expect(made.output.contains("wrote shop/\(name)\n"))
            #expect(try !workspace.text("shop/\(name)").isEmpty)
        }
        let check = try CommandRun(["check", "--fail-on", "warning", "shop"], in: workspace.url)
        #expect(check.status == 0 && check.output.isEmpty, "\(check.output)\(check.errors)")
        let test = try CommandRun(["test", "shop"], in: workspace.url)
        #expect(test.status == 0, "\(test.output)\(test.errors)")
        // `fmt` lays out the language's own text; of YAML there is nothing to say.
        if form == "weir" { #expect(try CommandRun(["fmt", "--check", "shop"], in: workspace.url).status == 0) }
    }

    @Test(arguments: presets) func `means the same in both forms`(preset: String) throws {
        let graphs = try ["weir", "yaml"].map { form in
            let workspace = try TemporaryWorkspace([:])
            #expect(try CommandRun(["init", "--preset", preset, "--form", form, "."], in: workspace.url).status == 0)
            return try CommandRun(["compile", "-o", "-"], in: workspace.url).output
        }
        #expect(graphs[0].count > 500)
        #expect(graphs[0] == graphs[1])
    }

    @Test(arguments: presets) func `names commands that can be run next`(preset: String) throws {
        let workspace = try TemporaryWorkspace([:])
        let made = try CommandRun(["init", "--preset", preset, "shop"], in: workspace.url)
        let next = made.output.split(separator: "\n").filter { $0.hasPrefix("  weir ") }
        #expect(next.count == 3)
        for command in next {
            let run = try CommandRun(command.split(separator: " ").dropFirst().map(String.init), in: workspace.url)
            #expect(run.status == 0, "\(command)\n\(run.errors)")
        }
    }

    @Test func `puts all presets side by side, and keeps the settings of the first`() throws {
        let workspace = try TemporaryWorkspace([:])
        for preset in Self.presets {
            let run = try CommandRun(["init", "--preset", preset, "shop/all"], in: workspace.url)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("weir.yaml") == (preset == Self.presets[0]))
        }
        let check = try CommandRun(["check", "--fail-on", "warning", "shop/all"], in: workspace.url)
        #expect(check.status == 0, "\(check.output)")
        #expect(check.errors.contains("in 10 files"))
    }

    @Test func `is a package of the workspace that it is written into`() throws {
        let workspace = try TemporaryWorkspace(["weir.yaml": "", "own.weir": "edition 1\n"])
        let run = try CommandRun(["init", "--preset", "cache", "shop/cache"], in: workspace.url)
        #expect(!run.output.contains("weir.yaml"))
        #expect(try CommandRun(["explain", "shop.cache.cache-reads"], in: workspace.url).status == 0)
    }

    @Test func `writes over nothing, and nothing beside what exists`() throws {
        let workspace = try TemporaryWorkspace(["policies/batch.test.weir": "# Mine.\n"])
        let run = try CommandRun(["init", "--preset", "batch"], in: workspace.url)
        #expect(run.status == 2)
        #expect(run.errors.contains("`policies/batch.test.weir` exists"))
        #expect(run.output.isEmpty)
        #expect(try workspace.text("policies/batch.test.weir") == "# Mine.\n")
        let names = try FileManager.default.contentsOfDirectory(atPath: workspace.url.appending(path: "policies").path)
        #expect(names == ["batch.test.weir"])
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `is completed by a shell, presets included`(shell: String) throws {
        let workspace = try TemporaryWorkspace([:])
        let script = try CommandRun(["completion", shell], in: workspace.url).output
        for word in Self.presets + ["init", "preset"] { #expect(script.contains(word), "\(word)") }
    }

    @Test func `shows editors the schema of the YAML form`() throws {
        let workspace = try TemporaryWorkspace([:])
        #expect(try CommandRun(["init", "--form", "yaml"], in: workspace.url).status == 0)
        let text = try workspace.text("policies/http-client.weir.yaml")
        #expect(text.hasPrefix("# yaml-language-server: $schema=weir.schema.json\n# A service that"))
        let schema = try CommandRun(["schema"], in: workspace.url).output
        #expect(try workspace.text("policies/weir.schema.json") == schema)
    }
}
