// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct SourceLinesTests {
    @Test(arguments: ["", "x", "é", "日", String(repeating: "aé日🙂", count: 700)])
    func `counts columns in characters, however long the line`(text: String) {
        let lines = SourceLines(Array("first\n\(text)|\nlast".utf8))
        let offset = 6 + text.utf8.count
        #expect(lines.line(of: offset) == 2)
        #expect(lines.column(of: offset) == text.unicodeScalars.count + 1)
        #expect(lines.column(of: offset + 2) == 1)
        #expect(lines.column(of: 1_000_000) == 5)
    }
}
