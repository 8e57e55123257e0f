// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Programs that have nothing to do with ours: curl, and Python's parsers.
enum Shell {
    static func run(_ program: String, _ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        let (output, source) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = output
        process.standardInput = source
        try process.run()
        try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try source.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) \(arguments): \(process.terminationStatus)")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Head and body of an answer.
    static func curl(_ url: String, _ fields: [String] = [], method: String = "GET") throws -> String {
        let method = method == "HEAD" ? ["--head"] : ["--request", method]
        let arguments = ["--silent", "--show-error", "--include", "--path-as-is"] + method
        return try run("curl", arguments + fields.flatMap { ["--header", $0] } + [url])
    }

    /// What independent parsers read in answers.
    static func read(_ answers: [String]) throws -> [[String: Any]] {
        let here = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let schema = here.appending(path: "../../docs/reference/api-problem.schema.json").standardized.path
        let python = ProcessInfo.processInfo.environment["WEIR_PYTHON"] ?? "python3"
        let text = try run(
            python, [here.appending(path: "read_answers.py").path, schema],
            input: answers.map { $0 + "\u{0C}\n" }.joined())
        return try text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }
}
