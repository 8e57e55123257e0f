// SPDX-License-Identifier: Apache-2.0

/// The arrows between the modules, as `docs/architecture.md` states them: imports point down only.
enum ModuleTable {
    /// A module: its layer, the modules of ours that it may import, and those of others.
    struct Row: Sendable {
        let name: String
        let layer: Int
        let ours: Set<String>
        let others: Set<String>
    }

    private static let system: Set<String> = ["Glibc", "Synchronization"]
    private static let facade: Set<String> = [
        "Logging", "Metrics", "Tracing", "ServiceLifecycle", "UnixSignals", "Instrumentation", "ServiceContextModule",
        "CoreMetrics",
    ]
    private static let foundation: Set<String> = ["Foundation", "FoundationEssentials", "FoundationNetworking"]

    static let rows: [Row] = [
        Row(name: "WeirPolicy", layer: 0, ours: [], others: system),
        Row(name: "WeirSyntax", layer: 1, ours: ["WeirPolicy", "CLibYAML"], others: system),
        Row(name: "WeirResilience", layer: 1, ours: ["WeirPolicy"], others: system),
        Row(
            name: "WeirLifecycle", layer: 1, ours: ["WeirPolicy"],
            others: system.union(["HTTPTypes", "RawStructuredFieldValues"])),
        Row(name: "WeirCompiler", layer: 2, ours: ["WeirPolicy", "WeirSyntax"], others: system),
        Row(name: "WeirEvents", layer: 2, ours: ["WeirPolicy", "WeirResilience"], others: system),
        Row(name: "WeirWorkspace", layer: 3, ours: ["WeirPolicy", "WeirSyntax", "WeirCompiler"], others: system),
        Row(name: "WeirAnalysis", layer: 3, ours: ["WeirPolicy", "WeirSyntax", "WeirCompiler"], others: system),
        Row(
            name: "WeirSimulation", layer: 3,
            ours: ["WeirPolicy", "WeirSyntax", "WeirCompiler", "WeirResilience", "WeirLifecycle", "WeirEvents"],
            others: system.union(["HTTPTypes"])),
        Row(
            name: "WeirStores", layer: 3,
            ours: ["WeirPolicy", "WeirResilience", "WeirLifecycle", "WeirEvents", "CPostgreSQL"],
            others: system.union(["GRDB"])),
        Row(
            name: "WeirRabbitMQ", layer: 3, ours: ["WeirPolicy", "WeirResilience", "WeirEvents", "CRabbitMQ"],
            others: system),
        Row(
            name: "Weir", layer: 4,
            ours: [
                "WeirPolicy", "WeirSyntax", "WeirCompiler", "WeirResilience", "WeirLifecycle", "WeirEvents",
                "WeirWorkspace",
            ],
            others: system.union(facade).union(foundation)),
        Row(
            name: "WeirExport", layer: 4, ours: ["WeirPolicy", "WeirSyntax", "WeirLifecycle", "WeirCompiler"],
            others: system),
        Row(
            name: "WeirHummingbird", layer: 5, ours: ["WeirPolicy", "WeirLifecycle", "Weir"],
            others: system.union(facade).union(foundation).union(["HTTPTypes", "Hummingbird"])),
        Row(
            name: "WeirCommand", layer: 6,
            ours: [
                "WeirPolicy", "WeirSyntax", "WeirLifecycle", "WeirCompiler", "WeirWorkspace", "WeirAnalysis",
                "WeirSimulation", "WeirExport", "WeirEvents", "WeirRabbitMQ",
            ],
            others: system.union(["ArgumentParser"])),
    ]

    static func row(of name: String) -> Row? { rows.first { $0.name == name } }
}
