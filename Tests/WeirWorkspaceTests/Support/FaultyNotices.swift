// SPDX-License-Identifier: Apache-2.0

import Glibc

@testable import WeirWorkspace

/// The kernel's notices with a fault in them.
final class FaultyNotices: DirectoryNotices {
    enum Fault: Sendable {
        /// All notices are lost, and the kernel says so.
        case overflows
        /// Directories of this name find no room for their watch.
        case noRoom(for: String)
    }

    private let real: Inotify
    private let fault: Fault

    init(_ fault: Fault) throws(FileError) {
        real = try Inotify()
        self.fault = fault
    }

    var number: Int32 { real.number }

    func watch(_ path: String) throws(FileError) -> Int32 {
        if case .noRoom(let name) = fault, path.hasSuffix("/" + name) { throw FileError(path: path, number: ENOSPC) }
        return try real.watch(path)
    }

    func forget(_ watch: Int32) { real.forget(watch) }

    func events() -> [Inotify.Event] {
        let events = real.events()
        guard case .overflows = fault, !events.isEmpty else { return events }
        return [Inotify.Event(watch: -1, mask: UInt32(IN_Q_OVERFLOW), name: "")]
    }
}
