// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import WeirWorkspace

@Suite struct WatchPlanTests {
    @Test(arguments: [
        ("card.weir", true), ("card.weir.yaml", true), ("..data", true), ("..2026_03_01", true), ("weir.yaml", true),
        ("shop", true), (".card.weir.swp", false), (".card.weir.swx", false), ("card.weir~", false),
        ("notes.md", false),
        (".#card.weir", false), ("card.weir.tmp", false),
    ])
    func `tells policy files from what editors leave beside them`(name: String, matters: Bool) {
        let inside = WatchPlan.Interest(isInside: true)
        #expect(inside.covers(Inotify.Event(watch: 1, mask: UInt32(IN_CREATE), name: name)) == matters)
        let above = WatchPlan.Interest(names: ["policies"])
        #expect(!above.covers(Inotify.Event(watch: 1, mask: UInt32(IN_CREATE), name: name)))
        #expect(above.covers(Inotify.Event(watch: 1, mask: UInt32(IN_CREATE), name: "policies")))
    }

    @Test func `watches the way to a directory that is not there yet`() throws {
        let tree = try TemporaryTree()
        let plan = WatchPlan(of: WorkspaceRoot.discover(from: tree.at("etc/weir")))
        #expect(plan.directories[tree.path]?.names == ["etc"])
        #expect(plan.directories[tree.at("etc")]?.names == ["weir"])
        #expect(plan.directories.count == 3)
    }
}
