// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct BadInputTests {
    @Test func `an empty file is an empty tree`() {
        #expect(parse("").diagnostics.isEmpty)
        #expect(Array(parse("\n# words\n").statements).isEmpty)
    }

    @Test func `bytes that are not UTF-8 are shown`() {
        let bytes = Array("edition 1\n".utf8) + [0xFF, 0xFE]
        let tree = SyntaxTree.parse(SourceFile(path: "a.weir", form: .weir, bytes: bytes))
        #expect(tree.diagnostics.map(\.id) == [.unreadableFile])
        #expect(tree.diagnostics.first?.primary.range.start == 10)
    }

    @Test func `a zero byte makes a file binary`() {
        #expect(parse("edition 1\0").diagnostics.map(\.id) == [.unreadableFile])
    }

    @Test func `a line of ten megabytes is refused by its size`() {
        let tree = parse(String(repeating: "a ", count: 5 << 20))
        #expect(tree.diagnostics.map(\.id) == [.limitExceeded])
    }

    @Test func `a long line below the limit is read`() {
        #expect(parse(String(repeating: "a ", count: 500_000)).diagnostics.count == 1)
        let list =
            "let a = 1\npolicy p {\nretry up to 2 attempts {\nwhen timeout"
            + String(repeating: ", timeout", count: 100_000) + "\n}\n}\n"
        #expect(parse(list).diagnostics.isEmpty)
        #expect(parse(list + list.replacing("let a = 1", with: "x")).diagnostics.count == 1)
    }

    @Test(arguments: [
        "type is \"a\"", "not is is not true", "header \"h\" exists", "not not x in 1, 2", "((a exists))",
    ])
    func `a long filter with a fault at its end is found wanting at once`(test: String) {
        for end in ["", " and", " and (", " and x is y", " or not", "))"] {
            let filter = Array(repeating: test, count: 60).joined(separator: " or ") + end
            let tree = parse("subscription s {\n  where \(filter)\n}\n")
            #expect(tree.diagnostics.count == (end.isEmpty ? 0 : 1), "\(test)\(end)")
        }
    }

    @Test func `deep nesting is bounded`() {
        let deep = String(repeating: "policy p {\n", count: 50_000)
        #expect(parse(deep).diagnostics.count <= Limits.diagnosticsPerFile)
        let braces = parse("x " + String(repeating: "{", count: 100_000))
        #expect(braces.diagnostics.contains { $0.id == .limitExceeded })
        #expect(parse(String(repeating: "}", count: 100_000)).diagnostics.count <= Limits.diagnosticsPerFile)
    }

    @Test func `declarations are bounded`() {
        let many = (0...Limits.declarations).map { "let a\($0) = 1\n" }.joined()
        #expect(parse(many).diagnostics.map(\.id) == [.limitExceeded])
    }

    @Test func `many faults are bounded and found in time`() {
        let faults = "policy p {\n" + String(repeating: "  retry for evr 3 times up to\n", count: 30_000) + "}\n"
        #expect(parse(faults).diagnostics.count == Limits.diagnosticsPerFile)
    }
}
