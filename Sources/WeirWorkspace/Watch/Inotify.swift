// SPDX-License-Identifier: Apache-2.0

import Glibc
import WeirSyntax

/// The kernel's notices about directories.
final class Inotify: Sendable {
    /// One notice.
    struct Event: Sendable, Hashable {
        /// The watch it is about; -1 for an overflow.
        let watch: Int32
        /// The kernel's bits.
        let mask: UInt32
        /// The entry of the directory; empty when it is about the directory itself.
        let name: String

        /// Notices were lost.
        var isOverflow: Bool { mask & UInt32(IN_Q_OVERFLOW) != 0 }
        /// The watch is gone, with the directory or by request.
        var endsWatch: Bool { mask & UInt32(IN_IGNORED) != 0 }
        /// The directory itself was deleted, moved or unmounted.
        var isAboutItself: Bool { mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT) != 0 }
        /// The entry is a directory.
        var isDirectory: Bool { mask & UInt32(IN_ISDIR) != 0 }
        /// Which directories hold the policy files may be another question now; a link to one looks like a file.
        var mayMoveDirectories: Bool {
            isDirectory || endsWatch || isAboutItself || SourceFile.Form(path: name) == nil
        }
    }

    /// Everything that can change which text a reader finds below a directory.
    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF
            | IN_ONLYDIR)
    private static let bufferBytes = 64 << 10

    let file: FileDescriptor

    /// A queue of its own.
    /// - Throws: ``FileError`` when the user has too many.
    init() throws(FileError) {
        let opened = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard opened >= 0 else { throw .last("inotify") }
        file = FileDescriptor(opened)
    }

    /// Watches a directory; a directory that is watched already keeps its number.
    func watch(_ path: String) throws(FileError) -> Int32 {
        let number = inotify_add_watch(file.number, path, Self.mask)
        guard number >= 0 else { throw .last(path) }
        return number
    }

    /// Ends a watch.
    func forget(_ watch: Int32) { _ = inotify_rm_watch(file.number, watch) }

    /// The notices that are there; does not wait.
    func events() -> [Event] {
        var events: [Event] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.bufferBytes, alignment: MemoryLayout<inotify_event>.alignment)
        defer { buffer.deallocate() }
        while true {
            let count = read(file.number, buffer.baseAddress, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return events }
            Self.decode(UnsafeRawBufferPointer(rebasing: buffer[..<count]), into: &events)
        }
    }

    private static func decode(_ bytes: UnsafeRawBufferPointer, into events: inout [Event]) {
        // The imported struct lacks its last member, the name, which follows at the struct's size.
        let header = MemoryLayout<inotify_event>.size
        var offset = 0
        while offset + header <= bytes.count {
            let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
            let end = min(offset + header + Int(event.len), bytes.count)
            let name = bytes[(offset + header)..<end].prefix { $0 != 0 }
            events.append(Event(watch: event.wd, mask: event.mask, name: String(decoding: name, as: UTF8.self)))
            offset = end
        }
    }
}
