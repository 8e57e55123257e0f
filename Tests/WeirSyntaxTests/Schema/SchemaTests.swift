// SPDX-License-Identifier: Apache-2.0

import Testing
import WeirPolicy

@testable import WeirSyntax

@Suite struct SchemaTests {
    /// What a schema cannot see: days that no calendar has, bounds inside of texts, keys twice, what is too much, broken text.
    static let unseen: Set<DiagnosticID> = [
        .badDate, .outOfBounds, .limitExceeded, .repeatedSetting, .unreadableFile,
    ]

    /// Nor whether a text of `let` is written as one, nor tags, which a parser of YAML resolves.
    static let unseenMessages = ["needs a value, found", "YAML tags"]

    @Test func `accepts every good file of the repository`() throws {
        let files = try PolicyFiles.all(.yaml) + PolicyFiles.samples(.yaml)
        let run = try SchemaRun(Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.bytes) }))
        #expect(run.errors == "")
        #expect(files.count > 20)
        #expect(run.refusals == [:])
    }

    @Test func `accepts every statement of the table`() throws {
        var texts: [String: [UInt8]] = [:]
        for row in LanguageTable.rows {
            for (number, text) in row.exampleFiles.enumerated() {
                let file = SourceFile(path: "a.weir", form: .weir, text: text)
                texts["\(row.form) \(number)"] = try ConverterTests.converted(file, to: .yaml).bytes
            }
        }
        let run = try SchemaRun(texts)
        #expect(run.errors == "")
        #expect(run.refusals == [:])
    }

    @Test func `refuses every mistake that has to do with keys, shapes and the form of values`() throws {
        var texts: [String: [UInt8]] = [:]
        var findings: [String: Set<DiagnosticID>] = [:]
        for mistake in try Mistake.all() where mistake.forms.contains(.yaml) {
            let file = mistake.file(.yaml)
            let errors = SyntaxTree.parse(file).diagnostics.filter { $0.severity == .error }
            let seen = errors.filter { error in !Self.unseenMessages.contains { error.message.contains($0) } }
            guard seen.isEmpty == errors.isEmpty else { continue }
            findings[mistake.description] = Set(seen.map(\.id))
            texts[mistake.description] = file.bytes
        }
        let run = try SchemaRun(texts)
        #expect(run.errors == "")
        let structural = findings.filter { !$0.value.subtracting(Self.unseen).isEmpty }
        #expect(structural.count > 40)
        for (name, ids) in structural.sorted(by: { $0.key < $1.key }) {
            #expect(run.refusals[name] != nil, "\(name): \(ids.map(\.path).sorted())")
        }
        // A file that Weir takes is no mistake for the schema either.
        for (name, ids) in findings where ids.isEmpty { #expect(run.refusals[name] == nil, "\(name)") }
    }

    @Test func `has a node for every statement, with every slot`() throws {
        guard case .object(let schema) = YAMLFormSchema.json, case .object(let nodes)? = schema["$defs"] else {
            Issue.record("no definitions")
            return
        }
        #expect(nodes.count >= Form.allCases.count)
        for form in Form.allCases { #expect(nodes[YAMLFormSchema.key(form)] != nil, "\(form)") }
    }

    @Test func `lists every keyword once`() {
        guard case .object(let list) = KeywordList.json, case .array(let words)? = list["keywords"] else {
            Issue.record("no keywords")
            return
        }
        #expect(words.count == Set(words).count)
        #expect(words.count == Grammar.shared.vocabulary.spellings.count - 1)
    }
}
