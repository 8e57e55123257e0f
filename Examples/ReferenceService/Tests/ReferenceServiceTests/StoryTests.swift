// SPDX-License-Identifier: Apache-2.0

import Foundation
import ReferenceService
import Testing

@Suite struct StoryTests {
    @Test(.timeLimit(.minutes(2))) func `sees every step of the story over real HTTP`() async throws {
        #expect(try await Story().play() == [])
    }

    @Test(.timeLimit(.minutes(4))) func `sees every step with the events on a RabbitMQ broker`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "weir-story-\(UUID())").path
        let address = try Self.broker("start", folder, "\(ProcessInfo.processInfo.processIdentifier)")
        #expect(address.hasPrefix("amqp://"))
        let missing = try await Story(broker: address).play()
        _ = try Self.broker("stop", folder)
        #expect(missing == [])
    }

    /// Asks for a node of the tests; the first line of what is said.
    private static func broker(_ arguments: String...) throws -> String {
        let root = URL(filePath: #filePath).appending(path: "../../../../..").standardized
        let process = Process()
        process.executableURL = root.appending(path: "scripts/test-broker")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
    }
}
