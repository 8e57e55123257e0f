// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Paths as text with `/` between their parts.
enum PathText {
    /// The path from the file system's root, without `.`, `..` and doubled slashes; links are not resolved.
    static func absolute(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : currentDirectory() + "/" + path
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The path of an entry of a directory.
    static func join(_ directory: String, _ name: some StringProtocol) -> String {
        if directory.isEmpty { return String(name) }
        if name.isEmpty { return directory }
        return directory.hasSuffix("/") ? directory + name : directory + "/" + name
    }

    /// The directory that holds an absolute path; the root holds itself.
    static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path.
    static func lastPart(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

    /// The path below a directory, nil when it is not below it; the directory itself is empty.
    static func relative(_ path: String, to directory: String) -> String? {
        if path == directory { return "" }
        let prefix = directory.hasSuffix("/") ? directory : directory + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    /// The path with all links resolved, nil when it leads nowhere.
    static func resolved(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    private static func currentDirectory() -> String {
        guard let text = getcwd(nil, 0) else { return "/" }
        defer { free(text) }
        return String(cString: text)
    }
}
