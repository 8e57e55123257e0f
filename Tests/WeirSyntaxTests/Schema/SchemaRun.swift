// SPDX-License-Identifier: Apache-2.0

import Foundation
import WeirPolicy

@testable import WeirSyntax

/// One run of python's `jsonschema` over many texts.
struct SchemaRun {
    /// What it says of each text; nil where it accepts it.
    private(set) var refusals: [String: String] = [:]
    /// What went wrong with the run itself.
    let errors: String

    /// Validates YAML texts, each known by a name without slashes.
    init(_ texts: [String: [UInt8]], filePath: String = #filePath) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("weir-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let schema = folder.appendingPathComponent("schema.json")
        try Data(YAMLFormSchema.json.indentedText.utf8).write(to: schema)
        var names: [String: String] = [:]
        for (number, entry) in texts.sorted(by: { $0.key < $1.key }).enumerated() {
            let file = folder.appendingPathComponent("\(number).yaml")
            try Data(entry.value).write(to: file)
            names[file.path] = entry.key
        }
        var root = URL(fileURLWithPath: filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let process = Process()
        process.executableURL = root.appendingPathComponent("scripts/validate-yaml")
        process.arguments = [schema.path] + names.keys.sorted()
        let (output, problems) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, problems)
        try process.run()
        let lines = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        errors = String(decoding: try problems.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        for line in lines.split(separator: "\n") where line.hasPrefix("no ") {
            let (path, why) = line.dropFirst(3).split(at: ": ")
            if let name = names[String(path)] { refusals[name] = String(why) }
        }
    }
}

extension Substring {
    fileprivate func split(at sign: String) -> (Substring, Substring) {
        guard let range = self.range(of: sign) else { return (self, "") }
        return (self[..<range.lowerBound], self[range.upperBound...])
    }
}
