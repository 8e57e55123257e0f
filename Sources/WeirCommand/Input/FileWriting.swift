// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Writes a file so that a reader sees the old content or the new, never half of it.
enum FileWriting {
    /// Writes beside the file, then renames over it; permissions of an existing file are kept. What is no file, such as
    /// `/dev/null` or a pipe, is written into and stays what it is.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        var existing = stat()
        let exists = stat(path, &existing) == 0
        if exists && existing.st_mode & S_IFMT != S_IFREG {
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw failure(path) }
            defer { close(descriptor) }
            guard writeAll(bytes, to: descriptor) else { throw failure(path) }
            return
        }
        try rename(path, mode: exists ? existing.st_mode & 0o7777 : 0o644, bytes)
    }

    /// Whether something is there, be it a link to nothing.
    static func exists(_ path: String) -> Bool {
        var existing = stat()
        return lstat(path, &existing) == 0
    }

    /// Makes a directory and those above it; those that are there are kept.
    static func createDirectories(_ path: String) throws {
        let parts = path.split(separator: "/")
        for count in parts.indices {
            let part = (path.hasPrefix("/") ? "/" : "") + parts[...count].joined(separator: "/")
            guard mkdir(part, 0o755) != 0 else { continue }
            let reason = errno
            var existing = stat()
            guard reason == EEXIST, stat(part, &existing) == 0 else { throw failure(part, reason) }
            guard existing.st_mode & S_IFMT == S_IFDIR else { throw failure(part, ENOTDIR) }
        }
    }

    /// Makes a file that does not exist yet; false, and nothing written, when something is there.
    static func create(_ path: String, with bytes: [UInt8]) throws -> Bool {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        if descriptor < 0 && errno == EEXIST { return false }
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard writeAll(bytes, to: descriptor) else { throw failure(path) }
        return true
    }

    private static func rename(_ path: String, mode: mode_t, _ bytes: [UInt8]) throws {
        let target = realPath(path) ?? path
        let temporary = "\(target).weir-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure(path) }
        guard writeAll(bytes, to: descriptor) else {
            let error = failure(path)
            close(descriptor)
            unlink(temporary)
            throw error
        }
        guard fsync(descriptor) == 0, close(descriptor) == 0, Glibc.rename(temporary, target) == 0 else {
            let error = failure(path)
            unlink(temporary)
            throw error
        }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return false }
            offset += written
        }
        return true
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func failure(_ path: String, _ reason: Int32 = errno) -> CommandError {
        CommandError("`\(path)` cannot be written: \(String(cString: strerror(reason)))", .internalFault)
    }
}
