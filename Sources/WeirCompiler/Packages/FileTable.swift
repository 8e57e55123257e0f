// SPDX-License-Identifier: Apache-2.0

import WeirPolicy
import WeirSyntax

/// The files of a compilation, by number, and the lines they consist of.
struct FileTable {
    let trees: [SyntaxTree]
    private let lines: [SourceLines]

    init(_ trees: [SyntaxTree]) {
        self.trees = trees
        lines = trees.map { SourceLines($0.source.bytes) }
    }

    func path(_ file: Int) -> String { trees[file].source.path }

    /// The form that the file is written in, whose words advice about it uses.
    func form(_ file: Int) -> SourceFile.Form { trees[file].source.form }

    /// The line and the column, in characters, of the start of a range.
    func place(_ range: SourceRange, in file: Int) -> SourcePlace {
        lines[file].place(of: Int(range.start), in: path(file))
    }

    /// A change of a range.
    func edit(_ range: SourceRange, in file: Int, _ replacement: String) -> Diagnostic.Edit {
        Diagnostic.Edit(file: path(file), range: range, replacement: replacement)
    }

    func label(_ range: SourceRange, in file: Int, _ text: String = "") -> Diagnostic.Label {
        Diagnostic.Label(file: path(file), range: range, text: text)
    }
}
