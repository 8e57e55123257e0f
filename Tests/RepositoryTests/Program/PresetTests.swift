// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Weir
import WeirPolicy

/// Whether a service can load what `weir init` writes.
@Suite struct PresetTests {
    @Test(arguments: ["http-client", "database", "cache", "batch", "message-consumer"])
    func `is loaded by a service as it was written`(preset: String) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(try WeirProgram.shell("weir init --preset \(preset)", in: directory).status == 0)
        // Its comment says that the way of messages is enforced by the broker, and how a service says so.
        let elsewhere: Set<String> = preset == "message-consumer" ? ["event-routing"] : []
        let weir = try await Weir.load(
            from: directory.appending(path: "policies").path,
            configuration: WeirConfiguration(enforcedElsewhere: elsewhere))
        #expect(!weir.graph.policies.isEmpty)
    }
}
