// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The command line as it was built beside these tests.
enum WeirProgram {
    /// What a run left behind.
    struct Result: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The directory that the build put the programs into.
    static func directory() throws -> URL {
        let places = [Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        let arguments = CommandLine.arguments.map { URL(filePath: $0).deletingLastPathComponent() }
        let found = (places + arguments).first {
            FileManager.default.isExecutableFile(atPath: $0.appending(path: "weir").path)
        }
        return try #require(found, "`weir` was not built beside the tests: run `swift build` first")
    }

    /// Runs it with these arguments at the repository's root.
    static func run(_ arguments: String...) throws -> Result { try run(arguments: arguments) }

    static func run(arguments: [String]) throws -> Result {
        try launch(directory().appending(path: "weir"), arguments)
    }

    /// Runs a command line through the shell, with `weir` on the path; errors stand between the output.
    static func shell(_ command: String, in directory: URL = Repository.root) throws -> Result {
        try launch(URL(filePath: "/bin/sh"), ["-c", "exec 2>&1; \(command)"], in: directory)
    }

    /// Errors go to a file, so that a full pipe cannot stop the program.
    private static func launch(
        _ program: URL, _ arguments: [String], in directory: URL = Repository.root
    ) throws -> Result {
        let errors = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        let output = Pipe()
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = [
            "PATH": "\(try Self.directory().path):/usr/bin:/bin", "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
            "SWIFT_BACKTRACE": "enable=no",
        ]
        // A program built with a sanitizer keeps what these tests were told of it, such as that statics are no leaks.
        for (name, value) in ProcessInfo.processInfo.environment where name.hasSuffix("SAN_OPTIONS") {
            process.environment?[name] = value
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }
}
