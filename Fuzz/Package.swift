// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// What is fuzzed is compiled here once more, with the fuzzer's coverage in it; the folders are links to the sources.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// What libFuzzer is led by; SwiftPM's own flag links it and leaves these out.
let coverage: [SwiftSetting] = [
    .unsafeFlags(["-sanitize-coverage=edge,inline-8bit-counters,pc-table,trace-cmp"])
]

/// A target whose entry point is libFuzzer's.
func fuzzer(_ name: String) -> Target {
    .executableTarget(
        name: name, dependencies: ["WeirSyntax"],
        swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])])
}

let package = Package(
    name: "weir-fuzz",
    platforms: [.macOS(.v26)],
    targets: [
        .target(name: "WeirPolicy", swiftSettings: settings + coverage),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "WeirSyntax", dependencies: ["WeirPolicy", "CLibYAML"], swiftSettings: settings + coverage),
        fuzzer("LexerFuzzer"), fuzzer("ParserFuzzer"), fuzzer("YAMLFuzzer"), fuzzer("FormatterFuzzer"),
        fuzzer("ConverterFuzzer"),
    ]
)
