// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the operating system answered when a file could not be opened, read or watched.
public struct FileError: Error, Sendable, Hashable {
    /// The file or directory.
    public let path: String
    /// The system's error number, such as `ENOENT`.
    public let number: Int32

    init(path: String, number: Int32) {
        self.path = path
        self.number = number
    }

    /// The last system call's error in this thread.
    static func last(_ path: String) -> FileError { FileError(path: path, number: errno) }

    /// The system's words for it: `permission denied`.
    public var reason: String {
        // Safe in every thread since glibc 2.32.
        guard let text = strerror(number) else { return "error \(number)" }
        let words = String(cString: text)
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}

extension FileError: CustomStringConvertible {
    /// The path and the reason.
    public var description: String { "`\(path)`: \(reason)" }
}
