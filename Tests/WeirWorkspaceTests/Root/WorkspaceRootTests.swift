// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirWorkspace

@Suite struct WorkspaceRootTests {
    @Test func `finds the nearest settings file upwards`() throws {
        let tree = try TemporaryTree([
            "weir.yaml": "", "shop/checkout/card.weir": "", "lab/weir.yaml": "", "lab/a/x.weir": "",
        ])
        #expect(WorkspaceRoot.discover(from: tree.at("shop/checkout")).path == tree.path)
        #expect(WorkspaceRoot.discover(from: tree.at("shop/checkout/card.weir")).path == tree.path)
        #expect(WorkspaceRoot.discover(from: tree.at("shop/checkout")).rootIsKnown)
        #expect(WorkspaceRoot.discover(from: tree.at("lab/a")).path == tree.at("lab"))
    }

    @Test func `takes the given directory when there is no settings file`() throws {
        let tree = try TemporaryTree(["shop/card.weir": ""])
        let root = WorkspaceRoot.discover(from: tree.at("shop/./../shop"))
        #expect(root.path == tree.at("shop"))
        #expect(!root.rootIsKnown)
        #expect(WorkspaceRoot.discover(from: tree.at("shop/card.weir")).path == tree.at("shop"))
        #expect(WorkspaceRoot.discover(from: tree.at("gone")).path == tree.at("gone"))
    }

    @Test func `counts from the directory of what is neither file nor directory`() {
        #expect(WorkspaceRoot.discover(from: "/dev/null").path == "/dev")
    }

    @Test(arguments: ["/etc", "../up", "a/../../b"])
    func `keeps the policy directory inside of the workspace`(path: String) {
        #expect(throws: (any Error).self) { try WorkspaceSettings(policies: path) }
        #expect(throws: (any Error).self) { try WorkspaceSettings(exclude: [path]) }
    }

    @Test func `holds the waits within their bounds`() throws {
        #expect(throws: (any Error).self) { try WorkspaceSettings(debounce: .zero) }
        #expect(throws: (any Error).self) { try WorkspaceSettings(poll: .milliseconds(99)) }
        #expect(try WorkspaceSettings(policies: "./a//b/").policies == "a/b")
    }
}
