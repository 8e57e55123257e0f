// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct EditApplierTests {
    private let sample = Sample("a.weir", "deadline 2\ntimeout 3\n")

    private func finding(_ edits: [Diagnostic.Edit], _ applicability: Diagnostic.Help.Applicability) -> Diagnostic {
        Diagnostic(
            .bareNumber, "no unit", at: sample.label("2"),
            helps: [Diagnostic.Help("add it", edits: edits, applicability: applicability)])
    }

    @Test func `makes edits in order of place`() throws {
        let edits = [sample.edit("3", to: "3s"), sample.insertion(after: "2", "s")]
        let bytes = try #require(EditApplier.apply(edits, to: sample.file))
        #expect(String(decoding: bytes, as: UTF8.self) == "deadline 2s\ntimeout 3s\n")
    }

    @Test func `passes over edits of other files`() {
        let other = Diagnostic.Edit(file: "b.weir", range: SourceRange(start: 0, end: 400), replacement: "")
        #expect(EditApplier.apply([other], to: sample.file) == sample.file.bytes)
    }

    @Test func `refuses edits that overlap or reach beyond the file`() {
        let edit = sample.edit("deadline", to: "timeout")
        #expect(EditApplier.apply([edit, sample.edit("line", to: "")], to: sample.file) == nil)
        let beyond = Diagnostic.Edit(file: "a.weir", range: SourceRange(start: 20, end: 40), replacement: "")
        #expect(EditApplier.apply([beyond], to: sample.file) == nil)
    }

    @Test func `takes only edits that are trusted, and of overlapping ones the first`() {
        let second = sample.edit("2", to: "2s")
        let chosen = EditApplier.edits(
            of: [
                finding([second], .safe), finding([sample.edit("2", to: "2ms")], .safe),
                finding([sample.edit("3", to: "3s")], .unsafe),
            ], file: "a.weir")
        #expect(chosen == [second])
        #expect(
            EditApplier.edits(
                of: [finding([sample.edit("3", to: "3s")], .unsafe)], file: "a.weir", trusting: [.safe, .unsafe]
            ).count == 1)
    }
}
