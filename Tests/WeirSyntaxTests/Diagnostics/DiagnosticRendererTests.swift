// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct DiagnosticRendererTests {
    @Test(arguments: [
        ("overrun", Diagnostic.overrun), ("bare-number", .bareNumberSample), ("loop", .loop),
        ("never-trips", .neverTrips),
    ]) func `prints the examples of the style guide`(name: String, diagnostic: Diagnostic) throws {
        try expectSnapshot(Sample.renderer.render(diagnostic), named: "\(name).txt")
    }

    @Test func `paints with colour and never without`() throws {
        let coloured = DiagnosticRenderer(isColoured: true) { _ in Sample.checkout.file }
        let plain = DiagnosticRenderer { _ in Sample.checkout.file }
        let painted = coloured.render(.overrun)
        try expectSnapshot(painted.replacing("\u{1B}", with: "␛"), named: "coloured.txt")
        #expect(painted.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain.render(.overrun))
    }

    @Test func `names the page of a finding last`() {
        let renderer = DiagnosticRenderer(documentation: { "https://weir.example/rules/\($0.path)" }) { _ in
            Sample.checkout.file
        }
        #expect(
            renderer.render(.overrun).hasSuffix(
                "   |               ~\n   = T001 · https://weir.example/rules/timing/budget-overrun\n"))
    }

    @Test func `hangs labels of one line below each other`() throws {
        let sample = Sample("a.weir", "  wait 100ms growing 2x up to 1s\n")
        let diagnostic = Diagnostic(
            .outOfBounds, "three facts of one line", at: sample.label("2x", "doubles"),
            secondary: [sample.label("100ms", "the first wait"), sample.label("1s", "the longest")])
        let nested = Diagnostic(
            .outOfBounds, "one fact inside another", at: sample.label("2x", "doubles"),
            secondary: [
                sample.label("wait 100ms growing 2x up to 1s", "the whole"), sample.label("growing 2x", "grows"),
            ])
        let bare = Diagnostic(.outOfBounds, "a primary label without words", at: sample.label("2x"))
        let renderer = DiagnosticRenderer { _ in sample.file }
        try expectSnapshot(renderer.render([diagnostic, nested, bare]), named: "labels.txt")
    }

    @Test func `measures columns as a terminal does`() throws {
        let sample = Sample("a.weir", "\towner \"日本 🇯🇵 e\u{301} 👩‍🚀\" wrong\r\n")
        let diagnostic = Diagnostic(
            .unexpectedWord, "a word too many", at: sample.label("wrong", "here"),
            secondary: [sample.label("owner", "the owner")],
            helps: [Diagnostic.Help("take it out", edits: [sample.edit(" wrong", to: "")], applicability: .safe)])
        try expectSnapshot(DiagnosticRenderer { _ in sample.file }.render(diagnostic), named: "wide.txt")
    }

    @Test func `shows bytes that are no text as text`() throws {
        let bytes: [UInt8] = [0x70, 0x00, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0xFF, 0xC0, 0x80, 0xE2, 0x80, 0xAE, 0x78]
        let file = SourceFile(path: "b.weir", form: .weir, bytes: bytes)
        let diagnostic = Diagnostic(
            .unreadableFile, "this is no UTF-8 text: `\u{1B}[31m`",
            at: Diagnostic.Label(file: "b.weir", range: SourceRange(start: 7, end: 8), text: "the first such byte"))
        try expectSnapshot(DiagnosticRenderer { _ in file }.render(diagnostic), named: "binary.txt")
    }

    @Test(arguments: [0, 5_000, 500_000, 1_999_995])
    func `shows the part of a long line that matters`(offset: Int) {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 2_000_000)
        bytes.replaceSubrange(offset..<offset + 5, with: Array("WRONG".utf8))
        let file = SourceFile(path: "long.weir", form: .weir, bytes: bytes)
        let label = Diagnostic.Label(
            file: "long.weir", range: SourceRange(start: offset, end: offset + 5), text: "here")
        let rows = DiagnosticRenderer { _ in file }.render(Diagnostic(.unexpectedWord, "a word", at: label))
            .split(separator: "\n").map(String.init)
        #expect(rows[1] == " --> long.weir:1:\(offset + 1)")
        #expect(rows[3].prefix { $0 != "W" }.count == rows[4].prefix { $0 != "^" }.count)
        #expect(rows.allSatisfy { $0.count < Limits.renderedColumns + 12 })
    }

    @Test func `points behind the last character at the end of a file`() {
        let sample = Sample("a.weir", "policy a {\n")
        let end = Diagnostic.Label(file: "a.weir", range: SourceRange(start: 11, end: 11), text: "here")
        let text = DiagnosticRenderer { _ in sample.file }.render(Diagnostic(.unclosedBlock, "open", at: end))
        #expect(text == "error[syntax/unclosed-block]: open\n --> a.weir:2:1\n  |\n2 |\n  | ^ here\n")
    }

    @Test func `says what it knows when the text is not at hand`() {
        let text = DiagnosticRenderer { _ in nil }.render(.bareNumberSample)
        #expect(
            text.hasPrefix(
                "error[syntax/bare-number]: `deadline` needs a duration, and `2` has no unit\n --> bare.weir\n"))
    }

    @Test func `writes one line a finding in the concise form`() {
        #expect(
            Sample.renderer.concise([.bareNumberSample, .overrun, .neverTrips]) == """
                bare.weir:39:12: E S003 syntax/bare-number: `deadline` needs a duration, and `2` has no unit [fix: safe]
                checkout.weir:40:15: E T001 timing/budget-overrun: 4 attempts need up to 3.9s, but the deadline is 2s [fix: unsafe]
                reports.weir:12:3: W B002 breaker/minimum-above-load: the breaker of `report-reads` will not trip: \
                2.5 calls arrive in its window, it waits for 20 [fix: display]

                """)
    }

    @Test func `counts findings in words`() {
        let findings = [Diagnostic.overrun, .bareNumberSample, .neverTrips]
        #expect(findings.summary(files: 14) == "2 errors, 1 warning in 14 files")
        #expect([Diagnostic.overrun].summary(files: 1) == "1 error in 1 file")
        #expect([Diagnostic]().summary(files: 2) == "nothing found in 2 files")
    }
}
