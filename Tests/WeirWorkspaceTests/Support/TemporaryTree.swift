// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A directory for one test that is removed with it.
final class TemporaryTree {
    /// The absolute path, without links in it.
    let path: String

    init(_ files: [String: String] = [:]) throws {
        let made = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
        path = made.resolvingSymlinksInPath().path
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }  // A leftover in the temporary directory harms nobody.

    func at(_ name: String) -> String { name.isEmpty ? path : path + "/" + name }

    /// Writes in place, as `echo >` does.
    func write(_ name: String, _ text: String) throws {
        try directory((name as NSString).deletingLastPathComponent)
        try Data(text.utf8).write(to: URL(filePath: at(name)))
    }

    func directory(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: at(name), withIntermediateDirectories: true)
    }

    /// Renames over what stands at the new name, as editors and deployments do.
    func rename(_ old: String, to new: String) throws {
        guard Foundation.rename(at(old), at(new)) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: at(name), withDestinationPath: target)
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: at(name)) }

    /// Lays files out as the Kubernetes volume of a ConfigMap does; again: the atomic swap of an update.
    func mount(_ files: [String: String], version: String) throws {
        for (name, text) in files { try write("..\(version)/\(name)", text) }
        try link("..data_tmp", to: "..\(version)")
        try rename("..data_tmp", to: "..data")
        for name in files.keys where !FileManager.default.fileExists(atPath: at(name)) {
            try link(name, to: "..data/\(name)")
        }
    }
}
