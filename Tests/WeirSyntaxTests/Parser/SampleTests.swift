// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WeirSyntax

@Suite struct SampleTests {
    @Test(arguments: SampleFiles.names) func `the sample policies are read without a finding`(name: String) throws {
        let tree = SyntaxTree.parse(try SampleFiles.read(name, .weir))
        #expect(tree.diagnostics.map(\.message) == [])
        #expect(!Array(tree.statements).isEmpty)
    }

    @Test(arguments: LanguageTable.rows) func `a row's example is read as its row`(row: StatementRow) throws {
        let tree = parse(Self.wrapped(row))
        #expect(tree.diagnostics.map(\.message) == [])
        #expect(Self.forms(tree.statements).contains(row.form))
    }

    /// The example in a block where it may stand; an example that brings its own block around it stays as it is.
    static func wrapped(_ row: StatementRow) -> String {
        guard let place = row.places.first, !row.example.hasPrefix("environment ") else { return row.example }
        let opening =
            switch place {
            case .file: ""
            case .defaults: "defaults {\n"
            case .policy: "policy p {\n"
            case .inserted: "policy p {\nbefore retry {\n"
            case .deadline: "policy p {\ndeadline 2s {\n"
            case .timeout: "policy p {\ntimeout 2s {\n"
            case .limit: "policy p {\nlimit 100/s {\n"
            case .bulkhead: "policy p {\nbulkhead 20 calls {\n"
            case .retry: "policy p {\nretry up to 3 attempts {\n"
            case .breaker: "policy p {\nbreaker {\n"
            case .fallback: "policy p {\nfallback to cached {\n"
            case .service: "service s {\n"
            case .operation: "service s {\noperation o {\n"
            case .environment: "environment e {\n"
            case .test: "test \"t\" {\n"
            }
        let depth = opening.count { $0 == "{" }
        return opening + row.example + "\n" + String(repeating: "}\n", count: depth)
    }

    private static func forms(_ statements: Statements) -> Set<Form> {
        statements.reduce(into: []) { forms, statement in
            forms.insert(statement.form)
            forms.formUnion(Self.forms(statement.statements))
        }
    }
}

/// The tree of a text in the language's own form.
func parse(_ text: String) -> SyntaxTree { SyntaxTree.parse(SourceFile(path: "a.weir", form: .weir, text: text)) }
