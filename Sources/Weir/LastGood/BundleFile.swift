// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Reads and replaces one file as a whole.
enum BundleFile {
    /// The file's bytes; nil when it cannot be read or is larger than the limit.
    static func read(_ path: String, limit: Int) -> [UInt8]? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else { return nil }
            if count < buffer.count { return ferror(file) == 0 ? bytes : nil }
        }
    }

    /// Writes a new file, makes it durable and renames it over the old one.
    /// - Returns: why it failed; nil when it did not.
    static func replace(_ path: String, with bytes: [UInt8]) -> String? {
        let temporary = path + ".new"
        func reason() -> String { String(cString: strerror(errno)) }
        guard let file = fopen(temporary, "we") else { return reason() }
        let isWritten =
            bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) } == bytes.count && fflush(file) == 0
            && fsync(fileno(file)) == 0
        let failure = isWritten ? nil : reason()
        fclose(file)
        if let failure {
            unlink(temporary)
            return failure
        }
        return rename(temporary, path) == 0 ? nil : reason()
    }
}
