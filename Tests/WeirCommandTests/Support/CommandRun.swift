// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One run of the built command line: its exit code and what it wrote.
struct CommandRun {
    let status: Int32
    let output: String
    let errors: String

    /// Runs `weir` in a directory, with a text or an open file as standard input, and colours off unless the environment
    /// says otherwise.
    init(
        _ arguments: [String], in directory: URL, input: String = "", inputHandle: FileHandle? = nil,
        environment: [String: String] = ["NO_COLOR": "1"]
    ) throws {
        let process = Process()
        process.executableURL = try Self.binary()
        process.arguments = arguments
        process.currentDirectoryURL = directory
        // A program built with a sanitizer keeps what these tests were told of it, such as that statics are no leaks.
        let sanitizers = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
        process.environment = environment.merging(sanitizers) { own, _ in own }
        // Errors go to a file: of two pipes the one that is read later may fill up, and the program would wait for ever.
        let errorFile = FileManager.default.temporaryDirectory.appendingPathComponent("weir-\(UUID().uuidString).txt")
        try Data().write(to: errorFile)
        defer { try? FileManager.default.removeItem(at: errorFile) }
        let pipes = (input: Pipe(), output: Pipe())
        process.standardInput = inputHandle ?? pipes.input
        process.standardOutput = pipes.output
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        if inputHandle == nil { try pipes.input.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
        try pipes.input.fileHandleForWriting.close()
        output = String(decoding: try pipes.output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
        status = process.terminationStatus
    }

    /// The program beside the test bundle, under the product's name or the target's.
    private static func binary() throws -> URL {
        let directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = ["weir", "WeirCommand"].map { directory.appendingPathComponent($0) }
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return found
    }
}

/// A directory of its own for a test, removed at the end.
struct TemporaryWorkspace: ~Copyable {
    let url: URL

    /// A directory with these files.
    init(_ files: [String: String]) throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("weir-command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (path, text) in files {
            let file = url.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// A file's text now.
    func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appendingPathComponent(path)), as: UTF8.self)
    }
}
