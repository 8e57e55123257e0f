// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirSyntax

@testable import WeirWorkspace

/// What happens to a directory of policy files while it is watched.
@Suite(.serialized) struct DirectoryWatcherTests {
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable (TemporaryTree) throws -> Void

        init(_ description: String, _ make: @escaping @Sendable (TemporaryTree) throws -> Void) {
            testDescription = description
            self.make = make
        }
    }

    static let changes = [
        Change("write in place") { try $0.write("a.weir", "new") },
        Change("rename over") {
            try $0.write("a.weir.tmp", "new")
            try $0.rename("a.weir.tmp", to: "a.weir")
        },
        Change("the way of vim: backup, new file") {
            try $0.write(".a.weir.swp", "")
            try $0.rename("a.weir", to: "a.weir~")
            try $0.write("a.weir", "new")
            try $0.remove("a.weir~")
        },
        Change("the way of emacs: lock link, backup, new file, lock gone") {
            try $0.link(".#a.weir", to: "someone@somewhere.1")
            try $0.rename("a.weir", to: "a.weir~")
            try $0.write("a.weir", "new")
            try $0.remove(".#a.weir")
        },
        Change("a file that goes and comes back") {
            try $0.remove("a.weir")
            try $0.write("a.weir", "old")
        },
        Change("a directory that goes and comes back") {
            try $0.remove("shop")
            try $0.write("shop/s.weir", "")
        },
        Change("new file in a new directory") { try $0.write("deep/er/b.weir", "new") },
        Change("file in a known directory") { try $0.write("shop/b.weir", "new") },
        Change("deletion") { try $0.remove("shop/s.weir") },
        Change("directory renamed") { try $0.rename("shop", to: "store") },
        Change("directory deleted") { try $0.remove("shop") },
        Change("settings file") { try $0.write("weir.yaml", "") },
    ]

    @Test(arguments: changes)
    func `tells of a change`(change: Change) async throws {
        let tree = try TemporaryTree(["a.weir": "old", "shop/s.weir": ""])
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.path))
        try change.make(tree)
        #expect(await watcher.next()?.cause == .event)
    }

    @Test func `tells of each swap of a Kubernetes volume`() async throws {
        let tree = try TemporaryTree()
        try tree.mount(["card.weir": "1"], version: "1")
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.path))
        for version in 2...4 {
            try tree.mount(["card.weir": "\(version)"], version: "\(version)")
            try tree.remove("..\(version - 1)")
            #expect(await watcher.next()?.cause == .event)
        }
    }

    @Test func `sees a directory that is deleted and comes back, and changes after that`() async throws {
        let tree = try TemporaryTree(["etc/weir/a.weir": "1"])
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.at("etc/weir")))
        try tree.remove("etc")
        #expect(await watcher.next() != nil)
        try tree.write("etc/weir/a.weir", "2")
        #expect(await watcher.next()?.cause == .event)
        try tree.write("etc/weir/a.weir", "3")
        #expect(await watcher.next()?.cause == .event)
    }

    @Test func `sees a release link that is turned to another directory`() async throws {
        let tree = try TemporaryTree(["one/a.weir": "1", "two/a.weir": "2"])
        try tree.link("current", to: "one")
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.at("current")))
        try tree.link("next", to: "two")
        try tree.rename("next", to: "current")
        #expect(await watcher.next()?.cause == .event)
        try tree.write("two/a.weir", "3")
        #expect(await watcher.next()?.cause == .event)
    }

    @Test func `sees a write to the file that a link leads to`() async throws {
        let tree = try TemporaryTree(["shared/real.weir": "1", "watched/notes": ""])
        try tree.link("watched/a.weir", to: "../shared/real.weir")
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.at("watched")))
        try tree.write("shared/real.weir", "2")
        #expect(await watcher.next()?.cause == .event)
    }

    @Test func `finds by the slow poll what the kernel does not tell`() async throws {
        let tree = try TemporaryTree([
            "watched/weir.yaml": "watch: { poll: 100ms }", "watched/a.weir": "1", "elsewhere/notes": "",
        ])
        // A write through another name of the same file is no event of the watched directory.
        try FileManager.default.linkItem(atPath: tree.at("watched/a.weir"), toPath: tree.at("elsewhere/b"))
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.at("watched")))
        let file = try FileHandle(forWritingTo: URL(filePath: tree.at("elsewhere/b")))
        try file.write(contentsOf: Data("22".utf8))
        try file.close()
        #expect(await watcher.next()?.cause == .poll)
    }

    @Test func `follows the settings to another directory of policies`() async throws {
        let tree = try TemporaryTree(["weir.yaml": "policies: one", "two/deep/a.weir": ""])
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.path))
        try tree.write("weir.yaml", "policies: two")
        #expect(await watcher.next() != nil)
        try tree.write("two/deep/a.weir", "changed")
        #expect(await watcher.next()?.cause == .event)
        #expect(
            WorkspaceSnapshot.read(WorkspaceRoot.discover(from: tree.path)).files.map(\.path) == ["two/deep/a.weir"])
    }

    @Test func `makes one notice of a burst`() async throws {
        let tree = try TemporaryTree()
        let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.path))
        for index in 0..<200 { try tree.write("\(index).weir", "x") }
        #expect(await watcher.next() != nil)
        watcher.stop()
        var further = 0
        for await _ in watcher.notices { further += 1 }
        #expect(further <= 1)
    }

    @Test func `ends its notices and gives its files back when stopped`() async throws {
        let tree = try TemporaryTree(["a.weir": ""])
        func ownFiles() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
                return target?.contains("inotify") ?? false
            }.count
        }
        let before = try ownFiles()
        for _ in 0..<20 {
            let watcher = try DirectoryWatcher(WorkspaceRoot.discover(from: tree.path))
            #expect(try ownFiles() == before + 1)
            watcher.stop()
            watcher.stop()
            for await _ in watcher.notices {}
            #expect(try ownFiles() == before)
        }
    }
}
