// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Weir
import WeirResilience

/// What the tutorial shows of the library, over the files that the tutorial has written by then.
@Suite struct LoadAndReload {
    /// Stands in for the service's own client.
    struct Client: Sendable {
        func get(_ path: String) async throws -> String { "[\"\(path)\"]" }
    }

    @Test func `loads the tutorial's policies, and loads them again when they have changed`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(try WeirProgram.shell("weir init", in: directory).status == 0)
        let tutorial = Repository.File(path: "docs/tutorial.md")
        for block in try FencedBlock.blocks(of: tutorial) where block.words.first == "file" {
            try Data(block.text.utf8).write(to: directory.appending(path: try #require(block.words.last)))
        }
        let client = Client()
        let policies = directory.appending(path: "policies").path

        // snippet: load and call with a fallback
        let weir = try await Weir.load(from: policies)
        let listReviews: OperationHandle<String> = try weir.operation("reviews.list-reviews", handling: .text)
        let reviews = try await listReviews.run { try await client.get("/products/7/reviews") }
        // end
        #expect(reviews == "[\"/products/7/reviews\"]")

        #expect(
            try WeirProgram.shell("sed -i 's/timeout 250ms/timeout 200ms/' policies/*.weir", in: directory).status == 0)
        // snippet: reload
        let report = await weir.reload()
        print(report)
        // end
        let shown = try FencedBlock.blocks(of: tutorial).filter { $0.language == "text" }.map(\.text)
        #expect("\(report)\n" == shown.first)

        #expect(
            try WeirProgram.shell("sed -i 's/timeout 200ms/timeout 200/' policies/*.weir", in: directory).status == 0)
        let refused = await weir.reload()
        let first = try #require("\(refused)".split(separator: "\n").first)
        #expect("\(first)\n" == shown.last)
        #expect(try await listReviews.run { "[]" } == "[]")
    }
}
