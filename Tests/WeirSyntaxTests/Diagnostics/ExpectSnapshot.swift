// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Compares a text with the golden file of that name beside the test, in `Snapshots`; `UPDATE_SNAPSHOTS=1` writes it anew.
func expectSnapshot(
    _ text: String, named name: String, folder: String = "Snapshots", filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let golden = URL(fileURLWithPath: filePath).deletingLastPathComponent().appending(path: folder).appending(
        path: name)
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
        try FileManager.default.createDirectory(
            at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: golden)
        return
    }
    guard let data = try? Data(contentsOf: golden) else {
        Issue.record("no golden file \(name); write it with UPDATE_SNAPSHOTS=1", sourceLocation: sourceLocation)
        return
    }
    #expect(text == String(decoding: data, as: UTF8.self), "differs from \(name)", sourceLocation: sourceLocation)
}
