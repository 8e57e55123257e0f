// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import WeirSyntax

/// A sample of every statement in both forms, made from the examples of the table and kept for readers and fuzzers.
///
/// The file has the form of the tables of mistakes, see ``Mistake``.
enum StatementSamples {
    private static func location(_ filePath: String = #filePath) -> URL {
        URL(fileURLWithPath: filePath).deletingLastPathComponent().appending(path: "../Fixtures/statements.samples")
    }

    /// The samples as they are kept.
    static func kept() throws -> String { try String(contentsOf: location(), encoding: .utf8) }

    /// The samples as the table makes them now.
    static func made() throws -> String {
        try LanguageTable.rows.map { row in
            let file = row.sample
            let yaml = try ConverterTests.converted(file, to: .yaml)
            return "=== \(row.form): \(row.summary)\n~~~ weir\n\(String(decoding: file.bytes, as: UTF8.self))"
                + "~~~ yaml\n\(String(decoding: yaml.bytes, as: UTF8.self))"
        }.joined()
    }

    /// Writes the samples anew.
    static func rewrite() throws { try Data(made().utf8).write(to: location()) }

    /// The sample of a form in one of the two ways to write it.
    static func file(_ form: Form, _ written: SourceFile.Form) throws -> SourceFile? {
        try Mistake.read(kept(), group: "statements").first { $0.name == "\(form)" && $0.forms.contains(written) }?
            .file(written)
    }
}

extension SyntaxTree {
    /// The forms of all its statements.
    var forms: Set<Form> { Self.forms(statements) }

    private static func forms(_ statements: Statements) -> Set<Form> {
        statements.reduce(into: []) { $0.formUnion(forms($1.statements).union([$1.form])) }
    }
}
