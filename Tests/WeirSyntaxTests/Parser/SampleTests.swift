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
        row.exampleFiles.first ?? row.example
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
