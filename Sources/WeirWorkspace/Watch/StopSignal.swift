// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A request to stop that a thread can wait for together with other files.
final class StopSignal: Sendable {
    private let readable: FileDescriptor
    private let writable: FileDescriptor

    init() throws(FileError) {
        var ends: (Int32, Int32) = (-1, -1)
        let made = withUnsafeMutableBytes(of: &ends) { pipe($0.assumingMemoryBound(to: Int32.self).baseAddress) }
        guard made == 0 else { throw .last("pipe") }
        readable = FileDescriptor(ends.0)
        writable = FileDescriptor(ends.1)
        for end in [ends.0, ends.1] {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    /// The file that becomes readable.
    var number: Int32 { readable.number }

    /// Asks to stop; more than once is the same as once.
    func raise() {
        var one: UInt8 = 1
        // Only a pipe that is full refuses, and then the request stands already.
        _ = write(writable.number, &one, 1)
    }
}
