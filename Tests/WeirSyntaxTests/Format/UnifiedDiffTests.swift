// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct UnifiedDiffTests {
    private func diff(_ old: String, _ new: String) -> String {
        UnifiedDiff.text(from: Array(old.utf8), to: Array(new.utf8), path: "a.weir")
    }

    @Test func `writes changes with their surroundings`() throws {
        let old = (1...20).map { "line \($0)\n" }.joined()
        let new = old.replacing("line 3\n", with: "line three\n").replacing("line 17\n", with: "")
        try expectSnapshot(diff(old, new), named: "two-hunks.diff")
    }

    @Test func `writes nothing for equal texts`() { #expect(diff("a\n", "a\n") == "") }

    @Test func `marks a missing line feed at the end`() {
        #expect(
            diff("a\nb", "a\nb\n") == """
                --- a/a.weir
                +++ b/a.weir
                @@ -1,2 +1,2 @@
                 a
                -b
                \\ No newline at end of file
                +b

                """)
    }

    @Test func `counts an empty text as line 0`() {
        #expect(diff("", "a\n") == "--- a/a.weir\n+++ b/a.weir\n@@ -0,0 +1 @@\n+a\n")
        #expect(diff("a\n", "") == "--- a/a.weir\n+++ b/a.weir\n@@ -1 +0,0 @@\n-a\n")
    }

    @Test(arguments: UInt64(1)...100) func `makes the new text of the old one`(seed: UInt64) {
        var numbers = SeededNumbers(seed: seed)
        let line = { (numbers: inout SeededNumbers) in "line \(Int.random(in: 0...8, using: &numbers))\n" }
        let old = (0..<Int.random(in: 0...40, using: &numbers)).map { _ in line(&numbers) }
        var new = old
        for _ in 0..<Int.random(in: 0...8, using: &numbers) {
            let place = Int.random(in: 0...new.count, using: &numbers)
            if place < new.count, Bool.random(using: &numbers) {
                new.remove(at: place)
            } else {
                new.insert(line(&numbers), at: place)
            }
        }
        #expect(Self.patched(old, diff(old.joined(), new.joined())) == new, "seed \(seed)")
    }

    @Test func `takes its time in proportion to the text`() {
        let old = (0..<20_000).map { "  line \($0)\n" }.joined()
        let new = (0..<20_000).map { "line \($0)\n" }.joined()
        #expect(diff(old, new).utf8.count > new.utf8.count)
    }

    /// A text after a diff, by the diff alone.
    private static func patched(_ old: [String], _ diff: String) -> [String] {
        var result: [String] = []
        var position = 0
        for line in diff.split(separator: "\n").dropFirst(2) {
            let rest = String(line.dropFirst()) + "\n"
            switch line.first {
            case "@":
                let start = Int(line.dropFirst(4).prefix { $0.isNumber }) ?? 0
                result += old[position..<max(start - 1, position)]
                position = max(start - 1, position)
            case " ":
                result.append(old[position])
                position += 1
            case "-": position += 1
            default: result.append(rest)
            }
        }
        return result + old[position...]
    }
}
