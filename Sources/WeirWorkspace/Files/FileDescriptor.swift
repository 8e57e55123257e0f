// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An open file that is closed when its owner lets go of it.
struct FileDescriptor: ~Copyable, Sendable {
    let number: Int32

    /// Takes over an open descriptor.
    init(_ number: Int32) { self.number = number }

    /// Opens a file for reading; a pipe or device without a writer does not make it wait.
    init(reading path: String) throws(FileError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else { throw .last(path) }
        number = opened
    }

    deinit { close(number) }

    /// Reads from an offset until the end or until the limit, whichever comes first.
    borrowing func read(path: String, expecting size: Int, limit: Int) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: min(size, limit) + 1)
        var count = 0
        while true {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(number, buffer.baseAddress.map { $0 + count }, buffer.count - count, count)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw .last(path) }
            guard got > 0 else { break }
            count += got
            guard count <= limit else { break }
            if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: min(count, limit + 1 - count))) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
