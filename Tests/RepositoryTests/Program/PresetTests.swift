// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Weir
import WeirEvents
import WeirPolicy

/// Whether a service can load what `weir init` writes.
@Suite struct PresetTests {
    @Test(arguments: ["http-client", "database", "cache", "batch", "message-consumer"])
    func `is loaded by a service as it was written`(preset: String) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(try WeirProgram.shell("weir init --preset \(preset)", in: directory).status == 0)
        // What carries its messages is attached as its comment says.
        var configuration = WeirConfiguration()
        if preset == "message-consumer" {
            configuration.events = .memory(EventBusConfiguration(services: ["shipping"]))
        }
        let weir = try await Weir.load(
            from: directory.appending(path: "policies").path, configuration: configuration)
        #expect(!weir.graph.policies.isEmpty)
    }
}
