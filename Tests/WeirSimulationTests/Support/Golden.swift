// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

/// Compares a text with the file of that name beside the tests; `UPDATE_SNAPSHOTS=1` writes the file anew.
func expectGolden(_ text: String, named name: String, at location: SourceLocation = #_sourceLocation) {
    let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let path = "/\(folder)/Golden/\(name).txt"
    let text = text + "\n"
    if getenv("UPDATE_SNAPSHOTS") != nil {
        guard let file = fopen(path, "w") else {
            Issue.record("cannot write \(path)", sourceLocation: location)
            return
        }
        fputs(text, file)
        fclose(file)
    }
    #expect(text == contents(of: path), "\(path)", sourceLocation: location)
}

private func contents(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var byte = fgetc(file)
    while byte != EOF {
        bytes.append(UInt8(truncatingIfNeeded: byte))
        byte = fgetc(file)
    }
    return String(decoding: bytes, as: UTF8.self)
}
