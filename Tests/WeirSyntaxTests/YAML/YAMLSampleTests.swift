// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import WeirSyntax

@Suite struct YAMLSampleTests {
    static let names = ["platform", "checkout", "environments", "checkout.test"]

    @Test(arguments: names) func `reads a sample without a word`(name: String) throws {
        let tree = try read(name)
        #expect(tree.diagnostics.map(\.message) == [])
        print(NodeDump.text(tree))
    }

    private func read(_ name: String) throws -> SyntaxTree {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/samples")
        let bytes = try Data(contentsOf: folder.appending(path: "\(name).weir.yaml"))
        return YAMLReader.read(SourceFile(path: "\(name).weir.yaml", form: .yaml, bytes: [UInt8](bytes)))
    }
}
