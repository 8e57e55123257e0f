// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The policy files of the example, and copies of them that may be spoilt.
public struct PolicyFolder: Sendable {
    /// Where the files are.
    public let path: String

    /// A folder with a `weir.yaml`.
    public init(path: String) { self.path = path }

    /// The files that come with the example, in the package's own folder.
    public static var packaged: PolicyFolder {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return PolicyFolder(path: package.appending(path: "policies").path)
    }

    /// A copy in a new folder below the system's temporary one.
    func copied() throws -> PolicyFolder {
        let manager = FileManager.default
        let target = manager.temporaryDirectory.appending(path: "weir-story-\(UUID().uuidString)")
        // A copied link would lead back to the files that are to stay as they are.
        try manager.copyItem(at: URL(filePath: path).resolvingSymlinksInPath(), to: target)
        return PolicyFolder(path: target.path)
    }

    /// Removes the folder.
    func remove() throws { try FileManager.default.removeItem(atPath: path) }

    /// Replaces a text in a file, that of resilience policies by default, as an editor does: whole file, new name, renamed over.
    /// - Throws: when the file cannot be read or written, or does not have the text.
    func edit(_ old: String, to new: String, in name: String = "shop/resilience.weir") throws {
        let file = URL(filePath: path).appending(path: name)
        let text = try String(contentsOf: file, encoding: .utf8)
        guard text.contains(old) else { throw StoryError(missing: "`\(old)` in \(file.path)") }
        let changed = text.replacingOccurrences(of: old, with: new)
        try changed.write(to: file, atomically: true, encoding: .utf8)
    }
}

/// The story cannot be told because something is not there.
struct StoryError: Error, CustomStringConvertible {
    let missing: String
    var description: String { "missing: \(missing)" }
}
