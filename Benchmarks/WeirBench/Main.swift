// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Measures every claim beside its baseline in the same run; exits with 1 when a bar is missed.
@main
enum Main {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        var weir = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/weir"
        if let option = arguments.firstIndex(of: "--weir"), option + 1 < arguments.count {
            weir = arguments[option + 1]
            arguments.removeSubrange(option...option + 1)
        }
        let sections = arguments.isEmpty ? ["text", "calls", "events", "apis", "startup", "graph", "check"] : arguments
        var report = Report()
        if sections.contains("text") { TextBench.run(&report) }
        if sections.contains("calls") { CallBench.run(&report) }
        if sections.contains("events") { EventBench.run(&report) }
        if sections.contains("apis") { LifecycleBench.run(&report) }
        if sections.contains("startup") {
            let policies = FileManager.default.currentDirectoryPath + "/policies"
            CommandBench.startUp(&report, weir: weir, policies: policies)
        }
        if sections.contains("graph") { try GraphBench.run(&report, weir: weir) }
        if sections.contains("check") { try CommandBench.largeWorkspaces(&report, weir: weir) }
        print(report.missed == 0 ? "\nall bars met" : "\n\(report.missed) bars missed")
        exit(report.missed == 0 ? 0 : 1)
    }
}
