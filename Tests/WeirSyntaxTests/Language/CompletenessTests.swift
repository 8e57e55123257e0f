// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import WeirPolicy

@testable import WeirSyntax

/// What every statement of the language must have; a new row of the table fails here until it has all of it.
@Suite struct CompletenessTests {
    @Test func `the samples are what the table makes of them now`() throws {
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil { try StatementSamples.rewrite() }
        #expect(
            try StatementSamples.kept() == StatementSamples.made(),
            "run `UPDATE_SNAPSHOTS=1 swift test --filter CompletenessTests` and read the difference")
    }

    @Test(arguments: Form.allCases) func `has a line of the grammar`(form: Form) throws {
        let file = try #require(try StatementSamples.file(form, .weir))
        let recogniser = SentenceRecogniser(try EBNF.ofLanguage(), String(decoding: file.bytes, as: UTF8.self))
        #expect(recogniser.accepts(), "no reading beyond “\(recogniser.rest)”")
    }

    @Test(arguments: Form.allCases, [SourceFile.Form.weir, .yaml])
    func `has a sample in both forms`(form: Form, written: SourceFile.Form) throws {
        let tree = SyntaxTree.parse(try #require(try StatementSamples.file(form, written)))
        #expect(tree.diagnostics == [])
        #expect(tree.forms.contains(form))
    }

    @Test(arguments: Form.allCases) func `has a node of the schema with all of its slots`(form: Form) throws {
        guard case .object(let schema) = YAMLFormSchema.json, case .object(let nodes)? = schema["$defs"] else {
            Issue.record("no definitions")
            return
        }
        let node = try #require(nodes[YAMLFormSchema.key(form)]).indentedText
        let row = try #require(YAMLSchema.shared.rows.first { $0.form == form })
        let isMapping = node.contains("\"additionalProperties\"")
        for place in row.slots.indices where isMapping {
            guard let key = row.key(of: place) else { continue }
            #expect(node.contains("\"\(key)\": {"), "\(key)")
        }
    }

    @Test(arguments: Form.allCases) func `has a text to show where a pointer rests on it`(form: Form) throws {
        let row = try #require(LanguageTable.row(form))
        #expect(row.summary.hasSuffix("."))
        let slots = try #require(YAMLSchema.shared.rows.first { $0.form == form }).slots
        for slot in slots { #expect(row.slots[slot.slot]?.summary.hasSuffix(".") ?? false, "\(slot.key)") }
        #expect(Set(row.slots.keys).subtracting(slots.map(\.slot)) == [], "documents slots that it has not")
    }

    @Test(arguments: Form.allCases) func `comes out of the formatter as it should be`(form: Form) throws {
        let file = try #require(try StatementSamples.file(form, .weir))
        #expect(Formatter.format(file) == .unchanged)
        let text = String(decoding: file.bytes, as: UTF8.self)
        let flat = text.split(separator: "\n").map { $0.drop { $0 == " " } + " \t" }.joined(separator: "\n\n\n")
        #expect(Formatter.format(SourceFile(path: "a.weir", form: .weir, text: flat)) != .unchanged)
        guard case .changed(let bytes) = Formatter.format(SourceFile(path: "a.weir", form: .weir, text: flat)) else {
            Issue.record("refused")
            return
        }
        // Empty lines are the author's; all else is the formatter's.
        let lines = { (text: String) in text.split(separator: "\n") }
        #expect(lines(String(decoding: bytes, as: UTF8.self)) == lines(text))
    }

    @Test(arguments: Form.allCases) func `is read again behind a damaged one`(form: Form) throws {
        let row = try #require(LanguageTable.row(form))
        let example = row.example
        let line = example.prefix { $0 != "\n" }
        let damaged =
            line.hasSuffix(" {")
            ? line.dropLast(2) + " zzz 1 {" + example.dropFirst(line.count)
            : line + " zzz 1" + example.dropFirst(line.count)
        let isWhole = example.hasPrefix("environment ")
        let place = isWhole ? BlockKind.file : row.places[0]
        let text = place.file(with: "\(damaged)\n\(example)") + "let after = 1s\n"
        let second = place.file(with: "\(damaged)\n|").utf8.prefix { $0 != UInt8(ascii: "|") }.count
        let tree = SyntaxTree.parse(SourceFile(path: "a.weir", form: .weir, text: text))
        #expect(tree.diagnostics.contains { $0.severity == .error })
        // The second may be one too many; what matters is that it is read for what it is.
        #expect(Self.starts(of: form, tree.statements).contains { $0 >= second })
        #expect(Self.starts(of: .constant, tree.statements).contains { $0 > second })
    }

    @Test func `is among what the fuzzers begin with, in both forms`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("weir-seeds-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let script = try Process.run(root.appending(path: "scripts/fuzz-seeds"), arguments: [folder.path])
        script.waitUntilExit()
        #expect(script.terminationStatus == 0)
        for (name, written) in [("weir", SourceFile.Form.weir), ("yaml", .yaml)] {
            let seeds = folder.appending(path: name).path
            let forms = try FileManager.default.contentsOfDirectory(atPath: seeds).reduce(into: Set<Form>()) {
                let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(seeds)/\($1)")))
                $0.formUnion(SyntaxTree.parse(SourceFile(path: $1, form: written, bytes: bytes)).forms)
            }
            #expect(Set(Form.allCases).subtracting(forms) == [], "\(name)")
        }
    }

    private static func starts(of form: Form, _ statements: Statements) -> [Int] {
        statements.flatMap { statement in
            (statement.form == form ? [Int(statement.keywordRange.start)] : []) + starts(of: form, statement.statements)
        }
    }
}
