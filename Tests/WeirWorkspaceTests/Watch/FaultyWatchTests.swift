// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import WeirWorkspace

/// What becomes of a watch when the kernel does not tell all.
@Suite struct FaultyWatchTests {
    static let quickPoll = "watch: { poll: 100ms }"

    @Test func `looks at everything when notices were lost`() async throws {
        let tree = try TemporaryTree(["a.weir": "1"])
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.path)) { () throws(FileError) in
            try FaultyNotices(.overflows)
        }
        for version in 2...4 {
            try tree.write("a.weir", "\(version)")
            #expect(await watcher.next()?.cause == .overflow)
        }
        try tree.write("deep/er/b.weir", "1")
        // On a busy machine one notice may come between the making of the two directories.
        while let notice = await watcher.next(), notice.watchedDirectories < 4 { #expect(notice.degraded == nil) }
        try tree.write("deep/er/b.weir", "2")
        #expect(await watcher.next()?.cause == .overflow, "new directories are under watch")
    }

    @Test func `without notices it says so at once and the slow poll goes on`() async throws {
        let tree = try TemporaryTree(["weir.yaml": Self.quickPoll, "a.weir": "1"])
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.path)) { () throws(FileError) in
            throw FileError(path: "inotify", number: EMFILE)
        }
        let first = try #require(await watcher.next())
        #expect(first.degraded == "the kernel gives no notices: too many open files")
        #expect(first.watchedDirectories == 0)
        for change in [
            { try tree.write("a.weir", "22") }, { try tree.write("deep/b.weir", "1") }, { try tree.remove("a.weir") },
        ] {
            try change()
            let notice = await watcher.next()
            #expect(notice?.cause == .poll && notice?.degraded == first.degraded)
        }
    }

    @Test func `a directory without room for its watch is seen by the slow poll`() async throws {
        let tree = try TemporaryTree(["weir.yaml": Self.quickPoll, "a.weir": "1", "shop/b.weir": "1"])
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.path)) { () throws(FileError) in
            try FaultyNotices(.noRoom(for: "shop"))
        }
        #expect(await watcher.next()?.degraded?.hasSuffix("shop`: no space left on device") == true)
        try tree.write("shop/b.weir", "22")
        #expect(await watcher.next()?.cause == .poll)
        try tree.write("a.weir", "22")
        #expect(await watcher.next()?.cause == .event, "the others are still watched")
    }
}
