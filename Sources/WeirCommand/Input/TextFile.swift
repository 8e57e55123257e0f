// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reads one file that is no policy, or standard input.
enum TextFile {
    /// The bytes of a file; `-` is standard input.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        guard let file = path == "-" ? fdopen(dup(STDIN_FILENO), "r") : fopen(path, "re") else {
            throw CommandError("`\(path)` cannot be read: \(String(cString: strerror(errno)))", .internalFault)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= limit {
            let count = fread(&buffer, 1, buffer.count, file)
            bytes += buffer[..<count]
            if count < buffer.count { break }
        }
        guard bytes.count <= limit else { throw CommandError("`\(path)` has more than \(limit) bytes") }
        return bytes
    }
}
