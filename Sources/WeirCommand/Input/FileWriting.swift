// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Writes a file so that a reader sees the old content or the new, never half of it.
enum FileWriting {
    /// Writes beside the file, then renames over it; permissions of an existing file are kept.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        var existing = stat()
        let mode = stat(path, &existing) == 0 ? existing.st_mode & 0o7777 : 0o644
        let target = realPath(path) ?? path
        let temporary = "\(target).weir-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        var offset = 0
        while offset < bytes.count {
            let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else {
                let error = failure(path)
                close(descriptor)
                unlink(temporary)
                throw error
            }
            offset += written
        }
        guard fsync(descriptor) == 0, close(descriptor) == 0, rename(temporary, target) == 0 else {
            let error = failure(path)
            unlink(temporary)
            throw error
        }
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func failure(_ path: String) -> CommandError {
        CommandError("`\(path)` cannot be written: \(String(cString: strerror(errno)))")
    }
}
