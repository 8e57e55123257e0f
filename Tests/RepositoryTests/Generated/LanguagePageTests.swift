// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirAnalysis
import WeirCompiler
import WeirPolicy
import WeirSyntax

/// The pages of `docs/language`: what the language table makes of them now, each with an example in which nothing is wrong.
@Suite struct LanguagePageTests {
    private static let folder = Repository.root.appending(path: "docs/language")

    @Test func `there is a page for every statement, and for nothing else`() throws {
        let pages = LanguagePages.all
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
            try? FileManager.default.removeItem(at: Self.folder)  // It may not be there yet.
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            for page in pages { try Data(page.text.utf8).write(to: Self.folder.appending(path: page.name)) }
        }
        let kept = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(kept) == Set(pages.map(\.name)))
        #expect(pages.count == Form.allCases.count + 1)
        for page in pages {
            let text = try String(contentsOf: Self.folder.appending(path: page.name), encoding: .utf8)
            #expect(
                text == page.text,
                "\(page.name): run `UPDATE_SNAPSHOTS=1 swift test --filter LanguagePageTests` and read the difference")
        }
    }

    @Test(arguments: LanguageTable.rows) func `nothing is wrong with a sample, in either form`(row: StatementRow) throws
    {
        let graphs = try [SourceFile.Form.weir, .yaml].map { form in
            guard case .converted(let bytes) = Converter.convert(row.sample, to: form) else {
                Issue.record("not converted")
                return [UInt8]()
            }
            let file = SourceFile(path: "a", form: form, bytes: bytes)
            let files = [file, row.sampleNeighbour].compactMap(\.self)
            let compilation = Compiler.compile(files.map(SyntaxTree.parse))
            #expect(compilation.diagnostics.map(\.message) == [], "\(String(decoding: bytes, as: UTF8.self))")
            return try #require(compilation.graph()).canonicalJSON
        }
        #expect(graphs[0] == graphs[1])
    }
}
