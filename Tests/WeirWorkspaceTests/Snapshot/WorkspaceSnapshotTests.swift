// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirSyntax

@testable import WeirWorkspace

@Suite struct WorkspaceSnapshotTests {
    private func read(_ tree: TemporaryTree) -> WorkspaceSnapshot {
        WorkspaceSnapshot.read(WorkspaceRoot.discover(from: tree.path))
    }

    @Test func `reads the policy files of all directories in the order of their paths`() throws {
        let tree = try TemporaryTree([
            "b.weir": "b", "a/z.weir.yaml": "z", "a/y.weir.yml": "y", "a/notes.md": "", ".git/x.weir": "",
            ".build/x.weir": "", "node_modules/x.weir": "", "a/.card.weir.swp": "", ".#b.weir": "",
        ])
        let snapshot = read(tree)
        #expect(snapshot.files.map(\.path) == ["a/y.weir.yml", "a/z.weir.yaml", "b.weir"])
        #expect(snapshot.files.map(\.form) == [.yaml, .yaml, .weir])
        #expect(snapshot.diagnostics.isEmpty)
    }

    @Test func `leaves a workspace of its own below the root alone`() throws {
        let tree = try TemporaryTree(["weir.yaml": "", "a.weir": "", "lab/weir.yaml": "", "lab/b.weir": ""])
        #expect(read(tree).files.map(\.path) == ["a.weir"])
    }

    @Test func `follows the links of a Kubernetes volume, once`() throws {
        let tree = try TemporaryTree()
        try tree.mount(["card.weir": "one", "shop.weir.yaml": "two"], version: "2026_03")
        #expect(read(tree).files.map(\.path) == ["card.weir", "shop.weir.yaml"])
        try tree.mount(["card.weir": "three", "shop.weir.yaml": "two"], version: "2026_04")
        #expect(read(tree).files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["three", "two"])
    }

    @Test func `reports a link that leads nowhere and reads the rest`() throws {
        let tree = try TemporaryTree(["a.weir": ""])
        try tree.link("gone.weir", to: "nowhere")
        try tree.link(".#a.weir", to: "user@host.1234")
        try tree.link("lock", to: "user@host.1234")
        let snapshot = read(tree)
        #expect(snapshot.files.map(\.path) == ["a.weir"])
        #expect(snapshot.diagnostics.map(\.message) == ["`gone.weir` cannot be read: no such file or directory"])
        #expect(snapshot.diagnostics.map(\.id) == [.unreadableFile])
    }

    @Test func `reports links that go round instead of walking for ever`() throws {
        let tree = try TemporaryTree(["a/x.weir": ""])
        try tree.link("a/up", to: "..")
        try tree.link("self.weir", to: "self.weir")
        let snapshot = read(tree)
        #expect(snapshot.files.map(\.path) == ["a/x.weir"])
        #expect(
            snapshot.diagnostics.map(\.message) == [
                "`a/up` is a symbolic link to a directory above itself",
                "`self.weir` cannot be read: too many levels of symbolic links",
            ])
    }

    @Test func `does not open a pipe and refuses a file over the limit`() throws {
        let tree = try TemporaryTree(["big.weir": String(repeating: "#", count: Limits.fileBytes + 1)])
        #expect(mkfifo(tree.at("pipe.weir"), 0o600) == 0)
        let snapshot = read(tree)
        #expect(snapshot.files.isEmpty)
        #expect(
            snapshot.diagnostics.map(\.message) == [
                "`big.weir` has more than 1048576 bytes", "`pipe.weir` is no regular file",
            ])
        #expect(snapshot.diagnostics.map(\.id.code) == ["S012", "S011"])
    }

    @Test func `reports a file that the system refuses to read`() throws {
        // The rights of a file do not hold for root; the memory of a process refuses to be read at 0 for everyone.
        let tree = try TemporaryTree()
        try tree.link("memory.weir", to: "/proc/self/mem")
        #expect(read(tree).diagnostics.map(\.message) == ["`memory.weir` cannot be read: input/output error"])
    }

    @Test func `reports a directory that is not there`() {
        let snapshot = WorkspaceSnapshot.read(WorkspaceRoot.discover(from: "/nowhere/at/all"))
        #expect(snapshot.diagnostics.map(\.message) == ["the workspace root cannot be read: no such file or directory"])
    }

    @Test func `reports directories too deep`() throws {
        let tree = try TemporaryTree()
        let deep = Array(repeating: "d", count: WorkspaceLimits.depth + 1).joined(separator: "/")
        try tree.write(deep + "/x.weir", "")
        #expect(read(tree).diagnostics.map(\.id) == [.limitExceeded])
    }

    @Test func `reads again when a file changes meanwhile`() throws {
        let tree = try TemporaryTree(["a.weir": "old", "b.weir": "old"])
        let root = WorkspaceRoot.discover(from: tree.path)
        var changes = ["a.weir", "c.weir"]
        let reading = SnapshotReading(root: root) {
            guard let name = changes.popLast() else { return }
            #expect(throws: Never.self) { try tree.write(name, "new") }
        }
        let snapshot = reading.read { TreeWalk(of: root) }
        let texts = snapshot.files.map { $0.path + " " + String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts == ["a.weir new", "b.weir old", "c.weir new"])
        #expect(snapshot.diagnostics.isEmpty)
    }

    @Test func `gives up on a file that never rests, and says so`() throws {
        let tree = try TemporaryTree(["a.weir": "0"])
        let root = WorkspaceRoot.discover(from: tree.path)
        var count = 0
        let reading = SnapshotReading(root: root) {
            count += 1
            #expect(throws: Never.self) { try tree.write("a.weir", String(repeating: "x", count: count)) }
        }
        let snapshot = reading.read { TreeWalk(of: root) }
        #expect(snapshot.diagnostics.map(\.message) == ["`a.weir` changed each time it was read"])
        #expect(count == WorkspaceLimits.readAttempts)
    }

    @Test func `reads single files, directories and a text`() throws {
        let tree = try TemporaryTree(["weir.yaml": "", "a/x.weir": "", "b/y.weir": "", "b/notes.md": ""])
        let root = WorkspaceRoot.discover(from: tree.path)
        let some = WorkspaceSnapshot.read([tree.at("a"), tree.at("b/y.weir"), tree.at("a/x.weir")], in: root)
        #expect(some.files.map(\.path) == ["a/x.weir", "b/y.weir"])
        let notes = WorkspaceSnapshot.read([tree.at("b/notes.md")], in: root)
        #expect(notes.diagnostics.map(\.message) == ["`b/notes.md` is no policy file by its name"])
        #expect(WorkspaceSnapshot.text([], path: "stdin.weir.yaml", in: root).files.map(\.form) == [.yaml])
    }
}
