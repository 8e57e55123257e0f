// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The command line as whole processes: start-up, the reference policies, large workspaces.
enum CommandBench {
    static func startUp(_ report: inout Report, weir: String, policies: String) {
        report.title("start-up")
        guard let nothing = Child.median(of: 21, ["/bin/true"]),
            let version = Child.median(of: 21, [weir, "--version"]),
            let check = Child.median(of: 11, [weir, "check", policies])
        else { return report.row("the programs could not be started", 1, "", .atMost(0)) }
        report.row("/bin/true (baseline)", nothing.wallSeconds * 1e3, "ms")
        report.row("weir --version", version.wallSeconds * 1e3, "ms")
        report.row("weir --version, times /bin/true", version.wallSeconds / nothing.wallSeconds, "x", .atMost(10))
        report.row("weir check policies", check.wallSeconds * 1e3, "ms", .atMost(100), note: "exit \(check.status)")
    }

    static func largeWorkspaces(_ report: inout Report, weir: String) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("weir-bench-\(getpid())")
        defer { try? FileManager.default.removeItem(at: root) }
        var perPolicy: [Double] = []
        for (policies, files) in [(1000, 100), (10_000, 1000), (100_000, 10_000)] {
            let corpus = Corpus(policies: policies, files: files)
            let directory = root.appendingPathComponent("\(policies)")
            try write(corpus, to: directory)
            let arguments = [weir, "check", directory.path, "--format", "concise"]
            guard let check = Child.median(of: policies > 10_000 ? 3 : 5, arguments) else { continue }
            let twins = corpus.files.map { Array($0.yaml.utf8) }
            let bare = Measure.median(rounds: 3) { for twin in twins { keep(BareYAML.countEvents(twin)) } }
            report.title("weir check of \(policies) policies in \(files) files")
            report.row("wall time", check.wallSeconds * 1e3, "ms", note: "exit \(check.status)")
            report.row("libyaml, bare events over the twin (baseline)", bare / 1e6, "ms")
            report.row("exit code", Double(check.status), "", .atMost(0))
            if policies == 10_000 {
                report.row("wall time, times bare events", check.wallSeconds * 1e9 / bare, "x", .atMost(4))
                report.row("peak memory", check.peakMegabytes, "MB", .atMost(250))
            } else {
                report.row("peak memory", check.peakMegabytes, "MB")
                let size = Double(corpus.weirBytes) / 1_048_576
                if policies == 100_000 {
                    report.row("peak memory, times the files", check.peakMegabytes / size, "x", .atMost(12))
                }
            }
            perPolicy.append(check.wallSeconds / Double(policies))
        }
        guard let first = perPolicy.first, let last = perPolicy.last else { return }
        report.row("time per policy, 100,000 beside 1,000", last / first, "x", .atMost(1.2))
    }

    private static func write(_ corpus: Corpus, to directory: URL) throws {
        for file in corpus.files {
            let url = directory.appendingPathComponent(file.path + ".weir")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.weir.utf8).write(to: url)
        }
        try Data("# The root of a workspace.\n".utf8).write(to: directory.appendingPathComponent("weir.yaml"))
    }
}
