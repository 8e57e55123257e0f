// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// The same settings for every target of ours: Swift 6 mode, the upcoming features the style guide names, warnings as errors.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "weir",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "weir", targets: ["WeirCommand"]),
        .library(name: "Weir", targets: ["Weir", "WeirEvents", "WeirLifecycle", "WeirResilience", "WeirPolicy"]),
        .library(name: "WeirHummingbird", targets: ["WeirHummingbird"]),
        .library(name: "WeirStores", targets: ["WeirStores"]),
        .library(name: "WeirRabbitMQ", targets: ["WeirRabbitMQ"]),
        .library(name: "WeirPolicy", targets: ["WeirPolicy"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Layer 0: the words both halves speak.
        .target(name: "WeirPolicy", swiftSettings: settings),
        .testTarget(
            name: "WeirPolicyTests", dependencies: ["WeirPolicy"], exclude: ["Graph/Fixtures"], swiftSettings: settings),

        // Layer 1: text to tree, strategies and pipeline.
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "WeirSyntax", dependencies: ["WeirPolicy", "CLibYAML"], swiftSettings: settings),
        .testTarget(
            name: "WeirSyntaxTests", dependencies: ["WeirSyntax", "WeirPolicy"],
            exclude: [
                "Convert/Snapshots", "Diagnostics/Snapshots", "Fixtures", "Format/Snapshots", "Mistakes/Fixtures",
            ],
            swiftSettings: settings),
        .target(name: "WeirResilience", dependencies: ["WeirPolicy"], swiftSettings: settings),
        .testTarget(
            name: "WeirResilienceTests", dependencies: ["WeirResilience", "WeirPolicy"], swiftSettings: settings),

        .target(
            name: "WeirLifecycle",
            dependencies: [
                "WeirPolicy",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
            ], swiftSettings: settings),
        .testTarget(
            name: "WeirLifecycleTests",
            dependencies: [
                "WeirLifecycle", "WeirPolicy",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "RawStructuredFieldValues", package: "swift-http-structured-headers"),
            ], swiftSettings: settings),

        // Layer 2: trees to graph.
        .target(name: "WeirCompiler", dependencies: ["WeirSyntax", "WeirPolicy"], swiftSettings: settings),
        .testTarget(
            name: "WeirCompilerTests", dependencies: ["WeirCompiler", "WeirSyntax", "WeirPolicy"],
            exclude: ["Names/mistakes.txt"], swiftSettings: settings),

        .target(name: "WeirEvents", dependencies: ["WeirResilience", "WeirPolicy"], swiftSettings: settings),
        // What every transport and every store has to do; their test targets run it.
        .target(
            name: "WeirEventsConformance", dependencies: ["WeirEvents", "WeirPolicy"],
            path: "Tests/WeirEventsConformance", swiftSettings: settings),
        .testTarget(
            name: "WeirEventsTests",
            dependencies: ["WeirEvents", "WeirEventsConformance", "WeirResilience", "WeirPolicy"],
            swiftSettings: settings),

        // Layer 3: files, virtual time, stores, the broker.
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "WeirStores",
            dependencies: [
                "WeirEvents", "WeirLifecycle", "WeirResilience", "WeirPolicy", "CPostgreSQL",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "WeirStoresTests",
            dependencies: [
                "WeirStores", "WeirEvents", "WeirEventsConformance", "WeirLifecycle", "WeirResilience", "WeirPolicy",
                .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: settings),
        .systemLibrary(name: "CRabbitMQ", pkgConfig: "librabbitmq", providers: [.apt(["librabbitmq-dev"])]),
        .target(
            name: "WeirRabbitMQ", dependencies: ["WeirEvents", "WeirResilience", "WeirPolicy", "CRabbitMQ"],
            swiftSettings: settings),
        .testTarget(
            name: "WeirRabbitMQTests",
            dependencies: [
                "WeirCommand", "WeirRabbitMQ", "WeirEvents", "WeirEventsConformance", "WeirResilience", "WeirPolicy",
            ], swiftSettings: settings),
        .target(
            name: "WeirWorkspace", dependencies: ["WeirCompiler", "WeirSyntax", "WeirPolicy"], swiftSettings: settings),
        .testTarget(
            name: "WeirWorkspaceTests", dependencies: ["WeirWorkspace", "WeirCompiler", "WeirSyntax", "WeirPolicy"],
            swiftSettings: settings),
        .target(
            name: "WeirSimulation",
            dependencies: [
                "WeirEvents", "WeirCompiler", "WeirLifecycle", "WeirResilience", "WeirPolicy",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ], swiftSettings: settings),
        .testTarget(
            name: "WeirSimulationTests",
            dependencies: [
                "WeirSimulation", "WeirEvents", "WeirCompiler", "WeirResilience", "WeirSyntax", "WeirPolicy",
            ],
            exclude: ["Golden"], swiftSettings: settings),

        // Layer 4: what a service imports.
        .target(
            name: "Weir",
            dependencies: [
                "WeirWorkspace", "WeirEvents", "WeirCompiler", "WeirLifecycle", "WeirResilience", "WeirSyntax",
                "WeirPolicy",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        .testTarget(
            name: "WeirTests",
            dependencies: [
                "Weir", "WeirEvents", "WeirWorkspace", "WeirCompiler", "WeirResilience", "WeirSyntax", "WeirPolicy",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),

        // Layer 3, 4 and 6: what is said about a graph, what it is drawn and written as, and the command line.
        .target(
            name: "WeirAnalysis", dependencies: ["WeirCompiler", "WeirSyntax", "WeirPolicy"], swiftSettings: settings),
        .testTarget(
            name: "WeirAnalysisTests", dependencies: ["WeirAnalysis", "WeirCompiler", "WeirSyntax", "WeirPolicy"],
            swiftSettings: settings),
        .target(
            name: "WeirExport", dependencies: ["WeirCompiler", "WeirLifecycle", "WeirSyntax", "WeirPolicy"],
            swiftSettings: settings),
        .testTarget(
            name: "WeirExportTests",
            dependencies: ["WeirExport", "WeirCompiler", "WeirLifecycle", "WeirSyntax", "WeirPolicy"],
            swiftSettings: settings),
        .executableTarget(
            name: "WeirCommand",
            dependencies: [
                "WeirWorkspace", "WeirAnalysis", "WeirExport", "WeirSimulation", "WeirRabbitMQ", "WeirEvents",
                "WeirCompiler", "WeirLifecycle", "WeirSyntax", "WeirPolicy",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], resources: [.embedInCode("Presets")], swiftSettings: settings),
        .testTarget(
            name: "WeirCommandTests", dependencies: ["WeirCommand", "WeirPolicy"], swiftSettings: settings),

        // Layer 5: servers that enforce it.
        .target(
            name: "WeirHummingbird",
            dependencies: [
                "Weir", "WeirLifecycle", "WeirPolicy",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        .testTarget(
            name: "WeirHummingbirdTests",
            dependencies: [
                "WeirHummingbird", "Weir", "WeirLifecycle", "WeirStores", "WeirSyntax", "WeirPolicy",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], exclude: ["read_answers.py", "send_raw.py"], swiftSettings: settings),

        // What `make bench` runs.
        .executableTarget(
            name: "WeirBench",
            dependencies: [
                "Weir", "WeirEvents", "WeirLifecycle", "WeirResilience", "WeirSyntax", "WeirPolicy", "CLibYAML",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/WeirBench", swiftSettings: settings),

        .executableTarget(
            name: "WeirServerBench",
            dependencies: [
                "WeirHummingbird", "WeirLifecycle", "WeirPolicy",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/WeirServerBench", swiftSettings: settings),

        // What `make test` and `make soak` give damaged files to.
        .executableTarget(
            name: "WeirMutants",
            dependencies: [
                "Weir", "WeirCompiler", "WeirResilience", "WeirSyntax", "WeirPolicy",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/WeirMutants", swiftSettings: settings),

        // The habits of the repository, and its documents.
        .testTarget(
            name: "RepositoryTests",
            dependencies: [
                "Weir", "WeirEvents", "WeirAnalysis", "WeirExport", "WeirSimulation", "WeirCompiler", "WeirResilience",
                "WeirSyntax",
                "WeirPolicy", "WeirHummingbird", "WeirLifecycle",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
    ]
)
