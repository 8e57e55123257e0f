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
        .library(name: "WeirPolicy", targets: ["WeirPolicy"])
    ],
    targets: [
        // Layer 0: the words both halves speak.
        .target(name: "WeirPolicy", swiftSettings: settings),
        .testTarget(name: "WeirPolicyTests", dependencies: ["WeirPolicy"], swiftSettings: settings),

        // Layer 1: text to tree, strategies and pipeline.
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "WeirSyntax", dependencies: ["WeirPolicy", "CLibYAML"], swiftSettings: settings),
        .testTarget(name: "WeirSyntaxTests", dependencies: ["WeirSyntax", "WeirPolicy"], swiftSettings: settings),
        .target(name: "WeirResilience", dependencies: ["WeirPolicy"], swiftSettings: settings),
        .testTarget(
            name: "WeirResilienceTests", dependencies: ["WeirResilience", "WeirPolicy"], swiftSettings: settings),
    ]
)
