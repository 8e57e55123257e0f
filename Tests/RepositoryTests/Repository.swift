// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The working copy that these tests were built from.
enum Repository {
    /// Its root.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Directories whose contents nobody wrote.
    private static let made: Set<String> = [".build", ".git", ".swiftpm", "dist"]

    /// A file: where it stands below the root, and its text.
    struct File: Sendable, CustomTestStringConvertible {
        let path: String

        var url: URL { Repository.root.appending(path: path) }
        var testDescription: String { path }

        func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }
        func lines() throws -> [Substring] { try text().split(separator: "\n", omittingEmptySubsequences: false) }
    }

    /// The files below a directory whose names end so, in order.
    static func files(below directory: String = "", ending suffix: String) -> [File] {
        var paths: [String] = []
        collect(directory, suffix, into: &paths)
        return paths.sorted().map { File(path: $0) }
    }

    private static func collect(_ directory: String, _ suffix: String, into paths: inout [String]) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: directory).path)) ?? []
        for name in names where !made.contains(name) && !name.hasPrefix(".build") {
            let path = directory.isEmpty ? name : "\(directory)/\(name)"
            if isDirectory(path) {
                collect(path, suffix, into: &paths)
            } else if name.hasSuffix(suffix) {
                paths.append(path)
            }
        }
    }

    /// Whether a path below the root is a directory and no link.
    static func isDirectory(_ path: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: root.appending(path: path).path)
        return attributes?[.type] as? FileAttributeType == .typeDirectory
    }

    /// Whether a path below the root names anything.
    static func contains(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// The Swift files that are written by hand.
    static let swiftFiles = ["Sources", "Tests", "Examples", "Benchmarks"].flatMap {
        files(below: $0, ending: ".swift")
    }
    /// The documents.
    static let documents = files(ending: ".md")
}
