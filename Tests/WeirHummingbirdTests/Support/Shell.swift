// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Programs that have nothing to do with ours: curl, and Python's parsers.
enum Shell {
    /// Runs a program on a thread of its own: the few threads that tasks share must not wait for a server that runs on them.
    static func run(_ program: String, _ arguments: [String], input: String = "") async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try wait(program, arguments, input) }) }
        }
    }

    private static func wait(_ program: String, _ arguments: [String], _ input: String) throws -> String {
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
    static func curl(_ url: String, _ fields: [String] = [], method: String = "GET") async throws -> String {
        let method = method == "HEAD" ? ["--head"] : ["--request", method]
        let arguments = ["--silent", "--show-error", "--include", "--path-as-is"] + method
        return try await run("curl", arguments + fields.flatMap { ["--header", $0] } + [url])
    }

    /// What comes back for requests that are sent byte by byte.
    static func send(_ requests: [String], to port: String) async throws -> [String] {
        let text = try await run(
            python, [here.appending(path: "send_raw.py").path, port], input: requests.map { $0 + "\n" }.joined())
        return text.split(separator: "\u{0C}\n").map(String.init)
    }

    private static let here = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    static let python = ProcessInfo.processInfo.environment["WEIR_PYTHON"] ?? "python3"

    /// What independent parsers read in answers.
    static func read(_ answers: [String]) async throws -> [[String: Any]] {
        let schema = here.appending(path: "../../docs/reference/api-problem.schema.json").standardized.path
        let text = try await run(
            python, [here.appending(path: "read_answers.py").path, schema],
            input: answers.map { $0 + "\u{0C}\n" }.joined())
        return try text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }
}
